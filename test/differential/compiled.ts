// The gateway's own executor, from the planner to the answer, without its HTTP.
import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import type { ExecutionRequest, Part } from '../../gateway/execution/executor.ts';
import { compileOperation } from '../../gateway/execution/compiled/operation.ts';
import { typesOf } from '../../gateway/execution/compiled/possible-types.ts';
import { addedNames } from '../../gateway/response-names/added-names.ts';
import type { Ask, Result } from '../../gateway/subgraph-client/ask.ts';
import type { Call, Run } from './executor.ts';
import { load } from './plan.ts';

export const runCompiled: Run = async (...given) => {
  const { data = null, errors = [] } = await execute(given, false);
  return { data, errors: errors.map(({ message, path }) => ({ message, ...(path && { path }) })) };
};

/** The first part of the answer, and the others in their order. */
export async function runInParts(...given: Parameters<Run>): Promise<{ data: unknown; parts: Part[] }> {
  const { data = null, rest } = await execute(given, true);
  const parts: Part[] = [];
  if (rest) for await (const later of rest) parts.push(...later.parts);
  return { data, parts };
}

async function execute([supergraphSdl, call, text, variables]: Parameters<Run>, inParts: boolean) {
  const { planner, schema } = load(supergraphSdl);
  const document = parse(text);
  const operation = operationIn(document);
  const shared = { planner, schema, types: typesOf(supergraphSdl), addedNames: addedNames(supergraphSdl) };
  const compiled = compileOperation(document, operation, { ...shared, askOf: (name) => askOver(name, call) });
  const { variant } = compiled.variantFor({ ...variables }, inParts);
  return variant.execute(requestOf(document, operation, variables));
}

const askOver =
  (name: string, call: Call): Ask =>
  async ({ query, body }) => {
    const sent = JSON.parse(body) as { query: string; variables: object };
    if (sent.query !== query) throw new Error('the body has another query');
    const result = (await call(name, { query, variables: sent.variables })) as Result;
    return { result, cacheControl: undefined };
  };

/** What the executor reads of a request. */
const requestOf = (document: DocumentNode, operation: OperationDefinitionNode, variables: object): ExecutionRequest =>
  ({
    document,
    operation,
    request: { variables },
    context: { deadline: { left: () => Infinity } },
    overallCachePolicy: { restrict: () => undefined },
  }) as unknown as ExecutionRequest;

function operationIn({ definitions }: DocumentNode): OperationDefinitionNode {
  const [operation] = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('the document has no operation');
  return operation;
}
