// The supergraph's executor: plans an operation, queries the subgraphs, and merges their answers.
import { ApolloGateway } from '@apollo/gateway';
import type { Cache } from '../../infra/cache/cache.ts';
import type { Log } from '../../infra/logging/log.ts';
import { NODE_PART } from '../../schema/composition/nodes.ts';
import { checkValues } from '../../schema/terms/scalars.ts';
import { shareAnswers } from '../execution/answers.ts';
import { refuseBadVariables } from '../errors/bad-values.ts';
import { accountForNulls } from '../errors/unexplained-nulls.ts';
import { notePlan } from '../execution/explain.ts';
import { answerIntrospection } from '../execution/introspection.ts';
import { PLANS } from '../limits/limits.ts';
import { type Prices, readPrices } from '../limits/prices.ts';
import type { Meter } from '../execution/metering.ts';
import { nameOwners, nodeSource } from '../execution/nodes.ts';
import { keepResponseNames } from '../response-names/response-names.ts';
import { dataSourceOf } from '../subgraph-client/data-source.ts';
import type { Upstream } from '../subgraph-client/upstream.ts';

interface SupergraphOptions {
  supergraphSdl: string;
  upstreamOf: (name: string) => Upstream;
  cache: Cache;
  production: boolean;
  answers: boolean;
  meter: Meter;
  now: () => Date;
  log: Log;
}

export interface Supergraph {
  gateway: ApolloGateway;
  /** The costs of its fields. */
  prices: () => Prices;
}

/** Creates the supergraph; the GraphQL server loads it at its start. */
export function openSupergraph(options: SupergraphOptions): Supergraph {
  const { supergraphSdl, upstreamOf, cache, production, answers, meter, now, log } = options;
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1'; // otherwise Apollo's gateway reports the schema to Apollo
  const sourceOf = (name: string) => meter.source(name, dataSourceOf(upstreamOf(name)));
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: quieter(log),
    buildService: ({ name }) => (name === NODE_PART ? nodeSource(supergraphSdl, sourceOf) : sourceOf(name)),
    __exposeQueryPlanExperimental: false, // extensions.explain shows the plan, to authorized callers
    experimental_didResolveQueryPlan(planned) {
      notePlan(planned);
      meter.planned(planned);
    },
    experimental_approximateQueryPlanStoreMiB: PLANS.cached,
    queryPlannerConfig: { debug: { maxEvaluatedPlans: PLANS.compared, pathsLimit: PLANS.paths } },
  });
  let prices: Prices = new Map();
  // the supergraph only names its scalars: with their checks, invalid input is refused here instead of in every
  // subgraph
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    prices = readPrices(coreSupergraphSdl);
    checkValues(apiSchema);
  });
  // executors wrap each other, the last one outermost: responses are cached after all checks
  gateway.executor = accountForNulls(nameOwners(gateway.executor));
  keepResponseNames(gateway);
  gateway.executor = answerIntrospection(gateway.executor);
  gateway.executor = refuseBadVariables(gateway.executor, production);
  if (answers) shareAnswers(gateway, { cache, now, log });
  return { gateway, prices: () => prices };
}

/** Logs Apollo's start-up messages at debug level. */
export const quieter = (log: Log) => ({
  debug: (text: string) => log.debug(text),
  info: (text: string) => log.debug(text),
  warn: (text: string) => log.warn(text),
  error: (text: string) => log.error(text),
});
