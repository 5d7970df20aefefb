// The cache contract in memory.
import { openMemoryCache } from '../../infra/cache.memory.ts';
import { cacheContract } from './cache.ts';

cacheContract({
  name: 'memory',
  open: async (now) => {
    const cache = openMemoryCache(now, 3);
    return { ...cache, [Symbol.asyncDispose]: () => cache.close() };
  },
  features: { expiresBy: 'given clock', bounded: true },
});
