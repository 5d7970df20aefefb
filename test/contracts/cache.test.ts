// The cache contract in memory.
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import type { Clock } from '../../infra/process/clock.ts';
import { cacheContract } from './cache.ts';

const open = async (now: Clock, characters?: number) => {
  const cache = openMemoryCache(now, characters);
  return { ...cache, [Symbol.asyncDispose]: () => cache.close() };
};

cacheContract({ name: 'memory', open, features: { expiresBy: 'given clock', bounded: open } });
