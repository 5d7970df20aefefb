// A subgraph as Apollo's executor asks it.
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GatewayContext } from '../../context.ts';
import type { Ask, Result } from '../../subgraph-client/ask.ts';
import { restrict } from '../cache-policy.ts';
import type { LostFetch } from './lost-fields.ts';
import type { ReplyCheck } from './reply-check.ts';

/** What the fetches of one request did not give. */
export interface Losses {
  /** Fetches that failed. */
  lost: LostFetch[];
  /** Paths, in the form of LostFetch.at, at which a subgraph said that the entity does not exist. */
  absent: LostFetch['at'][];
}

interface SourceOptions {
  service: string;
  ask: Ask;
  check: ReplyCheck;
  lossesOf: (context: GatewayContext) => Losses;
}

export const dataSourceOf = ({ service, ask, check, lossesOf }: SourceOptions): GraphQLDataSource<GatewayContext> => ({
  async process(options) {
    const context = options.context as GatewayContext; // Apollo requests no schema, as the supergraph is composed
    const { query = '', variables = {}, operationName } = options.request;
    const { lost, absent } = lossesOf(context);
    const at = placeOf(options);
    try {
      const question = { query, variables, body: JSON.stringify({ query, variables, operationName }) };
      const { result, cacheControl } = await ask(question, context);
      if ('incomingRequestContext' in options) restrict(options.incomingRequestContext, cacheControl);
      const checked = check(result, question);
      if (isEntityAbsent(checked.data)) absent.push(at);
      return withoutNulls(checked) as Awaited<ReturnType<GraphQLDataSource['process']>>;
    } catch (error) {
      lost.push({ service, query, at });
      throw error;
    }
  },
});

/** Whether one of the requested entities does not exist: a null for that reason has no error. */
const isEntityAbsent = (data: Result['data']): boolean => {
  const entities = data?.['_entities'];
  return Array.isArray(entities) && entities.includes(null);
};

/** The path in the response to the objects of this fetch. */
const placeOf = (options: GraphQLDataSourceProcessOptions): LostFetch['at'] =>
  ('pathInIncomingRequest' in options && options.pathInIncomingRequest) || [];

/**
 * Removes null fields of the root, which is equivalent, so that they do not overwrite other subgraphs' parts of the
 * field.
 */
function withoutNulls(result: Result): Result {
  const fields = Object.entries(result.data ?? {});
  const given = fields.filter(([, value]) => value !== null);
  return given.length === fields.length ? result : { ...result, data: Object.fromEntries(given) };
}
