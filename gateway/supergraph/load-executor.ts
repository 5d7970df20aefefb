// Loads a supergraph by Apollo's gateway, which plans, and opens what executes the plans.
import { setImmediate as othersTurn } from 'node:timers/promises';
import { ApolloGateway } from '@apollo/gateway';
import type { QueryPlanner } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { Log } from '../../infra/logging/log.ts';
import { present } from '../../schema/values/present.ts';
import type { GatewayContext } from '../context.ts';
import { apolloExecutor } from '../execution/apollo/apollo-executor.ts';
import { compiledExecutor, type PreparedOperation } from '../execution/compiled/compiled-executor.ts';
import { typesOf } from '../execution/compiled/possible-types.ts';
import type { Execute } from '../execution/executor.ts';
import { notePlan } from '../execution/explain.ts';
import type { Meter } from '../execution/metering.ts';
import { PLANS } from '../limits/limits.ts';
import { addedNames } from '../response-names/added-names.ts';
import type { Ask } from '../subgraph-client/ask.ts';

/** What executes plans: our compiled executor, or Apollo's, which is slower and serves as the reference. */
export type ExecutorName = 'compiled' | 'apollo';

interface ExecutorOptions {
  supergraphSdl: string;
  executor: ExecutorName;
  askOf: (subgraph: string) => Ask;
  meter: Meter;
  log: Log;
}

/** The executor of one supergraph. */
interface LoadedExecutor {
  /** What clients see, without @defer. */
  apiSchema: GraphQLSchema;
  execute: Execute;
  /** Plans and compiles an operation ahead; does nothing with Apollo's executor. */
  prepare: (operation: PreparedOperation) => void;
}

/** Rejects if the supergraph cannot be read or planned with. */
export async function loadExecutor(options: ExecutorOptions): Promise<LoadedExecutor> {
  const { supergraphSdl, askOf, meter, log } = options;
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1'; // otherwise Apollo's gateway reports the schema to Apollo
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
  const { schema: apiSchema } = await gateway.load();
  await othersTurn(); // loading takes 100 ms at a time, in which no request is answered
  if (apollo) return { apiSchema, execute: apollo.executorOf(gateway), prepare: () => undefined };
  const shared = { planner: plannerOf(gateway), schema: apiSchema, askOf };
  const read = { types: typesOf(supergraphSdl), addedNames: addedNames(supergraphSdl) };
  const compiled = compiledExecutor({ ...shared, ...read }, (context, plan, wasKnown) => {
    notePlan(context, plan);
    meter.planned(context, wasKnown);
  });
  return { apiSchema, ...compiled };
}

const NO_SOURCE = {
  process: () => Promise.reject(new Error("Apollo's executor is not in use.")),
};

/**
 * The planner that the gateway made when it loaded the supergraph. Its only public way to it is meant for tests: a
 * second planner of our own would take its memory and its start-up time again.
 */
const plannerOf = (gateway: ApolloGateway): QueryPlanner =>
  present(gateway.__testing().queryPlanner, 'The supergraph is loaded, and Apollo made no planner.');

/** Logs Apollo's start-up messages at debug level. */
export const quieter = (log: Log) => ({
  debug: (text: string) => log.debug(text),
  info: (text: string) => log.debug(text),
  warn: (text: string) => log.warn(text),
  error: (text: string) => log.error(text),
});
