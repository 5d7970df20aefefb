// The system as a list: every service, what it is, what it uses, and how it starts.
import { isEmbedded } from '../adapter-url.ts';
import type { ServiceName } from '../ports.ts';
import type { Wiring } from '../wiring.ts';
import { createAccountSubgraph } from '../../subgraphs/account/subgraph.ts';
import { createFareSubgraph } from '../../subgraphs/fare/subgraph.ts';
import type { Subgraph } from '../../subgraphs/serve.ts';
import { createStockSubgraph } from '../../subgraphs/stock/subgraph.ts';
import { createTravelSubgraph } from '../../subgraphs/travel/subgraph.ts';
import { startOpenDepartures } from '../../workers/open-departures.ts';
import { startRebuildFares } from '../../workers/rebuild-fares.ts';
import { startRelayOutbox } from '../../workers/relay-outbox.ts';
import type { RoomName, Rooms } from './rooms.ts';

/** What the services of one process share. */
export interface House {
  wiring: Wiring;
  rooms: Rooms;
}

/** A part that a service works with: the cache, the bus, or a room's database. */
export type Part = 'cache' | 'bus' | `${RoomName} database`;

/**
 * The gateway calls the subgraphs, whether they are in its process or not. It reads the cache only to learn sooner
 * which sessions have ended, and asks the account room where it finds nothing: it depends on no part.
 */
interface GatewayService {
  kind: 'gateway';
  uses: readonly Part[];
}

/** A room as the graph sees it. It answers from its database alone; other parts may be away for a while. */
export interface SubgraphService {
  kind: 'subgraph';
  uses: readonly Part[];
  create(house: House): Promise<Subgraph>;
  /** Puts what its requests announced on the bus at once, where no relay-outbox runs in the same process. */
  relay?(house: House): Promise<() => Promise<void>>;
}

/** A worker; starting it gives what stops it. It needs every part. */
export interface WorkerService {
  kind: 'worker';
  uses: readonly Part[];
  start(house: House): Promise<() => Promise<void>>;
}

export type Service = GatewayService | SubgraphService | WorkerService;

const POLL_EVERY = 1000; // ms; what a process could not relay itself waits no longer than this

/** In the order of starting: what is called before what calls it. Stopping goes the other way round. */
export const services: Readonly<Record<ServiceName, Service>> = {
  account: {
    kind: 'subgraph',
    uses: ['account database', 'cache'],
    create: async ({ rooms, wiring: { now } }) => createAccountSubgraph(await rooms.account(), now),
  },
  fare: {
    kind: 'subgraph',
    uses: ['fare database', 'cache', 'bus'],
    create: async ({ rooms, wiring: { offerKeys, now } }) => createFareSubgraph(await rooms.fare(), offerKeys[0], now),
    relay: async ({ rooms, wiring: { bus, log } }) =>
      startRelayOutbox({ bus, log, room: 'fare', db: (await rooms.fare()).db }),
  },
  travel: {
    kind: 'subgraph',
    uses: ['travel database'],
    create: async ({ rooms, wiring: { now } }) => createTravelSubgraph((await rooms.travel()).travel, now),
  },
  stock: {
    kind: 'subgraph',
    uses: ['stock database'],
    create: async ({ rooms }) => createStockSubgraph((await rooms.stock()).stock),
  },
  'relay-outbox': {
    kind: 'worker',
    uses: ['fare database', 'bus'],
    start: async ({ rooms, wiring: { bus, log, config } }) =>
      startRelayOutbox({
        bus,
        log,
        room: 'fare',
        db: (await rooms.fare()).db,
        pollEvery: isEmbedded(config.DATABASE_URL) ? undefined : POLL_EVERY, // nobody else can have committed
      }),
  },
  'rebuild-fares': {
    kind: 'worker',
    uses: ['fare database', 'cache', 'bus'],
    start: async ({ rooms, wiring: { bus, log } }) =>
      startRebuildFares({ bus, log, fares: (await rooms.fare()).cache }),
  },
  'open-departures': {
    kind: 'worker',
    uses: ['stock database', 'bus'],
    start: async ({ rooms, wiring: { bus, log, now } }) =>
      startOpenDepartures({ bus, log, now, stock: (await rooms.stock()).stock }),
  },
  gateway: { kind: 'gateway', uses: [] },
};
