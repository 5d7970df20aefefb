// Overload: beyond what the gateway can do in good time it says so at once, and what it takes in stays fast.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getHeapStatistics } from 'node:v8';
import { type Refusal, refuse } from '../errors/refusal.ts';

export interface OverloadOptions {
  /** How many requests may be under way at a time. */
  inFlight: number;
  /** How late the event loop may be, in ms: about as long as a request may wait until it is read. */
  loopDelay: number;
  /** Told of each request that is shed. */
  onShed?: ((because: Pressure) => void) | undefined;
}

export type Pressure = 'in_flight' | 'loop_delay' | 'heap';

/** Sheds on all routes of a scope, from `times` as much as the limits allow. */
export type Shed = (scope: FastifyInstance, times?: number) => void;

const LOOK_EVERY = 50; // ms; often enough to tell a loop that is late from one that waits for the next look
const FULLEST_HEAP = 0.9; // of what Node may have; beyond it collecting garbage takes most of the time

const tooMuch: Refusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'Too much is going on just now: try again in a moment. Nothing was done.',
  retryAfter: 1, // second; the shortest there is: a burst is over by then, and a longer one is told again
};

/** Starts to measure, until `app` closes; the scopes that are given to the result are looked after, and no others. */
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
    // a place is for who has sent all of a request: else whoever begins some and goes on with none has them all
    scope.addHook('preValidation', async (request, reply) => {
      const refused = shed(request, reply);
      if (refused || reply.raw.destroyed) return refused; // whose client has gone meanwhile takes none
      underWay++;
      reply.raw.once('close', () => underWay--); // answered, or the client has gone
      return undefined;
    });
  };
}

/**
 * How late the event loop is at this moment, in ms, and how full the heap is, from 0 to 1. What the loop finds when it
 * comes round waited as long as it was late: so requests are shed while it is, and not one longer.
 */
function measure(app: FastifyInstance) {
  let due = performance.now() + LOOK_EVERY;
  let heap = 0;
  const timer = setInterval(() => {
    due = performance.now() + LOOK_EVERY;
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    heap = used_heap_size / heap_size_limit;
  }, LOOK_EVERY);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
  return { loopDelay: () => performance.now() - due, heap: () => heap };
}
