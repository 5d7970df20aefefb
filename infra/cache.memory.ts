// The cache inside one process: bounded, the least recently used entry goes first.
import type { Cache } from './cache.ts';
import type { Clock } from './clock.ts';

const LARGEST = 100_000_000; // characters of keys and values: about as many bytes, as they are plain ASCII

/** A cache that lives and dies with the process, of at most `largest` characters of keys and values. */
export function openMemoryCache(now: Clock, largest = LARGEST): Cache {
  const entries = new Map<string, { revision: number; value: string; expires: number }>(); // in order of use
  let size = 0;

  function drop(key: string): void {
    const entry = entries.get(key);
    if (entry && entries.delete(key)) size -= key.length + entry.value.length;
  }

  function live(key: string) {
    const entry = entries.get(key);
    if (entry && entry.expires > now().getTime()) return entry;
    drop(key);
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
        drop(key);
        entries.set(key, { revision, value, expires: now().getTime() + ttl });
        size += key.length + value.length;
      }
      for (const key of entries.keys()) {
        if (size <= largest) break;
        drop(key);
      }
    },

    async close() {
      entries.clear();
      size = 0;
    },
  };
}
