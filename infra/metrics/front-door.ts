// Gateway metrics: operations, query plans, subgraph calls, errors, and refused requests.
import { Counter, Histogram, type Registry } from 'prom-client';
import { openGauge } from './gauge.ts';

/**
 * The outcome of an operation: complete, partial with errors, refused because of the client, or failed because of us.
 */
export type OperationOutcome = 'ok' | 'partial' | 'refused' | 'failed';

/** The outcome of a subgraph call: an answer, an answer with errors, no answer, or none in time. */
export type FetchOutcome = 'ok' | 'errors' | 'failed' | 'timeout';

/** The connections to a subgraph's replicas. */
export interface Connections {
  used: number;
  idle: number;
  /** Requests that wait for a connection. */
  queued: number;
}

/** Labels have few values, and none from a client. Durations are in seconds. */
export interface GatewayMetrics {
  operation(name: string, outcome: OperationOutcome, seconds: number): void;
  /** A query plan that was found in the cache, or made. */
  planned(isCached: boolean, seconds: number): void;
  fetched(subgraph: string, outcome: FetchOutcome, seconds: number): void;
  /** An error in a response, by its `extensions.code`; `service` is the subgraph that it came from. */
  error(code: string, service?: string): void;
  /**
   * An operation that a rate limit refused, by the limit; null if a payment operation is refused because the cache that
   * counts is away.
   */
  rateLimited(limit: string | null): void;
  /** A request that was refused under overload. */
  shed(reason: string): void;
  /** Exports the state of the connections to this subgraph from now on, until the returned function is called. */
  watchConnections(subgraph: string, look: () => Connections): () => void;
}

const FAST = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]; // s; a cached plan takes microseconds, an expensive one seconds
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
    help: 'Time to find a query plan in the cache (hit), or to make one (miss)',
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
    help: 'Errors in responses to clients, by code and by the subgraph that they came from (else gateway)',
    labelNames: ['code', 'service'],
    registers,
  });
  const rateLimited = new Counter({
    name: 'fareloom_rate_limited_total',
    help: 'Operations refused by a rate limit, by the limit; cache_away: payments refused while the cache that counts them is away',
    labelNames: ['limit'],
    registers,
  });
  const shed = new Counter({
    name: 'fareloom_shed_total',
    help: 'Requests refused under overload: too many in flight (in_flight), the event loop late (loop_delay), the heap full (heap)',
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
