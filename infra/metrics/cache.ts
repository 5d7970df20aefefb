// Cache metrics: look-ups with their results, and failed writes.
import { Counter, type Registry } from 'prom-client';
import { type Cache, CacheAway } from '../cache/cache.ts';

/** Wraps a cache and counts look-ups by the kind of the key, which is its first word. */
export function measureCache(registry: Registry): (counted: Cache) => Cache {
  const reads = new Counter({
    name: 'fareloom_cache_reads_total',
    help: 'Keys looked up in the cache: found (hit), not there (miss), or unknown because it did not answer (timeout)',
    labelNames: ['kind', 'result'],
    registers: [registry],
  });

  const unwritten = new Counter({
    name: 'fareloom_cache_write_failures_total',
    help: 'Writes and charges that the cache refused, by error code; ETIMEDOUT if it did not answer',
    labelNames: ['reason'],
    registers: [registry],
  });

  function countFailure(error: unknown): never {
    unwritten.inc({ reason: error instanceof CacheAway ? error.code : 'other' });
    throw error;
  }

  const known = new Set<string>();

  function count(keys: readonly string[], resultOf: (index: number) => 'hit' | 'miss' | 'timeout'): void {
    for (const [i, key] of keys.entries()) {
      const kind = kindOf(key);
      if (!kind) continue;
      if (!known.has(kind)) for (const result of ['hit', 'miss', 'timeout']) reads.inc({ kind, result }, 0); // a ratio needs all results
      known.add(kind);
      reads.inc({ kind, result: resultOf(i) });
    }
  }

  return (counted) => ({
    ...counted,
    async getMany(keys) {
      const values = await counted.getMany(keys).catch((error: unknown) => {
        count(keys, () => 'timeout');
        throw error;
      });
      count(keys, (i) => (values[i] === null ? 'miss' : 'hit'));
      return values;
    },
    putMany: (entries) => counted.putMany(entries).catch(countFailure),
    spend: (charges) => counted.spend(charges).catch(countFailure),
  });
}

/** Undefined for a key without a kind, such as the key of the readiness probe. */
const kindOf = (key: string): string | undefined => /^([a-z][a-z-]{0,30})[: ]/.exec(key)?.[1];
