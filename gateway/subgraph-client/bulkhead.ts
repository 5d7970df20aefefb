// Bulkhead and circuit breaker of a subgraph: limits the calls in flight and in the queue, and stops calls while it
// fails.
import { BrokenCircuitError, bulkhead, circuitBreaker, CircuitState, handleWhen, SamplingBreaker } from 'cockatiel';
import { until } from '../../infra/http/deadline.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';

/** Limits on one subgraph's calls in flight and on its queued calls. */
export interface Bounds {
  inFlight: number;
  queue: number;
}

/** A subgraph gave no answer, or an invalid one. Counts as a failure for the circuit breaker. */
export class SubgraphFailure extends Error {}

/**
 * Makes a call, or refuses it at once. Releases the call's slot when the signal is aborted, even if the call still
 * runs.
 */
export type Bulkhead = <T>(signal: AbortSignal, call: () => Promise<T>) => Promise<T>;

const WINDOW = 10_000; // ms, the sampling window
const CALLS_A_SECOND = 1; // fewer calls in the window are too few to judge
const FAILED = 0.75; // of the calls: if one of two replicas hangs, half of the calls fail and the other half succeed
const PROBE_EVERY = 1000; // ms between probes; each probe risks one call

/**
 * The bulkhead and the circuit breaker of one subgraph. Beyond the bounds, and while the breaker is open, a call is
 * refused at once, before anything is sent. The breaker opens when most calls end in a SubgraphFailure; then one call a
 * second is let through, and the first success closes the breaker.
 */
export function openBulkhead(name: string, { inFlight, queue }: Bounds, log: Log): Bulkhead {
  const places = bulkhead(inFlight, queue);
  const circuit = circuitBreaker(
    // a probe without an answer is no success
    handleWhen((error) => error instanceof SubgraphFailure || circuit.state === CircuitState.HalfOpen),
    {
      halfOpenAfter: PROBE_EVERY,
      breaker: new SamplingBreaker({ threshold: FAILED, duration: WINDOW, minimumRps: CALLS_A_SECOND }),
    },
  );
  const outage = openOutage(log, `the ${name} service answers again`);
  circuit.onBreak((reason) =>
    outage.began(
      `circuit breaker open: the ${name} service fails; one probe a second until it answers`,
      'error' in reason ? reason.error : undefined,
    ),
  );
  circuit.onReset(() => outage.ended());
  return async (signal, call) => {
    // the library would make all other calls wait for the probe
    if (circuit.state === CircuitState.HalfOpen) throw new BrokenCircuitError('a probe is in flight');
    return circuit.execute(() => places.execute(() => until(signal, call), signal));
  };
}
