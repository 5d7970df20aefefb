// Plans an operation under our own response names, and answers it under the client's.
import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import { addedNames } from '../../response-names/added-names.ts';
import { inData, inPath } from '../../response-names/names.ts';
import { rename, type Renamed } from '../../response-names/rename.ts';
import type { Execute, ExecutionRequest, ExecutionResult } from '../executor.ts';
import type { Losses } from './data-source.ts';

/**
 * Lets clients choose any response name. Apollo's executor merges the keys, `@requires` fields and `__typename` that a
 * plan adds, under their own names, with the client's selections: an equal alias of the client would mix the two. Code
 * outside this stage sees only the client's operation, data, paths and messages; query plans show our names.
 */
export function keepResponseNames(
  execute: Execute,
  supergraphSdl: string,
  lossesOf: (request: ExecutionRequest) => Losses,
): Execute {
  const added = addedNames(supergraphSdl);
  const known = new WeakMap<OperationDefinitionNode, Renamed | { names?: undefined }>();
  return async (request) => {
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
    for (const fetch of lossesOf(request).lost)
      fetch.planned = { data: result.data, clientPath: (path) => inPath(path, renamed.names) };
    return restored(result, renamed);
  };
}

function restored({ data, errors, extensions }: ExecutionResult, { names, inText }: Renamed): ExecutionResult {
  const inError = (error: GraphQLError): GraphQLError =>
    Object.assign(error, { message: inText(error.message), ...(error.path && { path: inPath(error.path, names) }) });
  return {
    ...(data !== undefined && { data: inData(data, names) as ExecutionResult['data'] & object }),
    ...(errors && { errors: errors.map(inError) }),
    ...(extensions && { extensions }),
  };
}
