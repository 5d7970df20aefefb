// Plans an operation under our own response names, and answers it under the client's.
import type { ApolloGateway } from '@apollo/gateway';
import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { type AddedNames, addedNames } from './added-names.ts';
import { inData, inPath } from './names.ts';
import { rename, type Renamed } from './rename.ts';

type Execute = ApolloGateway['executor'];
type Result = Awaited<ReturnType<Execute>>;

/**
 * Lets clients choose any response name. Apollo's executor merges the keys, `@requires` fields and `__typename` that a
 * plan adds, under their own names, with the client's selections: an equal alias of the client would mix the two. Code
 * outside this stage sees only the client's operation, data, paths and messages; query plans show our names.
 */
export function keepResponseNames(gateway: ApolloGateway): void {
  let added: AddedNames = { all: new Set(), withArguments: new Set() };
  let known = new WeakMap<OperationDefinitionNode, Renamed | { names?: undefined }>();
  gateway.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => {
    added = addedNames(coreSupergraphSdl);
    known = new WeakMap();
  });

  const execute = gateway.executor;
  gateway.executor = async (request) => {
    const { document, operation } = request;
    // Apollo Server caches documents: the operation is the same object each time
    const renamed = known.get(operation) ?? rename(document, operation, added) ?? {};
    known.set(operation, renamed);
    if (!renamed.names) return execute(request);
    const variables = renamed.variables(request.request.variables);
    const result = await execute({
      ...request, // including its hash: the renaming depends on the document alone, so plans can be cached by it
      document: renamed.document,
      operation: renamed.operation,
      request: { ...request.request, ...(variables && { variables }) },
    });
    const { lost } = request.context as GatewayContext;
    for (const fetch of lost) fetch.planned = { data: result.data, clientPath: (path) => inPath(path, renamed.names) };
    return restored(result, renamed);
  };
}

function restored({ data, errors, extensions }: Result, { names, inText }: Renamed): Result {
  const inError = (error: GraphQLError): GraphQLError =>
    Object.assign(error, { message: inText(error.message), ...(error.path && { path: inPath(error.path, names) }) });
  return {
    ...(data !== undefined && { data: inData(data, names) as Result['data'] & object }),
    ...(errors && { errors: errors.map(inError) }),
    ...(extensions && { extensions }),
  };
}
