// What a subgraph may take of the gateway: so many calls at a time, so many that wait, and none while it is out of order.
import { BrokenCircuitError, bulkhead, circuitBreaker, CircuitState, handleWhen, SamplingBreaker } from 'cockatiel';
import { until } from '../../infra/http/deadline.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';

/** How many calls of one subgraph may be under way, and how many may wait for a place. */
export interface Bounds {
  inFlight: number;
  queue: number;
}

/** A subgraph did not answer, or not what answers a question: it tells against the subgraph, whoever asked. */
export class SubgraphFailure extends Error {}

/** Does a call, or refuses it at once; gives its place back when the signal is aborted, whatever becomes of the call. */
export type Bulkhead = <T>(signal: AbortSignal, call: () => Promise<T>) => Promise<T>;

/** Everything is let through. */
export const unbounded: Bulkhead = until;

const WINDOW = 10_000; // ms that are looked at
const CALLS_A_SECOND = 1; // fewer in the window tell nothing yet
const FAILED = 0.75; // of the calls: one of two replicas that hangs takes half, and the other goes on answering
const PROBE_EVERY = 1000; // ms; one call is the price of knowing

/**
 * The bulkhead and the circuit breaker of one subgraph. Beyond the bounds, and while the breaker is open, a call is
 * refused at once, before anything is sent. It opens when most calls end in a SubgraphFailure; from then on one call a
 * second is let through, and the first that succeeds closes it.
 */
export function openBulkhead(name: string, { inFlight, queue }: Bounds, log: Log): Bulkhead {
  const places = bulkhead(inFlight, queue);
  const circuit = circuitBreaker(
    // a probe that ends without an answer has found nothing out
    handleWhen((error) => error instanceof SubgraphFailure || circuit.state === CircuitState.HalfOpen),
    {
      halfOpenAfter: PROBE_EVERY,
      breaker: new SamplingBreaker({ threshold: FAILED, duration: WINDOW, minimumRps: CALLS_A_SECOND }),
    },
  );
  const outage = openOutage(log, `the ${name} service answers again`);
  circuit.onBreak((reason) =>
    outage.began(
      `the ${name} service is out of order: it is asked once a second until it answers`,
      'error' in reason ? reason.error : undefined,
    ),
  );
  circuit.onReset(() => outage.ended());
  return async (signal, call) => {
    // the library would let all others wait for the probe
    if (circuit.state === CircuitState.HalfOpen) throw new BrokenCircuitError('it is being tried');
    return circuit.execute(() => places.execute(() => until(signal, call), signal));
  };
}
