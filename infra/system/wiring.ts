// The only place where a URL becomes an adapter. Each adapter's module is imported in the branch that opens it.
import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isEmbedded } from '../config/adapter-url.ts';
import type { Bus } from '../messaging/bus.ts';
import { countedCache } from '../cache/cache-reads.ts';
import type { Cache } from '../cache/cache.ts';
import { type Clock, openClock } from '../process/clock.ts';
import { type ClockSkew, openClockSkew } from '../process/clock-skew.ts';
import { folderOf, keptSecret, openFolders } from '../config/data-folder.ts';
import type { Adapter, Database, QueryListener, Tables } from '../database/database.ts';
import type { Config } from './config/config.ts';
import { paymentAddressesOf, publicUrlOf } from './config/derived.ts';
import type { Log } from '../logging/log.ts';
import type { KeptMessages } from '../messaging/message-log.ts';
import { openMetrics } from '../metrics/metrics.ts';
import { type Mail, mailFolder } from '../partners/mail.ts';
import type { DemoProvider } from '../partners/payment-provider/server.ts';
import { paymentProvider } from '../partners/payment-provider.partner.ts';
import type { PaymentProvider } from '../partners/payment-provider.ts';
import { ticketIssuer } from '../partners/ticket-issuer.partner.ts';
import type { TicketIssuer } from '../partners/ticket-issuer.ts';
import { dyingAfterAnswers } from '../process/failpoint.ts';
import { atFirstCall, once, openOnce } from '../process/once.ts';
import { poolsTogether } from './pools.ts';
import { openPartner, type Statements } from './partner-wiring.ts';
import { addressOf } from '../config/server-url.ts';
import type { Platform } from '../process/platform.ts';
import type { Waiting } from '../process/waiting.ts';
import { topics } from '../../schema/events.ts';
import { keysFor } from '../../schema/wire/internal-identity.ts';
import { type SigningKeys, signingKey } from '../../schema/wire/signing-key.ts';

/** The adapters that the configuration chose. */
export interface Wiring extends Platform {
  config: Config;
  /** The error of this process's clock. */
  clockSkew: ClockSkew;
  /** The messages of the embedded bus, read-only; null with a broker. */
  keptMessages(): Promise<KeptMessages | null>;
  /** A subgraph's database with all migrations applied; opened once. */
  database(tables: Tables): Promise<Database>;
  /** The demo's services of partners, not listening. Reject if the configuration names another service. */
  demos: { 'payment-provider'(): Promise<DemoProvider>; 'ticket-issuer'(): Promise<{ app: FastifyInstance }> };
  statements: Statements;
  /** The password of the demo accounts in this data folder; null when the folder is read-only and has none. */
  demoPassword(): string | null;
  /** The keys that a subgraph trusts: SUBGRAPH_KEYS where that is set, else keys derived from the master keys. */
  subgraphKeys(name: string): SigningKeys;
  /** Closes all adapters that are open, also after one failed to close; then rejects with that error. */
  close(): Promise<void>;
}

/** What a test or a command may set instead of the configured parts. */
export interface Substitutes {
  now?: Clock;
  onQuery?: QueryListener;
  cache?: (shipped: Cache) => Cache;
  bus?: (shipped: Bus) => Bus;
  paymentProvider?: (shipped: PaymentProvider) => PaymentProvider;
  ticketIssuer?: (shipped: TicketIssuer) => TicketIssuer;
  mail?: (shipped: Mail) => Mail;
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
  const { DATABASE_URL, REDIS_URL, KAFKA_URL, MAIL_URL } = config;
  const { now: set, readOnly } = substitutes;
  const closing = new AsyncDisposableStack();
  const folders = openFolders(closing.use(new DisposableStack())); // released after all else is closed
  const clockSkew = openClockSkew(log);
  closing.defer(clockSkew.close);
  const clock = set ? { now: set, at: set } : openClock(config.CLOCK, clockSkew.now); // a substituted clock also replaces database time
  const { now } = clock;
  const metrics = openMetrics(now);
  metrics.watchClock(clockSkew.skew);
  const isTraced = config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;

  /** Runs `open`, and retries while the server of the URL is unreachable if the process may wait. */
  function patiently<T>(part: string, url: string, open: () => Promise<T>): Promise<T> {
    if (!substitutes.waiting || isEmbedded(url)) return open();
    return substitutes.waiting.until(part, addressOf(url), open);
  }

