// The system as a list: what runs, where it is reached, how it starts and stops.
import { randomBytes } from 'node:crypto';
import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { examples } from '../gateway/examples.ts';
import { createGateway } from '../gateway/gateway.ts';
import type { Call } from '../gateway/upstream.ts';
import { demoAccounts } from '../subgraphs/account/demo.ts';
import { openTokenKeys } from '../subgraphs/account/key-store.ts';
import { openSessions } from '../subgraphs/account/session-store.ts';
import { openAccounts } from '../subgraphs/account/store.ts';
import { createAccountSubgraph } from '../subgraphs/account/subgraph.ts';
import { accountTables } from '../subgraphs/account/tables.ts';
import { openTries } from '../subgraphs/account/try-store.ts';
import { keysFor } from '../schema/internal-identity.ts';
import { openAdministration } from '../subgraphs/fare/administration-store.ts';
import { demoFilings } from '../subgraphs/fare/demo.ts';
import type { Filing } from '../subgraphs/fare/filing.ts';
import { openFareCache } from '../subgraphs/fare/fare-cache.ts';
import { usualShares } from '../subgraphs/fare/pricing.ts';
import { routeOf } from '../subgraphs/fare/route-store.ts';
import { openFares } from '../subgraphs/fare/store.ts';
import { createFareSubgraph } from '../subgraphs/fare/subgraph.ts';
import { fareTables } from '../subgraphs/fare/tables.ts';
import { serve, type Subgraph } from '../subgraphs/serve.ts';
import { openStock } from '../subgraphs/stock/store.ts';
import { createStockSubgraph } from '../subgraphs/stock/subgraph.ts';
import { stockTables } from '../subgraphs/stock/tables.ts';
import { demoGuides } from '../subgraphs/travel/demo.ts';
import { openTravel } from '../subgraphs/travel/store.ts';
import { createTravelSubgraph } from '../subgraphs/travel/subgraph.ts';
import { travelTables } from '../subgraphs/travel/tables.ts';
import { startOpenDepartures } from '../workers/open-departures.ts';
import { startRebuildFares } from '../workers/rebuild-fares.ts';
import { startRelayOutbox } from '../workers/relay-outbox.ts';
import { readConfig } from './env.ts';
import { openLog } from './log.ts';
import { openPasswords } from './passwords.ts';
import { openWiring, type Wiring } from './wiring.ts';

const OLDEST_NODE = 24;
const FILED_AT_ONCE = 1000; // demo fares in one transaction
const STOP_WITHIN = 15_000; // ms; what is not finished by then is cut off

/** The rooms' stores on the adapters that were chosen, each opened when the first service asks for it. */
function openRooms({ config, cache, bus, now, log, database }: Wiring) {
  return {
    account: once(async () => {
      const db = await database(accountTables);
      const stores = { db, accounts: openAccounts(db), tries: openTries(db), keys: openTokenKeys(db) };
      return { ...stores, sessions: openSessions(db, cache, log), passwords: openPasswords() };
    }),
    fare: once(async () => {
      const db = await database(fareTables);
      const fares = openFares(db);
      const shares = { ...usualShares, ...config.TRAVELLER_SHARES };
      return {
        db,
        fares,
        administration: openAdministration(db),
        cache: openFareCache({ fares, cache, bus, shares, now, log }),
      };
    }),
    travel: once(async () => ({ travel: openTravel(await database(travelTables)) })),
    stock: once(async () => ({ stock: openStock(await database(stockTables), config.CAPACITY) })),
  };
}

export type Rooms = ReturnType<typeof openRooms>;

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => (opened ??= open());
}

interface House {
  wiring: Wiring;
  rooms: Rooms;
}

/** A room as the graph sees it. */
const subgraphs: Record<string, (house: House) => Promise<Subgraph>> = {
  account: async ({ rooms, wiring: { now } }) => createAccountSubgraph(await rooms.account(), now),
  fare: async ({ rooms, wiring: { offerKeys, now } }) => createFareSubgraph(await rooms.fare(), offerKeys[0], now),
  travel: async ({ rooms, wiring: { now } }) => createTravelSubgraph((await rooms.travel()).travel, now),
  stock: async ({ rooms }) => createStockSubgraph((await rooms.stock()).stock),
};

/** A worker; starting it gives what stops it. */
const workers: Record<string, (house: House) => Promise<() => Promise<void>>> = {
  'relay-outbox': async ({ rooms, wiring: { bus, log } }) =>
    startRelayOutbox({ bus, log, room: 'fare', db: (await rooms.fare()).db }),
  'rebuild-fares': async ({ rooms, wiring: { bus, log } }) =>
    startRebuildFares({ bus, log, fares: (await rooms.fare()).cache }),
  'open-departures': async ({ rooms, wiring: { bus, log, now } }) =>
    startOpenDepartures({ bus, log, now, stock: (await rooms.stock()).stock }),
};

/** The running system. */
export interface System {
  gateway: FastifyInstance;
  rooms: Rooms;
  /** What the demo accounts that were opened just now sign in with; null where there were accounts already. */
  demoPassword: string | null;
  /** Stops everything in order: no new requests, those in flight answered, workers drained, adapters closed. */
  stop(): Promise<void>;
}

