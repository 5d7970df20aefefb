// /debug: a CPU profile and the heap of a process, for authorized callers only. Never on a port that is open to the
// internet.
import type { FastifyInstance } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { heapNow, takeProfile } from './profile.ts';

const USUAL = 5; // seconds
const LONGEST = 30; // seconds; a longer profile is too large to open

/**
 * Serves /debug/profile?seconds=5 (1 to 30, one at a time) and /debug/heap on the scope, which must authorize callers
 * itself. A profile ends early when its caller disconnects, or the server closes.
 */
export function serveDebug(scope: FastifyInstance): void {
  const closing = new AbortController();
  let isBusy = false;
  scope.addHook('preClose', async () => closing.abort());
  scope.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));

  scope.get('/debug/heap', async () => heapNow());

  scope.get<{ Querystring: { seconds?: unknown } }>('/debug/profile', async ({ query }, reply) => {
    const seconds = secondsIn(query.seconds);
    if (seconds === undefined) {
      return reply.code(400).send({ error: `seconds: give a whole number from 1 to ${LONGEST}` });
    }
    if (isBusy) {
      return reply.code(409).header('retry-after', '1').send({ error: 'A profile is being taken: one at a time.' });
    }
    isBusy = true;
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    try {
      const profile = await takeProfile(seconds, AbortSignal.any([closing.signal, gone.signal]));
      return await reply.header('content-disposition', 'attachment; filename="fareloom.cpuprofile"').send(profile);
    } finally {
      isBusy = false;
    }
  });
}

function secondsIn(given: unknown): number | undefined {
  const text = given === undefined ? String(USUAL) : given;
  if (typeof text !== 'string' || !/^\d{1,2}$/.test(text)) return undefined;
  const seconds = Number(text);
  return seconds >= 1 && seconds <= LONGEST ? seconds : undefined;
}

/** Restricts the scope to callers with this key as a bearer token. */
export function onlyWithKey(scope: FastifyInstance, key: string): void {
  const expected = digest(`Bearer ${key}`);
  scope.addHook('onRequest', async ({ headers: { authorization = '' } }, reply) => {
    if (timingSafeEqual(digest(authorization), expected)) return undefined;
    return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'This needs the DEBUG_KEY.' });
  });
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
