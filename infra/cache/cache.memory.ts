// The cache inside one process: bounded, evicts the least recently used entry first.
import type { Cache } from './cache.ts';
import type { Clock } from '../process/clock.ts';
import { SECOND } from '../../schema/terms/durations.ts';

const LARGEST = 100_000_000; // characters of keys and values: about as many bytes, as they are plain ASCII

interface Entry {
  revision: number;
  value: string;
  expires: number;
}

/** A cache in memory, empty at each start, of at most `largest` characters of keys and values. */
export function openMemoryCache(now: Clock, largest = LARGEST): Cache {
  const entries = new Map<string, Entry>(); // in order of use
  const groups = new Map<string, Map<string, number>>(); // the last report of each member, in their order
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

  function put(key: string, entry: Entry): void {
    drop(key);
    entries.set(key, entry);
    size += key.length + entry.value.length;
  }

  function trim(): void {
    for (const key of entries.keys()) {
      if (size <= largest) break;
      drop(key);
    }
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
        put(key, { revision, value, expires: now().getTime() + ttl });
      }
      trim();
    },

    async spend(charges) {
      const at = now().getTime();
      const buckets = charges.map((charge) => {
        const { key, capacity, refill } = charge;
        const latest = at + (capacity / refill) * SECOND; // for a bucket that is empty now
        const fullAt = Math.min(Number(live(key)?.value ?? at), latest);
        return { ...charge, fullAt, level: capacity - ((fullAt - at) * refill) / SECOND };
      });
      const granted = buckets.every(({ level, amount }) => level >= amount);
      if (!granted) return { granted, levels: buckets.map(({ level }) => level) };
      // a bucket is stored as the instant at which it is full again, and expires at that instant
      for (const { key, amount, refill, fullAt } of buckets) {
        const expires = fullAt + (amount / refill) * SECOND;
        put(key, { revision: 0, value: String(expires), expires });
      }
      trim();
      return { granted, levels: buckets.map(({ level, amount }) => level - amount) };
    },

    async report(group, member, rememberedFor) {
      const at = now().getTime();
      const reports = groups.get(group) ?? new Map<string, number>();
      groups.set(group, reports);
      reports.delete(member);
      reports.set(member, at);
      for (const [each, last] of reports) if (last < at - rememberedFor) reports.delete(each);
    },

    async withdraw(group, member) {
      groups.get(group)?.delete(member);
    },

    async members(group, most) {
      const at = now().getTime();
      const latest = [...(groups.get(group) ?? [])].reverse().slice(0, most);
      return latest.map(([member, last]) => ({ member, silentFor: at - last }));
    },

    async close() {
      entries.clear();
      groups.clear();
      size = 0;
    },
  };
}
