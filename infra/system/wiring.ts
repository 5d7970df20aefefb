// The only place where a URL becomes an adapter.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isEmbedded } from '../config/adapter-url.ts';
import { openEmbeddedBus } from '../messaging/bus.embedded.ts';
import { openKafkaBus } from '../messaging/bus.kafka.ts';
import type { Bus } from '../messaging/bus.ts';
import { openMemoryCache } from '../cache/cache.memory.ts';
import { openRedisCache } from '../cache/cache.redis.ts';
import { countedCache } from '../cache/cache-reads.ts';
import type { Cache } from '../cache/cache.ts';
import { type Clock, openClock } from '../process/clock.ts';
import { type ClockSkew, openClockSkew } from '../process/clock-skew.ts';
import { type DataFolder, keptSecret, openDataFolder } from '../config/data-folder.ts';
import { openShare } from '../database/connection-share.ts';
import { mysql } from '../database/database.mysql.ts';
import { sqlite } from '../database/database.sqlite.ts';
import { type Adapter, type Database, openDatabase, type QueryListener, type Tables } from '../database/database.ts';
import type { Config } from './config/config.ts';
import type { Log } from '../logging/log.ts';
import { type KeptMessages, openToAudit } from '../messaging/message-log.ts';
import { openMetrics } from '../metrics/metrics.ts';
import { once } from '../process/once.ts';
import { openPartners, type Partners, type PartnerSubstitutes } from './partner-wiring.ts';
import { addressOf } from '../config/server-url.ts';
import { tracedCache, traceStatements } from '../tracing/traced-ports.ts';
import type { Platform } from '../process/platform.ts';
import type { Waiting } from '../process/waiting.ts';
import { openParking } from '../../subgraphs/operations/store/parking-store.ts';
import { operationsTables } from '../../subgraphs/operations/store/tables.ts';
import { subgraphs } from './services.ts';
import { topics } from '../../schema/events.ts';
import { keysFor } from '../../schema/wire/internal-identity.ts';
import { type SigningKeys, type SigningKey, signingKey } from '../../schema/wire/signing-key.ts';

/** The adapters that the configuration chose. */
export interface Wiring extends Platform, Partners {
  config: Config;
  /** The error of this process's clock. */
  clockSkew: ClockSkew;
  /** The messages of the embedded bus, read-only; null with a broker. */
  keptMessages(): KeptMessages | null;
  /** A subgraph's database with all migrations applied; opened once. */
  database(tables: Tables): Promise<Database>;
  /** The password of the demo accounts in this data folder; null when the folder is read-only and has none. */
  demoPassword(): string | null;
  /** The master keys that sign the gateway's requests to its subgraphs. */
  internalKeys: SigningKeys;
  /** The keys that a subgraph trusts: SUBGRAPH_KEYS where that is set, else keys derived from the master keys. */
  subgraphKeys(name: string): SigningKeys;
  close(): Promise<void>;
}

/** What a test or a command may set instead of the configured parts. */
export interface Substitutes extends PartnerSubstitutes {
  now?: Clock;
  onQuery?: QueryListener;
  cache?: (shipped: Cache) => Cache;
  bus?: (shipped: Bus) => Bus;
  /** What to do when migrations are missing; the adapter's own default unless given. */
  migrate?: Adapter['migrate'];
  /** Opens databases read-only, also those in a folder that another process has locked. */
  readOnly?: boolean;
  /** Waits for servers that are unreachable at first use; unless given, opening them fails at once. */
  waiting?: Waiting;
  /** How many connection pools share the database server; one for each database of this process unless given. */
  pools?: number;
  /** Called when a consumer has stopped for good; unless given, the process exits with 1. */
  onCrash?: (error: Error) => void;
}

/**
 * Chooses the adapters; each opens at its first use. Throws an Error with a sentence for the operator.
 */
