// Overload: beyond what the gateway can do in good time it says so at once, and what it takes in stays fast.
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { getHeapStatistics } from 'node:v8';
import type { ErrorCode } from '../schema/errors.ts';
import { traceIdOf } from './masking.ts';

export interface OverloadOptions {
  /** How many requests may be under way at a time. */
  inFlight: number;
  /** How far behind the event loop may be, in ms. */
  loopDelay: number;
  /** Told of each request that is shed. */
  onShed?: (because: Pressure) => void;
}

export type Pressure = 'in_flight' | 'loop_delay' | 'heap';

/** A class of requests, by how much more it takes until it is shed. */
export type Room = 1 | 2;

/** Sheds on all routes of a scope; `room` is the multiple of the limits at which that begins. */
export type Shed = (scope: FastifyInstance, room?: Room) => void;

const LOOK_EVERY = 250; // ms; how soon pressure is seen, and how soon it is over
const COME_AGAIN_AFTER = 1; // second; the shortest there is: a burst is over by then, and a longer one is told again
const FULLEST_HEAP = 0.9; // of what Node may have; beyond it collecting garbage takes most of the time

/** Starts to measure; the routes that are given to the result are looked after, and no others. */
export async function openOverload(app: FastifyInstance, options: OverloadOptions): Promise<Shed> {
  const { inFlight, loopDelay, onShed } = options;
  await app.register(underPressure, { sampleInterval: LOOK_EVERY }); // it measures; who is shed is ours to say
  const largestHeap = getHeapStatistics().heap_size_limit * FULLEST_HEAP;
  let underWay = 0;

  function pressure(room: Room): Pressure | null {
    const { eventLoopDelay, heapUsed } = app.memoryUsage();
    if (underWay >= inFlight * room) return 'in_flight';
    if (eventLoopDelay > loopDelay * room) return 'loop_delay';
    return heapUsed > largestHeap ? 'heap' : null;
  }

  return (scope, room = 1) =>
    void scope.addHook('onRequest', async ({ headers }, reply) => {
      const because = pressure(room);
      if (!because) {
        underWay++;
        // also where the client has gone: whoever works for it still is no longer waited for
        reply.raw.once('close', () => underWay--);
        return undefined;
      }
      onShed?.(because);
      return refuse(reply, traceIdOf(headers['traceparent']));
    });
}

function refuse(reply: FastifyReply, traceId: string): FastifyReply {
  const code: ErrorCode = 'UNAVAILABLE';
  const message = 'Too much is going on just now: try again in a moment. Nothing was done.';
  return reply
    .code(503)
    .header('retry-after', COME_AGAIN_AFTER)
    .send({ errors: [{ message, extensions: { code, retryAfter: COME_AGAIN_AFTER, traceId } }] });
}
