// What one request reads of the cache, counted for whoever asked for it to be explained.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Work } from '../../schema/wire/explaining.ts';
import type { Cache } from './cache.ts';

const counting = new AsyncLocalStorage<Work>();

/** Does the work, and counts what it reads of caches that `countedCache` gave. */
export async function countReads<T>(work: () => Promise<T>): Promise<{ result: T; reads: Work }> {
  const reads = { cacheHits: 0, cacheMisses: 0 };
  return { result: await counting.run(reads, work), reads };
}

/** The cache, which tells `countReads` what is looked up in it. */
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
