// What is counted at the front door: operations, plans, calls of subgraphs, errors, and who was turned away.
import { Counter, Histogram, type Registry } from 'prom-client';
import { openGauge } from './gauge.ts';

/** What became of an operation: all of it, a part with errors, turned down for the client's fault, or none for ours. */
export type OperationOutcome = 'ok' | 'partial' | 'refused' | 'failed';

/** What became of a call of a subgraph: an answer, one with errors in it, none, or none in time. */
export type FetchOutcome = 'ok' | 'errors' | 'failed' | 'timeout';

/** The connections to a subgraph's replicas. */
export interface Connections {
  used: number;
  idle: number;
  /** Requests that wait for one. */
  queued: number;
}

/** Every label's values are few: whoever calls gives no client's text. Durations are in seconds. */
export interface GatewayMetrics {
  operation(name: string, outcome: OperationOutcome, seconds: number): void;
  /** A plan that was found in the cache, or made. */
  planned(isCached: boolean, seconds: number): void;
  fetched(subgraph: string, outcome: FetchOutcome, seconds: number): void;
  /** An error in an answer, by its `extensions.code`; `service` is the subgraph it came from. */
  error(code: string, service?: string): void;
  /** An operation that a rate limit refused, by the limit; null where money waits until somebody can count again. */
  rateLimited(limit: string | null): void;
  /** A request that was refused under overload. */
  shed(reason: string): void;
  /** From now on the connections to this subgraph are looked at. */
  watchConnections(subgraph: string, look: () => Connections): void;
}

const FAST = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]; // s; a plan out of the cache takes microseconds, a bad one seconds
const USUAL = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]; // s

export function measureFrontDoor(registry: Registry): GatewayMetrics {
  const registers = [registry];
  const operations = new Histogram({
    name: 'fareloom_operation_duration_seconds',
    help: 'GraphQL operations by name and outcome (ok, partial, refused, failed); names beyond the first hundred are (other)',
    labelNames: ['operation', 'outcome'],
    buckets: USUAL,
    registers,
  });
  const plans = new Histogram({
    name: 'fareloom_query_plan_duration_seconds',
    help: 'How long it took to find a query plan in the cache (hit), or to make one (miss)',
    labelNames: ['cache'],
    buckets: FAST,
    registers,
  });
  const fetches = new Histogram({
    name: 'fareloom_subgraph_fetch_duration_seconds',
    help: 'Calls of subgraphs by outcome (ok, errors, failed, timeout)',
    labelNames: ['subgraph', 'outcome'],
    buckets: USUAL,
    registers,
  });
  const errors = new Counter({
    name: 'fareloom_graphql_errors_total',
    help: 'Errors in answers to clients, by code, and by the subgraph they came from (gateway where from none)',
    labelNames: ['code', 'service'],
    registers,
  });
  const rateLimited = new Counter({
    name: 'fareloom_rate_limited_total',
    help: 'Operations refused by a rate limit, by the limit; cache_away is money that is refused while nobody can count',
    labelNames: ['limit'],
    registers,
  });
  const shed = new Counter({
    name: 'fareloom_shed_total',
    help: 'Requests refused under overload: too many under way (in_flight), the event loop late (loop_delay), the heap full (heap)',
    labelNames: ['reason'],
    registers,
  });
  for (const reason of ['in_flight', 'loop_delay', 'heap']) shed.inc({ reason }, 0);
  const watchConnections = openGauge(registry, {
    name: 'fareloom_subgraph_connections',
    help: 'Connections of this gateway to a subgraph’s replicas (used, idle), and requests that wait for one (queued)',
    labels: ['subgraph', 'state'],
  });

  return {
    operation: (operation, outcome, seconds) => operations.observe({ operation, outcome }, seconds),
    planned: (isCached, seconds) => plans.observe({ cache: isCached ? 'hit' : 'miss' }, seconds),
    fetched: (subgraph, outcome, seconds) => fetches.observe({ subgraph, outcome }, seconds),
    error: (code, service = 'gateway') => errors.inc({ code, service }),
    rateLimited: (limit) => rateLimited.inc({ limit: limit ?? 'cache_away' }),
    shed: (reason) => shed.inc({ reason }),
    watchConnections: (subgraph, look) =>
      watchConnections(async () => Object.entries(look()).map(([state, n]) => [{ subgraph, state }, n as number])),
  };
}
