// Answers the GraphQL operations of a subgraph, which the gateway plans.
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, Kind } from 'graphql';
import type { Log } from '../../infra/logging/log.ts';
import type { Metrics } from '../../infra/metrics/metrics.ts';
import { isKnownCode } from '../../schema/errors.ts';
import { scalars } from '../../schema/terms/scalars.ts';
import { refuseUnstorable } from '../../schema/terms/storable-text.ts';
import type { SubgraphRequest, SubgraphResponse } from '../../schema/wire/subgraph-call.ts';
import { guard, type Guarded } from './field-permissions.ts';
import { inTime, type Timed } from './time-left.ts';

/** The part of a subgraph that is in the graph. */
export interface GraphPart {
  name: string;
  typeDefs: DocumentNode;
  resolvers: object;
}

export interface GraphqlServer {
  /** Answers an operation whose caller is known; `context` is created once for it. */
  answer(request: SubgraphRequest, context: () => object & Guarded & Timed): Promise<SubgraphResponse>;
  close(): Promise<void>;
}

/** Starts Apollo Server on the schema. Throws if a field has no @access, or is no part of the schema. */
export async function openGraphql(
  { name, typeDefs, resolvers }: GraphPart,
  log: Log,
  metrics?: Pick<Metrics, 'resolverFailed'>,
): Promise<GraphqlServer> {
  const used = Object.entries(scalars).filter(([scalar]) =>
    typeDefs.definitions.some((d) => d.kind === Kind.SCALAR_TYPE_DEFINITION && d.name.value === scalar),
  );
  const server = new ApolloServer<Guarded & Timed>({
    schema: buildSubgraphSchema([
      { typeDefs, resolvers: { ...inTime(guard(name, typeDefs, resolvers)), ...Object.fromEntries(used) } },
    ]),
    introspection: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: false, // no browser reaches a subgraph
    plugins: [refuseUnstorable(), logFailures(name, log, metrics), ApolloServerPluginInlineTraceDisabled()],
    logger: log,
  });
  await server.start();

  return {
    async answer({ method, body, headers }, context) {
      const { status, ...response } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method,
          headers: new HeaderMap(Object.entries(headers)),
          search: '',
          body: JSON.parse(String(body)) as unknown,
        },
        context: async () => context(),
      });
      return {
        status: status ?? 200,
        headers: Object.fromEntries(response.headers),
        body: response.body.kind === 'complete' ? response.body.string : '',
      };
    },
    close: () => server.stop(),
  };
}

/** Counts every error, and logs unexpected resolver errors with the trace id of the request in the gateway's log. */
const logFailures = (
  subgraph: string,
  log: Log,
  metrics?: Pick<Metrics, 'resolverFailed'>,
): ApolloServerPlugin<Guarded> => ({
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        const traceId = contextValue.identity.requestId;
        for (const error of errors) {
          const { code } = error.extensions;
          metrics?.resolverFailed(subgraph, isKnownCode(code, false) ? code : 'INTERNAL_SERVER_ERROR');
          if (code !== undefined) continue; // an intended error
          log.error('resolver failed', { traceId, path: error.path, error: error.originalError ?? error });
        }
      },
    };
  },
});
