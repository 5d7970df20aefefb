// THE place where a URL becomes an adapter.
import { randomBytes } from 'node:crypto';
import { openEmbeddedBus } from './bus.embedded.ts';
import type { Bus } from './bus.ts';
import { openMemoryCache } from './cache.memory.ts';
import type { Cache } from './cache.ts';
import { type Clock, openClock } from './clock.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { sqlite } from './database.sqlite.ts';
import { type Database, openDatabase, type QueryListener, type Tables } from './database.ts';
import { type Config, signingKey } from './env.ts';
import type { Log } from './log.ts';
import { topics } from '../schema/events.ts';
import type { Keys } from '../schema/internal-identity.ts';
import type { SigningKey } from '../schema/offer-token.ts';

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
  /** The master keys of what gateway and subgraphs say to each other. */
  internalKeys: Keys;
  close(): Promise<void>;
}

/** What a test may set in place of what the configuration says. */
export interface Substitutes {
  now?: Clock;
  onQuery?: QueryListener;
  cache?: (shipped: Cache) => Cache;
  bus?: (shipped: Bus) => Bus;
}

/** Opens the adapters and logs each choice in a line. Throws an Error with a sentence for the operator. */
export function openWiring(config: Config, log: Log, substitutes: Substitutes = {}): Wiring {
  const now = substitutes.now ?? openClock(config.CLOCK);
  const folders = new Map<string, DataFolder>();
  const folder = (url: string): DataFolder => {
    const path = url.slice('sqlite:'.length) || '.data';
    if (!folders.has(path)) folders.set(path, openDataFolder(path));
    return folders.get(path)!;
  };
  const data = folder(config.DATABASE_URL);
  const choose = (part: string, url: string, what: string) => log.info(`${url} (${what})`, { service: part });

  choose('database', config.DATABASE_URL, 'embedded: one SQLite file per room');
  choose('cache', config.REDIS_URL, 'embedded: in this process');
  choose('bus', config.KAFKA_URL, 'embedded: a durable log in one SQLite file');
  const cache = openMemoryCache(now);
  const bus = openEmbeddedBus(folder(config.KAFKA_URL).file('bus.sqlite'), topics, now, log);
  const databases: Database[] = [];

  return {
    config,
    log,
    now,
    cache: substitutes.cache?.(cache) ?? cache,
    bus: substitutes.bus?.(bus) ?? bus,
    async database(tables) {
      const db = await openDatabase(tables, sqlite(data.file(`${tables.room}.sqlite`)), log, substitutes.onQuery);
      databases.push(db);
      return db;
    },
    offerKeys: (config.OFFER_SIGNING_KEYS as [SigningKey] | undefined) ?? [
      signingKey(data.secret('offer-signing-key')),
    ],
    // gateway and subgraphs in one process need no key that outlives it
    internalKeys: (config.INTERNAL_KEYS as [SigningKey] | undefined) ?? [signingKey(randomBytes(32))],
    async close() {
      await bus.close();
      await cache.close();
      for (const db of databases) await db.close();
      for (const each of folders.values()) each.release();
    },
  };
}
