// The only place where a URL becomes an adapter. Each adapter's module is imported in the branch that opens it.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isEmbedded } from '../config/adapter-url.ts';
import type { Bus } from '../messaging/bus.ts';
import { countedCache } from '../cache/cache-reads.ts';
import type { Cache } from '../cache/cache.ts';
import { type Clock, openClock } from '../process/clock.ts';
import { type ClockSkew, openClockSkew } from '../process/clock-skew.ts';
import { type DataFolder, keptSecret, openDataFolder } from '../config/data-folder.ts';
import type { Adapter, Database, QueryListener, Tables } from '../database/database.ts';
import type { Config } from './config/config.ts';
import type { Log } from '../logging/log.ts';
import type { KeptMessages } from '../messaging/message-log.ts';
import { openMetrics } from '../metrics/metrics.ts';
import { atFirstCall, once } from '../process/once.ts';
import { poolsOfAll } from './pools.ts';
import { openPartners, type Partners, type PartnerSubstitutes } from './partner-wiring.ts';
import { addressOf } from '../config/server-url.ts';
import type { Platform } from '../process/platform.ts';
import type { Waiting } from '../process/waiting.ts';
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
  keptMessages(): Promise<KeptMessages | null>;
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
  async function openCache(): Promise<Cache> {
    const opened = isEmbedded(REDIS_URL)
      ? (await import('../cache/cache.memory.ts')).openMemoryCache(now)
      : await (await import('../cache/cache.redis.ts')).connectRedisCache(REDIS_URL, log);
    return isTraced ? (await import('../tracing/traced-ports.ts')).tracedCache(opened) : opened;
  }
  const cache = once((): Cache => {
    const shipped = atFirstCall(openCache, 'getMany', 'putMany', 'spend', 'report', 'withdraw', 'members');
    return countedCache(metrics.cache(substitutes.cache?.(shipped) ?? shipped));
  });

  async function openBus(): Promise<Bus> {
    const onRebalance = metrics.rebalanced;
    if (isEmbedded(KAFKA_URL)) {
      const { openEmbeddedBus } = await import('../messaging/bus.embedded.ts');
      return openEmbeddedBus(folders.at(KAFKA_URL).file('bus.sqlite'), topics, now, log, onRebalance);
    }
    const { openKafkaBus } = await import('../messaging/bus.kafka.ts');
    const onCrash = substitutes.onCrash ?? endProcess(log);
    return openKafkaBus({ url: KAFKA_URL, topics, log, onCrash, onRebalance });
  }
  const bus = once((): Bus => {
    const opened = atFirstCall(openBus, 'publish', 'subscribe', 'backlog', 'lag');
    const shipped: Bus = {
      ...opened,
      subscribe: (...how) => patiently('bus', KAFKA_URL, () => opened.subscribe(...how)),
      parking: atFirstCall(openDeadLetters, 'look', 'park', 'due', 'settle', 'alone', 'onChange'),
    };
    return metrics.bus(substitutes.bus?.(shipped) ?? shipped);
  });
  const kept = once(async () => {
    const path = join(folderOf(KAFKA_URL), 'bus.sqlite');
    if (!isEmbedded(KAFKA_URL) || !existsSync(path)) return null; // a bus that never ran has no file
    return (await import('../messaging/message-log.ts')).openToAudit(path);
  });
  async function openDeadLetters() {
    const { openParking } = await import('../../subgraphs/operations/store/parking-store.ts');
    const { operationsTables } = await import('../../subgraphs/operations/store/tables.ts');
    return openParking(() => database(operationsTables), now);
  }
  // with gateway and subgraphs in one process no key needs to outlive it
  const internalKeys = (config.INTERNAL_KEYS as [SigningKey] | undefined) ?? [signingKey(randomBytes(32))];

  const partners = openPartners({ config, folderAt: folders.at, now, log, substitutes });

  const share = once(async () => {
    const { openShare } = await import('../database/connection-share.ts');
    const { pools } = substitutes;
    const level = pools === undefined ? 'info' : 'debug';
    return openShare(DATABASE_URL, pools ?? subgraphs.length, log.child({ service: 'database' }), level);
  });

  async function adapterFor(database: string): Promise<Adapter> {
    const { readOnly, migrate } = substitutes;
    if (!isEmbedded(DATABASE_URL)) {
      const { mysql } = await import('../database/database.mysql.ts');
      return mysql(DATABASE_URL, database, migrate, readOnly, await share());
    }
    const { sqlite } = await import('../database/database.sqlite.ts');
    if (readOnly) return sqlite(join(folderOf(DATABASE_URL), `${database}.sqlite`), readOnly);
    const adapter = sqlite(folders.at(DATABASE_URL).file(`${database}.sqlite`));
    return { ...adapter, migrate: migrate ?? adapter.migrate };
  }

  /** Runs `open`, and retries while the server of the URL is unreachable if the process may wait. */
  function patiently<T>(part: string, url: string, open: () => Promise<T>): Promise<T> {
    if (!substitutes.waiting || isEmbedded(url)) return open();
    return substitutes.waiting.until(part, addressOf(url), open);
  }

  const openTables = (tables: Tables): Promise<Database> =>
    patiently(`${tables.database} database`, DATABASE_URL, async () => {
      const { openDatabase } = await import('../database/database.ts');
      const traced = isTraced ? (await import('../tracing/traced-ports.ts')).traceStatements : undefined;
      const onQuery = substitutes.onQuery ?? traced;
      const adapter = await adapterFor(tables.database);
      const db = await openDatabase(tables, adapter, log, { onQuery, slow: config.SLOW_QUERY, clock });
      if (db.time && !set) await clockSkew.follow(db.time);
      if (adapter.pool) metrics.watchPool(tables.database, adapter.pool);
      return db;
    });

  function database(tables: Tables): Promise<Database> {
    const opened = databases.get(tables.database);
    if (opened) return opened;
    const opening = openTables(tables).catch((error: unknown) => {
      databases.delete(tables.database); // the next caller tries again
      throw error;
    });
    databases.set(tables.database, opening);
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
    async openChecks() {
      const { checksOf } = await import('./checks/checks.ts');
      // by the clock of this process: one of its own would start at CLOCK again
      const reading = openWiring(config, log, { readOnly: true, pools: poolsOfAll, now });
      try {
        return { checks: await checksOf(reading), close: reading.close };
      } catch (error) {
        await reading.close();
        throw error;
      }
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
      (await kept.opened?.catch(() => undefined))?.close();
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