  const share = once(async () => {
    const { openShare } = await import('../database/connection-share.ts');
    const { pools } = substitutes;
    const level = pools === undefined ? 'info' : 'debug';
    return openShare(DATABASE_URL, pools ?? poolsTogether, log.child({ service: 'database' }), level);
  });
  async function adapterFor(name: string): Promise<Adapter> {
    const { migrate } = substitutes;
    if (!isEmbedded(DATABASE_URL)) {
      const { mysql } = await import('../database/database.mysql.ts');
      return mysql(DATABASE_URL, name, migrate, readOnly, await share());
    }
    const { sqlite } = await import('../database/database.sqlite.ts');
    if (readOnly) return sqlite(join(folderOf(DATABASE_URL), `${name}.sqlite`), readOnly);
    const adapter = sqlite(folders.at(DATABASE_URL).file(`${name}.sqlite`));
    return { ...adapter, migrate: migrate ?? adapter.migrate };
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
  const databases = new Map<string, () => Promise<Database>>();
  const closingDatabases = closing.use(new AsyncDisposableStack()); // after the bus, which stores dead letters
  function database(tables: Tables): Promise<Database> {
    const opened = databases.get(tables.database) ?? openOnce(closingDatabases, () => openTables(tables));
    databases.set(tables.database, opened);
    return opened();
  }

  const openedCache = openOnce(closing, async (): Promise<Cache> => {
    const opened = isEmbedded(REDIS_URL)
      ? (await import('../cache/cache.memory.ts')).openMemoryCache(now)
      : await (await import('../cache/cache.redis.ts')).connectRedisCache(REDIS_URL, log);
    return isTraced ? (await import('../tracing/traced-ports.ts')).tracedCache(opened) : opened;
  });
  const cache = atFirstCall(openedCache, 'getMany', 'putMany', 'spend', 'report', 'withdraw', 'members');

  const openedBus = openOnce(closing, async (): Promise<Bus> => {
    const onRebalance = metrics.rebalanced;
    if (isEmbedded(KAFKA_URL)) {
      const { openEmbeddedBus } = await import('../messaging/bus.embedded.ts');
      return openEmbeddedBus(folders.at(KAFKA_URL).file('bus.sqlite'), topics, now, log, onRebalance);
    }
    const { openKafkaBus } = await import('../messaging/bus.kafka.ts');
    const onCrash = substitutes.onCrash ?? endProcess(log);
    return openKafkaBus({ url: KAFKA_URL, topics, log, onCrash, onRebalance });
  });
  async function openDeadLetters() {
    const { openParking } = await import('../../subgraphs/operations/store/parking-store.ts');
    const { operationsTables } = await import('../../subgraphs/operations/store/tables.ts');
    return openParking(() => database(operationsTables), now);
  }
  const bus = atFirstCall(openedBus, 'publish', 'subscribe', 'backlog', 'lag');
  const waitingBus: Bus = {
    ...bus,
    subscribe: (...how) => patiently('bus', KAFKA_URL, () => bus.subscribe(...how)),
    parking: atFirstCall(openOnce(closing, openDeadLetters), 'look', 'park', 'due', 'settle', 'alone', 'onChange'),
  };

  const openedMail = openOnce(closing, async (): Promise<Mail> => {
    const folder = mailFolder(MAIL_URL);
    return folder === null
      ? (await import('../partners/mail.smtp.ts')).openSmtpMail(MAIL_URL, config.MAIL_FROM)
      : (await import('../partners/mail.file.ts')).openFileMail(folder, config.MAIL_FROM);
  });
  const mail = atFirstCall(openedMail, 'send', 'forget');
  const partnerParts = { config, folderAt: folders.at, now, log, closing };
  const payments = openPartner(paymentProvider, partnerParts, substitutes.paymentProvider);
  const tickets = openPartner(ticketIssuer, partnerParts, substitutes.ticketIssuer);
  const folderSecret = (name: string) => (isEmbedded(DATABASE_URL) ? folders.at(DATABASE_URL).secret(name) : undefined);
  // a process with other keys than its callers rejects them all: whyNotAlone says so before
  const internalKeys = once(
    (): SigningKeys => config.INTERNAL_KEYS ?? [signingKey(folderSecret('internal-key') ?? randomBytes(32))],
  );

  return {
    ...{ config, log, now, clockSkew, metrics, database },
    keptSecret: folderSecret,
    sharesDatabases: !isEmbedded(DATABASE_URL),
    cache: countedCache(metrics.cache(substitutes.cache?.(cache) ?? cache)),
    bus: metrics.bus(substitutes.bus?.(waitingBus) ?? waitingBus),
    mail: dyingAfterAnswers(substitutes.mail?.(mail) ?? mail),
    paymentProvider: payments.port,
    ticketIssuer: tickets.port,
    demos: { 'payment-provider': payments.demo, 'ticket-issuer': tickets.demo },
    statements: { payments: payments.statement, tickets: tickets.statement },
    publicUrl: publicUrlOf(config),
    paymentAddresses: paymentAddressesOf(config),
    keptMessages: openOnce(closing, async () => {
      const path = join(folderOf(KAFKA_URL), 'bus.sqlite');
      if (!isEmbedded(KAFKA_URL) || !existsSync(path)) return null; // a bus that never ran has no file
      return (await import('../messaging/message-log.ts')).openToAudit(path);
    }),
    get offerKeys() {
      return config.OFFER_SIGNING_KEYS ?? [signingKey(folders.at(DATABASE_URL).secret('offer-signing-key'))];
    },
    get internalKeys() {
      return internalKeys();
    },
    onClose: (work) => closing.defer(work),
    subgraphKeys: (name) => config.SUBGRAPH_KEYS ?? keysFor(name, internalKeys()),
    async openChecks() {
      const { checksOf } = await import('./checks/checks.ts');
      // by the clock of this process: one of its own would start at CLOCK again
      const reading = openWiring(config, log, { readOnly: true, pools: substitutes.pools ?? poolsTogether, now });
      try {
        return { checks: await checksOf(reading), close: reading.close };
      } catch (error) {
        await reading.close();
        throw error;
      }
    },
    demoPassword() {
      const secret = readOnly
        ? keptSecret(folderOf(DATABASE_URL), 'demo-password')
        : folders.at(DATABASE_URL).secret('demo-password');
      return secret && secret.toString('base64url').slice(0, 16); // 96 bits
    },
    close: () => closing.disposeAsync(),
  };
}

/** Ends the process: with a consumer that has stopped for good it would sit idle, and its supervisor restarts it. */
const endProcess = (log: Log) => (error: Error) => {
  log.error('a consumer has stopped for good; the process exits', { error });
  process.exit(1);
};