export function openWiring(config: Config, log: Log, substitutes: Substitutes = {}): Wiring {
  const clockSkew = openClockSkew(log);
  const { now: set } = substitutes;
  const clock = set ? { now: set, at: set } : openClock(config.CLOCK, clockSkew.now); // a substituted clock also replaces database time
  const { now } = clock;
  const { DATABASE_URL, REDIS_URL, KAFKA_URL } = config;
  const folders = openFolders();
  const metrics = openMetrics(now);
  metrics.watchClock(clockSkew.skew);
  const isTraced = config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  const databases = new Map<string, Promise<Database>>();
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
    const parked: Bus = {
      ...opened,
      subscribe: (...how) => patiently('bus', KAFKA_URL, () => opened.subscribe(...how)),
      parking: openParking(() => database(operationsTables), now),
    };
    return metrics.bus(substitutes.bus?.(parked) ?? parked);
  });
  const kept = once(() => {
    const path = join(folderOf(KAFKA_URL), 'bus.sqlite');
    return isEmbedded(KAFKA_URL) && existsSync(path) ? openToAudit(path) : null; // a bus that never ran has no file
  });
  // with gateway and subgraphs in one process no key needs to outlive it
  const internalKeys = (config.INTERNAL_KEYS as [SigningKey] | undefined) ?? [signingKey(randomBytes(32))];

  const partners = openPartners({ config, folderAt: folders.at, now, log, substitutes });

  const share = isEmbedded(DATABASE_URL)
    ? undefined
    : openShare(
        DATABASE_URL,
        substitutes.pools ?? subgraphs.length,
        log.child({ service: 'database' }),
        substitutes.pools === undefined ? 'info' : 'debug',
      );

  function adapterFor(room: string): Adapter {
    const { readOnly, migrate } = substitutes;
    if (!isEmbedded(DATABASE_URL)) return mysql(DATABASE_URL, room, migrate, readOnly, share);
    if (readOnly) return sqlite(join(folderOf(DATABASE_URL), `${room}.sqlite`), readOnly);
    const adapter = sqlite(folders.at(DATABASE_URL).file(`${room}.sqlite`));
    return { ...adapter, migrate: migrate ?? adapter.migrate };
  }

  /** Runs `open`, and retries while the server of the URL is unreachable if the process may wait. */
  function patiently<T>(part: string, url: string, open: () => Promise<T>): Promise<T> {
    if (!substitutes.waiting || isEmbedded(url)) return open();
    return substitutes.waiting.until(part, addressOf(url), open);
  }

  const openTables = (tables: Tables): Promise<Database> =>
    patiently(`${tables.room} database`, DATABASE_URL, async () => {
      const onQuery = substitutes.onQuery ?? (isTraced ? traceStatements : undefined);
      const adapter = adapterFor(tables.room);
      const db = await openDatabase(tables, adapter, log, { onQuery, slow: config.SLOW_QUERY, clock });
      if (db.time && !set) await clockSkew.follow(db.time);
      if (adapter.pool) metrics.watchPool(tables.room, adapter.pool);
      return db;
    });

  function database(tables: Tables): Promise<Database> {
    const opened = databases.get(tables.room);
    if (opened) return opened;
    const opening = openTables(tables).catch((error: unknown) => {
      databases.delete(tables.room); // the next caller tries again
      throw error;
    });
    databases.set(tables.room, opening);
    return opening;
  }

  return {
    ...partners,
    config,
    log,
    now,
    clockSkew,
    metrics,
    sharesDatabases: !isEmbedded(DATABASE_URL),
    get cache() {
      return cache();
    },
    get bus() {
      return bus();
    },
    keptMessages: kept,
    database,
    get offerKeys() {
      const keys = config.OFFER_SIGNING_KEYS ?? [signingKey(folders.at(DATABASE_URL).secret('offer-signing-key'))];
      return keys as [SigningKey];
    },
    demoPassword() {
      const secret = substitutes.readOnly
        ? keptSecret(folderOf(DATABASE_URL), 'demo-password')
        : folders.at(DATABASE_URL).secret('demo-password');
      return secret && secret.toString('base64url').slice(0, 16); // 96 bits
    },
    internalKeys,
    subgraphKeys: (name) => (config.SUBGRAPH_KEYS as [SigningKey] | undefined) ?? keysFor(name, internalKeys),
    async close() {
      clockSkew.close();
      await partners.close();
      await bus.opened?.close();
      kept.opened?.close();
      await cache.opened?.close();
      for (const opening of databases.values()) await (await opening.catch(() => undefined))?.close();
      folders.release();
    },
  };
}

/** The absolute path of the folder that an embedded URL names. */
const folderOf = (url: string): string => resolve(url.slice(url.indexOf(':') + 1) || '.data');

/** The data folders in use, each locked once for this process. */
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

/** Ends the process: with a consumer that has stopped for good it would sit idle, and its supervisor restarts it. */
const endProcess = (log: Log) => (error: Error) => {
  log.error('a consumer has stopped for good; the process exits', { error });
  process.exit(1);
};
