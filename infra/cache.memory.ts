// The cache inside one process: bounded, the least recently used entry goes first.
import type { Cache } from './cache.ts';
import type { Clock } from './clock.ts';

const MOST_ENTRIES = 200_000; // about 100 MB of fare days

/** A cache that lives and dies with the process. */
export function openMemoryCache(now: Clock, most = MOST_ENTRIES): Cache {
  const entries = new Map<string, { revision: number; value: string; expires: number }>(); // in order of use

  function live(key: string) {
    const entry = entries.get(key);
    if (entry && entry.expires > now().getTime()) return entry;
    entries.delete(key);
    return undefined;
  }

  return {
    async getMany(keys) {
      return keys.map((key) => {
        const entry = live(key);
        if (!entry) return null;
        entries.delete(key);
        entries.set(key, entry);
        return entry.value;
      });
    },

    async putMany(list) {
      for (const { key, revision, value, ttl } of list) {
        if ((live(key)?.revision ?? -1) > revision) continue;
        entries.delete(key);
        entries.set(key, { revision, value, expires: now().getTime() + ttl });
      }
      for (const key of entries.keys()) {
        if (entries.size <= most) break;
        entries.delete(key);
      }
    },

    async close() {
      entries.clear();
    },
  };
}