/** Starts everything in this process; `between` may stand between the gateway and its subgraphs. */
export async function startSystem(
  wiring: Wiring,
  between: (name: string, call: Call) => Call = (_, call) => call,
): Promise<System> {
  const { config, log, now } = wiring;
  const house: House = { wiring, rooms: openRooms(wiring) };
  if (config.DEMO_DATA === 'on') await fileDemoData(house);
  const demoPassword = await openDemoAccounts(house);

  const calls: Record<string, Call> = {};
  const stops: (() => Promise<void>)[] = [];
  for (const [name, create] of Object.entries(subgraphs)) {
    const served = await serve(await create(house), { keys: keysFor(name, wiring.internalKeys), now, log });
    calls[name] = between(name, served.handle);
    stops.unshift(served.close);
    log.info('in process', { service: name });
  }
  for (const [name, start] of Object.entries(workers)) {
    stops.unshift(await start(house));
    log.info('in process', { service: name });
  }
  const gateway = await createGateway({
    supergraphSdl: readFileSync(join(import.meta.dirname, '../schema/supergraph.graphql'), 'utf8'),
    subgraphs: calls,
    internalKeys: wiring.internalKeys,
    cache: wiring.cache,
    trustProxy: config.TRUSTED_PROXIES ?? false,
    timeout: config.SUBGRAPH_TIMEOUT,
    production: config.NODE_ENV === 'production',
    now,
    log,
  });

  return {
    gateway,
    rooms: house.rooms,
    demoPassword,
    async stop() {
      await gateway.close();
      for (const stop of stops) await stop(); // the last to start is the first to stop
      await wiring.close();
    },
  };
}

/** The demo data, where it is not there yet: guides, and fares of every day from today to 90 days ahead. */
async function fileDemoData({ rooms, wiring: { config, now, log } }: House): Promise<void> {
  const [{ fares }, { travel }] = [await rooms.fare(), await rooms.travel()];
  if (await travel.isEmpty()) await travel.file(demoGuides(now()));
  const today = now().toISOString().slice(0, 10);
  const filings = [...demoFilings(today, config.DEMO_SEED)].sort(byRoute); // a batch costs by its routes
  if (await fares.isFiled(filings.at(-1)!)) return;
  const started = performance.now();
  let imported = 0;
  for (let i = 0; i < filings.length; i += FILED_AT_ONCE) {
    imported += (await fares.file(filings.slice(i, i + FILED_AT_ONCE), now())).imported;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log.info(`demo data: ${imported} fares filed in ${seconds} s`, { service: 'fare' });
}

const byRoute = (a: Filing, b: Filing): number => (routeOf(a) < routeOf(b) ? -1 : routeOf(a) > routeOf(b) ? 1 : 0);

/** An account for each role, at the first start on embedded adapters and never in production. Gives their password. */
async function openDemoAccounts({ rooms, wiring: { config } }: House): Promise<string | null> {
  const isDemo = config.DEMO_DATA === 'on' && config.NODE_ENV !== 'production';
  if (!isDemo || !config.DATABASE_URL.startsWith('sqlite:')) return null;
  const { accounts, passwords } = await rooms.account();
  if (!(await accounts.isEmpty())) return null;
  const password = randomBytes(12).toString('base64url');
  const hash = await passwords.hash(password);
  for (const account of demoAccounts) await accounts.open({ ...account, password: hash });
  return password;
}

/** The lines that tell a newcomer what to do now. */
function welcome({ log, now }: Wiring, address: string): void {
  const { variables } = examples(now())[0]!;
  const { input } = JSON.parse(variables) as { input: object };
  const query =
    'query Shopping($input: ShoppingInput!) { shopping(input: $input) { price { total { amount currency } } ' +
    'calendar { lowest { date price { amount } } } travel { summary } } }';
  log.info(`Fareloom is ready: ${address}/graphql (open it in a browser, or paste this)`);
  log.info(
    `curl -s ${address}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query, variables: { input } })}'`,
  );
}

async function main(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Error(
      `Fareloom needs Node ${OLDEST_NODE} or newer and this is ${process.version}; npm start brings its own.`,
    );
  }
  const which = process.argv[2] ?? 'all';
  if (which !== 'all') throw new Error(`There is no service ${which} to start alone yet; start all.`);
  const config = readConfig(process.env);
  const log = openLog({
    level: config.LOG_LEVEL,
    json: (config.LOG_FORMAT ?? (config.NODE_ENV === 'production' ? 'json' : 'text')) === 'json',
  });
  const wiring = openWiring(config, log);
  const system = await startSystem(wiring);
  closeWithGrace({ delay: STOP_WITHIN }, async ({ err, signal }) => {
    log.info(err ? 'stopping after a fault' : `stopping on ${signal}`, err ? { error: err } : {});
    await system.stop();
  });
  await system.gateway.listen({ port: config.PORT, host: config.HOST });
  const { port } = system.gateway.server.address() as AddressInfo;
  log.info(`http://localhost:${port}/graphql`, { service: 'gateway' });
  welcome(wiring, `http://localhost:${port}`);
  if (system.demoPassword !== null) {
    // not through the log: passwords have no place in it
    const emails = demoAccounts.map(({ email }) => email).join(', ');
    process.stdout.write(`Demo accounts, password ${system.demoPassword} (shown this once): ${emails}\n`);
  }
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
