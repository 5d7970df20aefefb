// THE place where a URL becomes an adapter.
import { openEmbeddedBus } from './bus.embedded.ts';
import { openKafkaBus } from './bus.kafka.ts';
import type { Bus } from './bus.ts';
import { openMemoryCache } from './cache.memory.ts';
import { openRedisCache } from './cache.redis.ts';
import type { Cache } from './cache.ts';
import { type Clock, openClock } from './clock.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { mysql } from './database.mysql.ts';
import { sqlite } from './database.sqlite.ts';
import { type Adapter, type Database, openDatabase, type QueryListener, type Tables } from './database.ts';
import { type Config, isEmbedded, signingKey } from './env.ts';
import type { Log } from './log.ts';
import { masked } from './server-url.ts';
import { type SigningKey } from '../schema/offer-token.ts';
import { topics } from '../schema/events.ts';

/** The adapters that the configuration chose. */
export interface Wiring {
  config: Config;
  log: Log;
  now: Clock;
  cache: Cache;
  bus: Bus;
  /** Opens a room's database, up to date. */
  database(tables: Tables): Promise<Database>;
  /** The keys that offers are signed with; the first signs. */
  offerKeys: readonly [SigningKey, ...SigningKey[]];
  close(): Promise<void>;
}

/** What a test may set in place of what the configuration says. */
export interface Substitutes {
  now?: Clock;
  onQuery?: QueryListener;
  cache?: (shipped: Cache) => Cache;
  bus?: (shipped: Bus) => Bus;
  /** What to do where migrations are missing; unless given, what the adapter is made for. */
  migrate?: Adapter['migrate'];
}

/**
 * The adapters that the configuration chose: each is opened, and its choice logged in a line, when it is first asked
 * for, so that a process holds and connects no more than it uses. Throws an Error with a sentence for the operator.
 */
export function openWiring(config: Config, log: Log, substitutes: Substitutes = {}): Wiring {
  const now = substitutes.now ?? openClock(config.CLOCK);
  const folders = new Map<string, DataFolder>();
  const databases: Promise<Database>[] = [];
  let cache: Cache | undefined;
  let bus: Bus | undefined;

  const chosen = (part: string, url: string, what: string) => log.info(`${masked(url)} (${what})`, { service: part });

  function folder(url: string): DataFolder {
    const path = url.slice('sqlite:'.length) || '.data';
    if (!folders.has(path)) folders.set(path, openDataFolder(path));
    return folders.get(path)!;
  }

  function openCache(url: string): Cache {
    chosen('cache', url, isEmbedded(url) ? 'embedded: in this process' : 'Redis');
    const shipped = isEmbedded(url) ? openMemoryCache(now) : openRedisCache(url, log);
    return substitutes.cache?.(shipped) ?? shipped;
  }

  function openBus(url: string): Bus {
    chosen('bus', url, isEmbedded(url) ? 'embedded: a durable log in one SQLite file' : 'Kafka');
    const shipped = isEmbedded(url)
      ? openEmbeddedBus(folder(url).file('bus.sqlite'), topics, now, log)
      : openKafkaBus({ url, topics, log, onCrash: endProcess });
    return substitutes.bus?.(shipped) ?? shipped;
  }

  function adapterOf(url: string, room: string): Adapter {
    if (!databases.length) chosen('database', url, `${isEmbedded(url) ? 'embedded: one SQLite file' : 'one'} per room`);
    return isEmbedded(url) ? sqlite(folder(url).file(`${room}.sqlite`)) : mysql(url, room, substitutes.migrate);
  }

  return {
    config,
    log,
    now,
    get cache() {
      return (cache ??= openCache(config.REDIS_URL));
    },
    get bus() {
      return (bus ??= openBus(config.KAFKA_URL));
    },
    async database(tables) {
      const db = openDatabase(tables, adapterOf(config.DATABASE_URL, tables.room), log, substitutes.onQuery);
      databases.push(db);
      return db;
    },
    get offerKeys(): Wiring['offerKeys'] {
      if (config.OFFER_SIGNING_KEYS) return config.OFFER_SIGNING_KEYS as [SigningKey];
      if (isEmbedded(config.DATABASE_URL)) return [signingKey(folder(config.DATABASE_URL).secret('offer-signing-key'))];
      throw new Error(
        'Set OFFER_SIGNING_KEYS: on a database server several processes sign and check offers, with one key. ' +
          'Make one with: openssl rand -base64 32',
      );
    },
    async close() {
      await bus?.close();
      await cache?.close();
      for (const opened of await Promise.allSettled(databases)) {
        if (opened.status === 'fulfilled') await opened.value.close();
      }
      for (const each of folders.values()) each.release();
    },
  };
}

/** A consumer that stopped for good is a fault nobody caught: the process stops in order, exits with 1, and is replaced. */
function endProcess(error: Error): void {
  process.nextTick(() => {
    throw error;
  });
}
