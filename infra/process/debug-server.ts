// /debug: a CPU profile and the heap of a process, for authorized callers only. Never on a port that is open to the
// internet.
import type { FastifyInstance } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { type InsideAnswer, type InsideRoutes, serveInside } from '../http/inside.ts';
import { heapNow, takeProfile } from './profile.ts';

const USUAL = 5; // seconds
const LONGEST = 30; // seconds; a longer profile is too large to open

/**
 * /debug/profile?seconds=5 (1 to 30, one at a time) and /debug/heap. A profile ends early when its caller disconnects,
 * or the server closes.
 */
export function debugRoutes(): InsideRoutes {
  let isBusy = false;
  return {
    '/debug/heap': async () => kept({ body: heapNow() }),
    async '/debug/profile'({ query, gone }) {
      const seconds = secondsIn(query['seconds']);
      if (seconds === undefined)
        return kept({ status: 400, body: { error: `seconds: give a whole number from 1 to ${LONGEST}` } });
      if (isBusy) {
        const error = 'A profile is being taken: one at a time.';
        return kept({ status: 409, headers: { 'retry-after': '1' }, body: { error } });
      }
      isBusy = true;
      try {
        const headers = { 'content-disposition': 'attachment; filename="fareloom.cpuprofile"' };
        return kept({ headers, body: await takeProfile(seconds, gone) });
      } finally {
        isBusy = false;
      }
    },
  };
}

const kept = ({ headers, ...answer }: InsideAnswer): InsideAnswer => ({
  ...answer,
  headers: { ...headers, 'cache-control': 'no-store' },
});

function secondsIn(given: unknown): number | undefined {
  const text = given === undefined ? String(USUAL) : given;
  if (typeof text !== 'string' || !/^\d{1,2}$/.test(text)) return undefined;
  const seconds = Number(text);
  return seconds >= 1 && seconds <= LONGEST ? seconds : undefined;
}

/** Serves them on a scope, which must authorize callers itself. */
export const serveDebug = (scope: FastifyInstance): void => serveInside(scope, debugRoutes());

/** The same routes, for callers with this key as a bearer token only. */
export function onlyWithKey(key: string, routes: InsideRoutes): InsideRoutes {
  const expected = digest(`Bearer ${key}`);
  const refusal = kept({
    ...{ status: 401, headers: { 'www-authenticate': 'Bearer' } },
    body: { error: 'This needs the DEBUG_KEY.' },
  });
  return Object.fromEntries(
    Object.entries(routes).map(([path, answer]): [string, typeof answer] => [
      path,
      async (request) =>
        timingSafeEqual(digest(request.headers.authorization ?? ''), expected) ? answer(request) : refusal,
    ]),
  );
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
