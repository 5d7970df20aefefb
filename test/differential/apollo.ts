// Apollo's own planner and executor as an executor under test, without anything of gateway/.
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { createRequire } from 'node:module';
import { load, planOf } from './plan.ts';
import type { Answer, Call, Reply, Run } from './executor.ts';

type Source = { process(given: { request: { query: string; variables?: object } }): Promise<Reply> };
/** `executeQueryPlan` of @apollo/gateway, which its index does not export. */
type Execute = (...given: unknown[]) => Promise<Partial<Answer>>;
const { executeQueryPlan } = createRequire(import.meta.url)('@apollo/gateway/dist/executeQueryPlan.js') as {
  executeQueryPlan: Execute;
};

const sourceOf = (name: string, call: Call): Source => ({
  process: ({ request: { query, variables = {} } }) => call(name, { query, variables }),
});

export const runApollo: Run = async (supergraphSdl, call, text, variables) => {
  const { supergraph, whole, schema } = load(supergraphSdl);
  const document = parse(text);
  const operation = document.definitions.find((each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION); // prettier-ignore
  const fragments = Object.fromEntries(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  const sources = Object.fromEntries(
    [...supergraph.subgraphsMetadata()].map(({ name }) => [name, sourceOf(name, call)]),
  );
  const requestContext = { request: { variables }, context: {}, metrics: {}, logger: console };
  const { data = null, errors = [] } = await executeQueryPlan(
    planOf(supergraphSdl, text),
    sources,
    requestContext,
    { schema, operation, fragments },
    whole,
    supergraph.apiSchema(),
  );
  return { data, errors };
};
