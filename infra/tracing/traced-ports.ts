// Calls of the database, the cache and the partners as steps of the current trace. Used only where traces are recorded.
import type { Cache } from '../cache/cache.ts';
import { nameOf, type QueryListener } from '../database/database.ts';
import { step, stepDone } from './spans.ts';

/** Records each statement by operation and table: never its text or its values, which may be personal data. */
export const traceStatements: QueryListener = (database, sql, took = 0) => {
  const name = nameOf(sql);
  const verb = /^\s*([a-z]+)/i.exec(sql)?.[1]?.toLowerCase(); // begin and commit have no table
  stepDone(name === 'other' && verb ? verb : name, { 'db.namespace': database }, took);
};

/** The cache, with each look-up and each write as a step: the numbers of keys and of hits. */
export const tracedCache = (cache: Cache): Cache => ({
  ...cache,
  getMany: (keys) =>
    step('cache get', { 'cache.keys': keys.length }, async (span) => {
      const values = await cache.getMany(keys);
      span?.setAttribute('cache.hits', values.filter((value) => value !== null).length);
      return values;
    }),
  putMany: (entries) => step('cache put', { 'cache.keys': entries.length }, () => cache.putMany(entries)),
});

type Calls = Record<string, unknown>;

/** A partner, with each of these calls as a step. */
export function tracedCalls<P extends object>(partner: string, of: P, calls: readonly (keyof P & string)[]): P {
  const traced = calls.map((name) => {
    const call = (of as Calls)[name] as (...args: unknown[]) => Promise<unknown>;
    return [name, (...args: unknown[]) => step(`${partner} ${name}`, { 'peer.service': partner }, () => call(...args))];
  });
  return { ...of, ...(Object.fromEntries(traced) as Partial<P>) };
}
