// THE place where a URL becomes an adapter.
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { isEmbedded } from './adapter-url.ts';
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
import type { Config } from './env.ts';
import type { Log } from './log.ts';
import { masked } from './server-url.ts';
import { topics } from '../schema/events.ts';
import { type Keys, keysFor } from '../schema/internal-identity.ts';
import { type SigningKey, signingKey } from '../schema/offer-token.ts';

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
  offerKeys: Keys;
  /** The master keys of what the gateway says to its subgraphs. */
  internalKeys: Keys;
  /** The keys that a subgraph believes: its own, where it was given no more than those, else from the master keys. */
  subgraphKeys(name: string): Keys;
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
  /** Told of a consumer that has stopped for good; unless given, the process ends with 1. */
  onCrash?: (error: Error) => void;
}

/**
 * Chooses the adapters and logs each choice in a line; each is opened when it is first used. Throws an Error with a
 * sentence for the operator.
 */
export function openWiring(config: Config, log: Log, substitutes: Substitutes = {}): Wiring {
  const now = substitutes.now ?? openClock(config.CLOCK);
  const { DATABASE_URL, REDIS_URL, KAFKA_URL } = config;
  const folders = openFolders();
  const databases: Database[] = [];
  const cache = once((): Cache => {
    const opened = isEmbedded(REDIS_URL) ? openMemoryCache(now) : openRedisCache(REDIS_URL, log);
    return substitutes.cache?.(opened) ?? opened;
  });
  const bus = once((): Bus => {
    const opened = isEmbedded(KAFKA_URL)
      ? openEmbeddedBus(folders.at(KAFKA_URL).file('bus.sqlite'), topics, now, log)
      : openKafkaBus({ url: KAFKA_URL, topics, log, onCrash: substitutes.onCrash ?? endProcess(log) });
    return substitutes.bus?.(opened) ?? opened;
  });
  // gateway and subgraphs in one process need no key that outlives it
  const internalKeys = (config.INTERNAL_KEYS as [SigningKey] | undefined) ?? [signingKey(randomBytes(32))];

  function adapterFor(room: string): Adapter {
    if (!isEmbedded(DATABASE_URL)) return mysql(DATABASE_URL, room, substitutes.migrate);
    const adapter = sqlite(folders.at(DATABASE_URL).file(`${room}.sqlite`));
    return { ...adapter, migrate: substitutes.migrate ?? adapter.migrate };
  }

  for (const [service, url] of Object.entries({ database: DATABASE_URL, cache: REDIS_URL, bus: KAFKA_URL })) {
    log.info(`${masked(url)} (${kinds[url.split(':')[0]!]})`, { service });
  }
  return {
    config,
    log,
    now,
    get cache() {
      return cache();
    },
    get bus() {
      return bus();
    },
    async database(tables) {
      const db = await openDatabase(tables, adapterFor(tables.room), log, substitutes.onQuery);
      databases.push(db);
      return db;
    },
    get offerKeys() {
      const keys = config.OFFER_SIGNING_KEYS ?? [signingKey(folders.at(DATABASE_URL).secret('offer-signing-key'))];
      return keys as [SigningKey];
    },
    internalKeys,
    subgraphKeys: (name) => (config.SUBGRAPH_KEYS as [SigningKey] | undefined) ?? keysFor(name, internalKeys),
    async close() {
      await bus.opened?.close();
      await cache.opened?.close();
      for (const db of databases) await db.close();
      folders.release();
    },
  };
}

/** What a URL's scheme stands for. */
const kinds: Record<string, string> = {
  sqlite: 'embedded: SQLite files of this process',
  memory: 'embedded: in this process',
  mysql: 'MySQL: one database per room',
  mariadb: 'MariaDB: one database per room',
  redis: 'Redis',
  rediss: 'Redis by TLS',
  kafka: 'Kafka',
};

/** Opens at the first call, and tells whether there was one. */
function once<T>(open: () => T): (() => T) & { opened?: T } {
  const get: (() => T) & { opened?: T } = () => (get.opened ??= open());
  return get;
}

/** The data folders in use, each taken for this process once. */
function openFolders() {
  const taken = new Map<string, DataFolder>();
  return {
    at(url: string): DataFolder {
      const path = resolve(url.slice('sqlite:'.length) || '.data'); // one folder, however it is spelt
      const folder = taken.get(path) ?? openDataFolder(path);
      taken.set(path, folder);
      return folder;
    },
    release(): void {
      for (const folder of taken.values()) folder.release();
    },
  };
}

/** A process whose consumer has stopped for good would sit idle: whoever started it starts another. */
const endProcess = (log: Log) => (error: Error) => {
  log.error('a consumer has stopped for good, and with it this process', { error });
  process.exit(1);
};
