// The supergraph: Apollo's gateway loads it and plans; an executor runs the plans.
import { ApolloGateway } from '@apollo/gateway';
import type { QueryPlanner } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { Cache } from '../../infra/cache/cache.ts';
import type { Log } from '../../infra/logging/log.ts';
import { withDefer } from '../../schema/composition/defer.ts';
import { NODE_PART } from '../../schema/composition/nodes.ts';
import { checkValues } from '../../schema/terms/scalars.ts';
import { present } from '../../schema/values/present.ts';
import type { GatewayContext } from '../context.ts';
import { refuseBadVariables } from '../errors/bad-values.ts';
import { leaveParts } from '../execution/parts/answer-parts.ts';
import { shareAnswers } from '../execution/answers.ts';
import { apolloExecutor } from '../execution/apollo/apollo-executor.ts';
import { compiledExecutor } from '../execution/compiled/compiled-executor.ts';
import { typesOf } from '../execution/compiled/possible-types.ts';
import type { Execute } from '../execution/executor.ts';
import { notePlan } from '../execution/explain.ts';
import type { Meter } from '../execution/metering.ts';
import { nodeSource } from '../execution/nodes.ts';
import { PLANS } from '../limits/limits.ts';
import { type Prices, readPrices } from '../limits/prices.ts';
import { addedNames } from '../response-names/added-names.ts';
import type { Ask } from '../subgraph-client/ask.ts';
import { sourceOf } from '../subgraph-client/source.ts';
import type { Upstream } from '../subgraph-client/upstream.ts';

/** What executes plans: our compiled executor, or Apollo's, which is slower and serves as the reference. */
export type ExecutorName = 'compiled' | 'apollo';

interface SupergraphOptions {
  supergraphSdl: string;
  executor: ExecutorName;
  upstreamOf: (name: string) => Upstream;
  cache: Cache;
  production: boolean;
  answers: boolean;
  requestTimeout: number;
  meter: Meter;
  now: () => Date;
  log: Log;
}

/** What Apollo Server calls. */
type ServedGateway = Pick<ApolloGateway, 'load' | 'onSchemaLoadOrUpdate' | 'stop'>;

export interface Supergraph {
  gateway: ServedGateway;
  /** The costs of its fields. */
  prices: () => Prices;
}

/** Creates the supergraph; the GraphQL server loads it at its start. */
export function openSupergraph(options: SupergraphOptions): Supergraph {
  const { supergraphSdl, upstreamOf, production, answers, meter, log } = options;
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1'; // otherwise Apollo's gateway reports the schema to Apollo
  const ask = perSubgraph((name) => meter.source(name, sourceOf(upstreamOf(name))));
  const askOf = perSubgraph((name) => (name === NODE_PART ? nodeSource(supergraphSdl, ask) : ask(name)));
  const apollo = options.executor === 'apollo' ? apolloExecutor(supergraphSdl, askOf) : undefined;
  const plansSeen = new WeakSet<object>(); // Apollo's plan cache returns the same object
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: quieter(log),
    buildService: ({ name }) => apollo?.dataSource(name) ?? NO_SOURCE,
    __exposeQueryPlanExperimental: false, // extensions.explain shows the plan, to authorized callers
    experimental_didResolveQueryPlan({ queryPlan, requestContext: { context } }) {
      notePlan(context as GatewayContext, queryPlan);
      meter.planned(context as GatewayContext, plansSeen.has(queryPlan));
      plansSeen.add(queryPlan);
    },
    experimental_approximateQueryPlanStoreMiB: PLANS.cached,
    queryPlannerConfig: { debug: { maxEvaluatedPlans: PLANS.compared, pathsLimit: PLANS.paths } },
  });
  let prices: Prices = new Map();
  let schema: GraphQLSchema | undefined;
  // the supergraph only names its scalars: with their checks, invalid input is refused here instead of in every
  // subgraph
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    prices = readPrices(coreSupergraphSdl);
    checkValues(apiSchema);
    schema = apiSchema;
  });

  function compiled(): Execute {
    const shared = {
      planner: plannerOf(gateway),
      schema: present(schema, 'An operation was executed before the supergraph was loaded.'),
      types: typesOf(supergraphSdl),
      addedNames: addedNames(supergraphSdl),
      askOf,
    };
    return compiledExecutor(shared, (context, plan, wasKnown) => {
      notePlan(context, plan);
      meter.planned(context, wasKnown);
    });
  }

  const execute = apollo?.executorOf(gateway) ?? onceLoaded(compiled);
  const checked = refuseBadVariables(execute, production);
  const shared = answers ? shareAnswers(checked, options) : checked;
  gateway.executor = leaveParts(shared, { production, count: meter.errors, log });
  return { gateway: deferring(gateway), prices: () => prices };
}

/** The gateway with @defer in its API schema, which Apollo's does not add. */
const deferring = (gateway: ApolloGateway): ServedGateway => ({
  load: (options) => gateway.load(options),
  onSchemaLoadOrUpdate: (use) =>
    gateway.onSchemaLoadOrUpdate((loaded) => use({ ...loaded, apiSchema: withDefer(loaded.apiSchema) })),
  stop: () => gateway.stop(),
});

const NO_SOURCE = {
  process: () => Promise.reject(new Error("Apollo's executor is not in use.")),
};

/**
 * The planner that the gateway made when it loaded the supergraph. Its only public way to it is meant for tests: a
 * second planner of our own would take its memory and its start-up time again.
 */
const plannerOf = (gateway: ApolloGateway): QueryPlanner =>
  present(gateway.__testing().queryPlanner, 'An operation was executed before the supergraph was loaded.');

/** An executor that is created with the first operation, when the supergraph is loaded. */
function onceLoaded(open: () => Execute): Execute {
  let execute: Execute | undefined;
  return (request) => (execute ??= open())(request);
}

function perSubgraph(open: (name: string) => Ask): (name: string) => Ask {
  const opened = new Map<string, Ask>();
  return (name) => {
    const known = opened.get(name) ?? open(name);
    opened.set(name, known);
    return known;
  };
}

/** Logs Apollo's start-up messages at debug level. */
export const quieter = (log: Log) => ({
  debug: (text: string) => log.debug(text),
  info: (text: string) => log.debug(text),
  warn: (text: string) => log.warn(text),
  error: (text: string) => log.error(text),
});
