// Load shedding: the gateway refuses requests beyond its capacity at once, so that accepted requests stay fast.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getHeapStatistics } from 'node:v8';
import { type HttpRefusal, refuse } from '../errors/refusal.ts';

export interface OverloadOptions {
  /** Maximum number of requests in flight. */
  inFlight: number;
  /** Maximum event loop delay in ms: about the time that a request may wait until it is read. */
  loopDelay: number;
  /** Called for each request that is shed. */
  onShed?: ((because: Pressure) => void) | undefined;
}

export type Pressure = 'in_flight' | 'loop_delay' | 'heap';

/** Sheds requests on all routes of a scope, at `times` the limits. */
export type Shed = (scope: FastifyInstance, times?: number) => void;

const LOOK_EVERY = 50; // ms; short enough to distinguish a late loop from one that waits for the next measurement
const FULLEST_HEAP = 0.9; // of Node's heap limit; above it garbage collection takes most of the time

const tooMuch: HttpRefusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The gateway is overloaded: try again in a moment. Nothing was done.',
  retryAfter: 1, // second; the minimum: a burst is over by then, and a longer overload is refused again
};

/** Measures the load until `app` closes. Only the scopes that are passed to the result shed requests. */
export function openOverload(app: FastifyInstance, { inFlight, loopDelay, onShed }: OverloadOptions): Shed {
  const measured = measure(app);
  let underWay = 0;

  function pressure(times: number): Pressure | null {
    if (underWay >= inFlight * times) return 'in_flight';
    if (measured.loopDelay() > loopDelay * times) return 'loop_delay';
    return measured.heap() > FULLEST_HEAP ? 'heap' : null;
  }

  return (scope, times = 1) => {
    function shed(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
      const because = pressure(times);
      if (!because) return undefined;
      onShed?.(because);
      return refuse(request, reply, tooMuch);
    }
    scope.addHook('onRequest', async (request, reply) => shed(request, reply));
    // count a request only once its body has arrived; otherwise slow clients could hold every slot
    scope.addHook('preValidation', async (request, reply) => {
      const refused = shed(request, reply);
      if (refused || reply.raw.destroyed) return refused; // the client has disconnected: no slot
      underWay++;
      reply.raw.once('close', () => underWay--); // answered, or the client has disconnected
      return undefined;
    });
  };
}

/**
 * The current event loop delay in ms, and the heap's fill level from 0 to 1. Requests that the loop finds after a delay
 * have waited that long, so requests are shed while the loop is late and no longer.
 */
function measure(app: FastifyInstance) {
  let due = performance.now() + LOOK_EVERY;
  let heap = 0;
  function look(): void {
    due = performance.now() + LOOK_EVERY;
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    heap = used_heap_size / heap_size_limit;
  }
  // timers run before sockets are read: requests that arrived during a delay would be read after a new measurement
  const timer = setInterval(() => setImmediate(look), LOOK_EVERY);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
  return { loopDelay: () => performance.now() - due, heap: () => heap };
}
