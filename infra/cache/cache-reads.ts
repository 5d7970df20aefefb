// Counts the cache reads of one request, for clients that ask for an explanation.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Work } from '../../schema/wire/explaining.ts';
import type { Cache } from './cache.ts';

const counting = new AsyncLocalStorage<Work>();

/** Runs the work and counts its reads of caches that `countedCache` returned. */
export async function countReads<T>(work: () => Promise<T>): Promise<{ result: T; reads: Work }> {
  const reads = { cacheHits: 0, cacheMisses: 0 };
  return { result: await counting.run(reads, work), reads };
}

/** The same cache, with its look-ups counted for `countReads`. */
export const countedCache = (cache: Cache): Cache => ({
  ...cache,
  async getMany(keys) {
    const values = await cache.getMany(keys);
    const reads = counting.getStore();
    if (reads) {
      const hits = values.filter((value) => value !== null).length;
      reads.cacheHits += hits;
      reads.cacheMisses += values.length - hits;
    }
    return values;
  },
});
