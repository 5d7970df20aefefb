// Apollo's executor, with what it lacks: the client's response names, and an error for each null that has a reason.
import type { ApolloGateway, GraphQLDataSource } from '@apollo/gateway';
import { getOperationAST } from 'graphql';
import { present } from '../../../schema/values/present.ts';
import type { GatewayContext } from '../../context.ts';
import type { Ask } from '../../subgraph-client/ask.ts';
import { hasDefer, withoutDefer } from '../../documents/defer.ts';
import type { Execute, ExecutionRequest, ExecutionResult } from '../executor.ts';
import { answerIntrospection } from '../introspection.ts';
import { nameOwners } from '../nodes.ts';
import { dataSourceOf, type Losses } from './data-source.ts';
import { placed } from './lost-fields.ts';
import { openReplyCheck } from './reply-check.ts';
import { keepResponseNames } from './response-names.ts';
import { accountForNulls } from './unexplained-nulls.ts';

export interface ApolloExecutor {
  /** The data source of a subgraph, for the gateway's options. */
  dataSource: (service: string) => GraphQLDataSource<GatewayContext>;
  /** The executor of the gateway that was created with these data sources. */
  executorOf: (gateway: ApolloGateway) => Execute;
}

export function apolloExecutor(supergraphSdl: string, askOf: (service: string) => Ask): ApolloExecutor {
  const check = openReplyCheck(supergraphSdl);
  const losses = new WeakMap<GatewayContext, Losses>();
  const lossesOf = (context: GatewayContext): Losses => {
    const known = losses.get(context) ?? { lost: [], absent: [] };
    losses.set(context, known);
    return known;
  };
  return {
    dataSource: (service) => dataSourceOf({ service, ask: askOf(service), check, lossesOf }),
    executorOf(gateway) {
      const plain = gateway.executor;
      const explained: Execute = async (request) => {
        const result = nameOwners(await plain(request));
        return accountForNulls(result, lossesOf(request.context as GatewayContext).absent);
      };
      const named = keepResponseNames(explained, supergraphSdl, (request) =>
        lossesOf(request.context as GatewayContext),
      );
      const planned = answerIntrospection(async (request) => {
        const { lost } = lossesOf(request.context as GatewayContext);
        return withPlaces(await named(request), lost);
      });
      return (request) => planned(atOnce(request)); // Apollo's executor cannot answer in parts
    },
  };
}

/** The same request without @defer. */
function atOnce(request: ExecutionRequest): ExecutionRequest {
  const { operation } = request;
  if (!hasDefer(request.document)) return request;
  const document = withoutDefer(request.document);
  return {
    ...request,
    document,
    operation: present(getOperationAST(document, operation.name?.value), 'The operation is not in its document.'),
  };
}

/** The error of a failed service is replaced by one for each field that is null for it. */
const withPlaces = (result: ExecutionResult, lost: Losses['lost']): ExecutionResult =>
  lost.length && result.errors ? { ...result, errors: placed(result.errors, result.data, lost) } : result;
