// THE place where a URL becomes an adapter.
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { isEmbedded } from './adapter-url.ts';
import { openEmbeddedBus } from './bus.embedded.ts';
import { openKafkaBus } from './bus.kafka.ts';
import type { Bus } from './bus.ts';
import { openMemoryCache } from './cache.memory.ts';
import { openRedisCache } from './cache.redis.ts';
import { countedCache } from './cache-reads.ts';
import type { Cache } from './cache.ts';
import { type Clock, openClock } from './clock.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { mysql } from './database.mysql.ts';
import { sqlite } from './database.sqlite.ts';
import { type Adapter, type Database, openDatabase, type QueryListener, type Tables } from './database.ts';
import { type Letters, openLetters } from './dead-letters/letters.ts';
import { openParking } from './dead-letters/parking.ts';
import { deadLetterTables } from './dead-letters/tables.ts';
import type { Config } from './env.ts';
import type { Log } from './log.ts';
import { type Metrics, openMetrics } from './metrics/metrics.ts';
import { once } from './once.ts';
import { openPartners, type Partners, type PartnerSubstitutes } from './partner-wiring.ts';
import { masked } from './server-url.ts';
import { tracedCache, traceStatements } from './traced-ports.ts';
import { topics } from '../schema/events.ts';
import { type Keys, keysFor } from '../schema/internal-identity.ts';
import { type SigningKey, signingKey } from '../schema/signing-key.ts';

/** The adapters that the configuration chose. */
export interface Wiring extends Partners {
  config: Config;
  log: Log;
  now: Clock;
  cache: Cache;
  bus: Bus;
  /** The dead letters as operators see them. */
  letters: Letters;
  metrics: Metrics;
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

/** What a test or a command may set in place of what the configuration says. */
export interface Substitutes extends PartnerSubstitutes {
  now?: Clock;
  onQuery?: QueryListener;
  cache?: (shipped: Cache) => Cache;
  bus?: (shipped: Bus) => Bus;
  /** What to do where migrations are missing; unless given, what the adapter is made for. */
  migrate?: Adapter['migrate'];
  /** Databases are looked at only, also those of a folder that another process has. */
  readOnly?: boolean;
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
  const metrics = openMetrics(now);
  const isTraced = config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  const databases: Database[] = [];
  const cache = once((): Cache => {
    const opened = isEmbedded(REDIS_URL) ? openMemoryCache(now) : openRedisCache(REDIS_URL, log);
    const counted = metrics.cache(substitutes.cache?.(opened) ?? opened);
    return countedCache(isTraced ? tracedCache(counted) : counted);
  });
  const bus = once((): Bus => {
    const opened = isEmbedded(KAFKA_URL)
      ? openEmbeddedBus(folders.at(KAFKA_URL).file('bus.sqlite'), topics, now, log, metrics.rebalanced)
      : openKafkaBus({
          url: KAFKA_URL,
          topics,
          log,
          onCrash: substitutes.onCrash ?? endProcess(log),
          onRebalance: metrics.rebalanced,
        });
    const parked: Bus = { ...opened, parking: openParking(letterDatabase, now) };
    return metrics.bus(substitutes.bus?.(parked) ?? parked);
  });
  let letterDb: Promise<Database> | undefined;
  const letterDatabase = () =>
    (letterDb ??= database(deadLetterTables).catch((error: unknown) => {
      letterDb = undefined; // the next one who needs it tries again
      throw error;
    }));
  // gateway and subgraphs in one process need no key that outlives it
  const internalKeys = (config.INTERNAL_KEYS as [SigningKey] | undefined) ?? [signingKey(randomBytes(32))];

  const partners = openPartners({ config, folderAt: folders.at, now, substitutes });

  function adapterFor(room: string): Adapter {
    const { readOnly, migrate } = substitutes;
    if (!isEmbedded(DATABASE_URL)) return mysql(DATABASE_URL, room, migrate, readOnly);
    if (readOnly) return sqlite(join(folderOf(DATABASE_URL), `${room}.sqlite`), readOnly);
    const adapter = sqlite(folders.at(DATABASE_URL).file(`${room}.sqlite`));
    return { ...adapter, migrate: migrate ?? adapter.migrate };
  }

  async function database(tables: Tables): Promise<Database> {
    const onQuery = substitutes.onQuery ?? (isTraced ? traceStatements : undefined);
    const adapter = adapterFor(tables.room);
    const db = await openDatabase(tables, adapter, log, onQuery, config.SLOW_QUERY);
    databases.push(db);
    if (adapter.pool) metrics.watchPool(tables.room, adapter.pool);
    return db;
  }

  const chosen = {
    database: DATABASE_URL,
    cache: REDIS_URL,
    bus: KAFKA_URL,
    payments: config.PAYMENT_PROVIDER_URL,
    tickets: config.TICKET_ISSUER_URL,
    mail: config.MAIL_URL,
  };
  for (const [service, url] of Object.entries(chosen)) {
    log.info(`${masked(url)} (${kinds[url.split(':')[0]!]})`, { service });
  }
  return {
    ...partners,
    config,
    log,
    now,
    metrics,
    get cache() {
      return cache();
    },
    get bus() {
      return bus();
    },
    letters: openLetters(letterDatabase, now),
    database,
    get offerKeys() {
      const keys = config.OFFER_SIGNING_KEYS ?? [signingKey(folders.at(DATABASE_URL).secret('offer-signing-key'))];
      return keys as [SigningKey];
    },
    internalKeys,
    subgraphKeys: (name) => (config.SUBGRAPH_KEYS as [SigningKey] | undefined) ?? keysFor(name, internalKeys),
    async close() {
      await partners.close();
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
  demo: 'the demo of this machine: no money moves, nobody flies',
  http: 'a partner',
  https: 'a partner',
  file: 'a folder of this machine',
  smtp: 'a mail server',
  smtps: 'a mail server by TLS',
};

/** The folder that an embedded URL names, however it is spelt. */
const folderOf = (url: string): string => resolve(url.slice(url.indexOf(':') + 1) || '.data');

/** The data folders in use, each taken for this process once. */
function openFolders() {
  const taken = new Map<string, DataFolder>();
  return {
    at(url: string): DataFolder {
      const path = folderOf(url);
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
