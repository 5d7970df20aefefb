// THE place where a URL becomes an adapter.
import { resolve } from 'node:path';
import { openEmbeddedBus } from './bus.embedded.ts';
import type { Bus } from './bus.ts';
import { openMemoryCache } from './cache.memory.ts';
import { openRedisCache } from './cache.redis.ts';
import type { Cache } from './cache.ts';
import { type Clock, openClock } from './clock.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { mysql } from './database.mysql.ts';
import { sqlite } from './database.sqlite.ts';
import { type Adapter, type Database, openDatabase, type QueryListener, type Tables } from './database.ts';
import { type Config, signingKey } from './env.ts';
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

/** Opens the adapters and logs each choice in a line. Throws an Error with a sentence for the operator. */
export function openWiring(config: Config, log: Log, substitutes: Substitutes = {}): Wiring {
  const now = substitutes.now ?? openClock(config.CLOCK);
  const folders = new Map<string, DataFolder>();
  const folder = (url: string): DataFolder => {
    const path = resolve(url.slice('sqlite:'.length) || '.data'); // one folder, however it is spelt
    if (!folders.has(path)) folders.set(path, openDataFolder(path));
    return folders.get(path)!;
  };
  const choose = (part: string, url: string, what: string) => log.info(`${url} (${what})`, { service: part });

  const data = config.DATABASE_URL.startsWith('sqlite:') ? folder(config.DATABASE_URL) : undefined;
  choose(
    'database',
    masked(config.DATABASE_URL),
    data ? 'embedded: one SQLite file per room' : 'one database per room',
  );
  const inProcess = config.REDIS_URL.startsWith('memory:');
  choose('cache', masked(config.REDIS_URL), inProcess ? 'embedded: in this process' : 'Redis');
  choose('bus', config.KAFKA_URL, 'embedded: a durable log in one SQLite file');
  const cache = inProcess ? openMemoryCache(now) : openRedisCache(config.REDIS_URL, log);
  const bus = openEmbeddedBus(folder(config.KAFKA_URL).file('bus.sqlite'), topics, now, log);
  const databases: Database[] = [];

  return {
    config,
    log,
    now,
    cache: substitutes.cache?.(cache) ?? cache,
    bus: substitutes.bus?.(bus) ?? bus,
    async database(tables) {
      const adapter = data
        ? sqlite(data.file(`${tables.room}.sqlite`))
        : mysql(config.DATABASE_URL, tables.room, substitutes.migrate);
      const db = await openDatabase(tables, adapter, log, substitutes.onQuery);
      databases.push(db);
      return db;
    },
    offerKeys: (config.OFFER_SIGNING_KEYS as [SigningKey] | undefined) ?? [
      signingKey((data ?? folder('sqlite:.data')).secret('offer-signing-key')),
    ],
    async close() {
      await bus.close();
      await cache.close();
      for (const db of databases) await db.close();
      for (const each of folders.values()) each.release();
    },
  };
}
