// The list of all services: the kind of each, the parts it uses, and how it starts. A service's modules load at its
// start.
import type { FastifyInstance } from 'fastify';
import { isEmbedded } from '../config/adapter-url.ts';
import type { ServiceName } from '../config/ports.ts';
import type { Wiring } from './wiring.ts';
import type { Collecting } from '../../subgraphs/payment/store/collecting.ts';
import type { Subgraph } from '../../subgraphs/runtime/serve.ts';
import type { RoomName, Rooms } from './rooms.ts';

/** What the services of one process share. */
export interface House {
  wiring: Wiring;
  rooms: Rooms;
}

/** A part that a service uses: the cache, the bus, a partner, or a subgraph's database. */
export type Part = 'cache' | 'bus' | 'payment provider' | 'ticket issuer' | `${RoomName} database`;

/**
 * The gateway calls the subgraphs, in its own process or over HTTP. It reads the cache only to learn sooner which
 * sessions have ended, and calls the account subgraph on a miss: it depends on no part.
 */
interface GatewayService {
  kind: 'gateway';
  uses: readonly Part[];
}

/** A subgraph. It answers from its database alone; other parts may be unavailable for a while. */
export interface SubgraphService {
  kind: 'subgraph';
  uses: readonly Part[];
  /** It never writes to its databases, so it is ready while they are read-only. */
  onlyReads?: true;
  create(house: House): Promise<Subgraph>;
  /**
   * The subgraph whose events it publishes as soon as it commits them, when no relay-outbox runs in the same process.
   */
  announces?: RoomName;
}

/** A worker; `start` returns the function that stops it. It needs all of its parts. */
export interface WorkerService {
  kind: 'worker';
  uses: readonly Part[];
  /** As a subgraph's. */
  onlyReads?: true;
  start(house: House): Promise<() => Promise<void>>;
  /** As a subgraph's. */
  announces?: RoomName;
}

/**
 * A partner's demo service, on its own port and with its own log; when everything runs in one process, the wiring
 * starts it.
 */
export interface PartnerService {
  kind: 'partner';
  uses: readonly Part[];
  open(house: House): { app: FastifyInstance };
}

export type Service = GatewayService | SubgraphService | WorkerService | PartnerService;

const POLL_EVERY = 1000; // ms; the longest delay of events that another process committed but could not relay

/** The subgraphs that publish events: relay-outbox relays for all of them. */
const announcing = ['account', 'fare', 'stock', 'order', 'payment'] as const satisfies RoomName[];

/**
 * Publishes a subgraph's events as soon as this process commits them; every `pollEvery` ms also those of other
 * processes.
 */
export const relayOf = async (room: RoomName, { rooms, wiring: { bus, log } }: House, pollEvery?: number) =>
  (await import('../../workers/relay-outbox.ts')).startRelayOutbox({
    bus,
    log,
    room,
    db: (await rooms[room]()).db,
    pollEvery,
  });

/** Deletes old inbox marks and old takers of seats. The subgraphs that publish events are also those that consume them. */
async function sweepOf({ rooms, wiring: { letters, now, log } }: House) {
  const swept = await Promise.all(announcing.map(async (room) => ({ room, db: (await rooms[room]()).db })));
  const forgetting = [(await rooms.order()).orders.forgetTakers];
  return (await import('../../workers/engine/sweep-marks.ts')).startSweepMarks({
    rooms: swept,
    letters,
    forgetting,
    now,
    log,
  });
}
const collecting = async ({ rooms, wiring }: House): Promise<Collecting> => ({
  payments: (await rooms.payment()).payments,
  provider: await wiring.paymentProvider(),
  addresses: wiring.paymentAddresses,
});

/** In start order: a service comes before its callers. Services stop in the reverse order. */
export const services: Readonly<Record<ServiceName, Service>> = {
  account: {
    kind: 'subgraph',
    uses: ['account database', 'cache', 'bus'],
    create: async ({ rooms, wiring: { now } }) =>
      (await import('../../subgraphs/account/subgraph.ts')).createAccountSubgraph(await rooms.account(), now),
    announces: 'account',
  },
  fare: {
    kind: 'subgraph',
    uses: ['fare database', 'cache', 'bus'],
    create: async ({ rooms, wiring: { offerKeys, now } }) =>
      (await import('../../subgraphs/fare/subgraph.ts')).createFareSubgraph(await rooms.fare(), offerKeys[0], now),
    announces: 'fare',
  },
  travel: {
    kind: 'subgraph',
    uses: ['travel database'],
    onlyReads: true,
    create: async ({ rooms, wiring: { now } }) =>
      (await import('../../subgraphs/travel/subgraph.ts')).createTravelSubgraph((await rooms.travel()).travel, now),
  },
  stock: {
    kind: 'subgraph',
    uses: ['stock database', 'bus'],
    create: async ({ rooms, wiring: { letters, now } }) =>
      (await import('../../subgraphs/stock/subgraph.ts')).createStockSubgraph(
        { ...(await rooms.stock()), letters },
        now,
      ),
    announces: 'stock',
  },
  order: {
    kind: 'subgraph',
    uses: ['order database', 'bus'],
    create: async ({ rooms, wiring: { offerKeys, now } }) =>
      (await import('../../subgraphs/order/subgraph.ts')).createOrderSubgraph(await rooms.order(), offerKeys, now),
    announces: 'order',
  },
  'ticket-issuer': { kind: 'partner', uses: [], open: ({ wiring }) => ({ app: wiring.demoIssuer() }) },
  'payment-provider': { kind: 'partner', uses: [], open: ({ wiring }) => wiring.demoProvider() },
  payment: {
    kind: 'subgraph',
    uses: ['payment database', 'payment provider'],
    create: async (house) =>
      (await import('../../subgraphs/payment/subgraph.ts')).createPaymentSubgraph({
        ...(await house.rooms.payment()),
        ...(await collecting(house)),
        now: house.wiring.now,
        log: house.wiring.log,
      }),
    announces: 'payment',
  },
  'relay-outbox': {
    kind: 'worker',
    uses: [...announcing.map((room) => `${room} database` as const), 'bus'],
    async start(house) {
      // embedded: no other process can have committed
      const pollEvery = isEmbedded(house.wiring.config.DATABASE_URL) ? undefined : POLL_EVERY;
      const stops = await Promise.all(announcing.map((room) => relayOf(room, house, pollEvery)));
      stops.push(await sweepOf(house));
      return async () => void (await Promise.all(stops.map((stop) => stop())));
    },
  },
  'rebuild-fares': {
    kind: 'worker',
    uses: ['fare database', 'cache', 'bus'],
    onlyReads: true,
    start: async ({ rooms, wiring: { bus, log } }) =>
      (await import('../../workers/rebuild-fares.ts')).startRebuildFares({
        bus,
        log,
        fares: (await rooms.fare()).cache,
      }),
  },
  'open-departures': {
    kind: 'worker',
    uses: ['stock database', 'bus'],
    start: async ({ rooms, wiring: { bus, log, now } }) =>
      (await import('../../workers/open-departures.ts')).startOpenDepartures({
        bus,
        log,
        now,
        stock: (await rooms.stock()).stock,
      }),
  },
  'hold-stock': {
    kind: 'worker',
    uses: ['stock database', 'bus'],
    start: async ({ rooms, wiring: { bus, log, now } }) =>
      (await import('../../workers/hold-stock.ts')).startHoldStock({
        bus,
        log,
        now,
        holds: (await rooms.stock()).holds,
      }),
    announces: 'stock',
  },
  'mark-sold-out': {
    kind: 'worker',
    uses: ['fare database', 'bus'],
    start: async ({ rooms, wiring: { bus, log, now } }) =>
      (await import('../../workers/mark-sold-out.ts')).startMarkSoldOut({
        bus,
        log,
        now,
        soldOut: (await rooms.fare()).soldOut,
      }),
    announces: 'fare',
  },
  'issue-tickets': {
    kind: 'worker',
    uses: ['order database', 'ticket issuer', 'bus'],
    start: async ({ rooms, wiring }) => {
      const { bus, log } = wiring;
      const { orders } = await rooms.order();
      return (await import('../../workers/issue-tickets.ts')).startIssueTickets({
        bus,
        log,
        orders,
        issuer: await wiring.ticketIssuer(),
      });
    },
    announces: 'order',
  },
  notify: {
    kind: 'worker',
    uses: ['order database', 'bus'],
    start: async ({ rooms, wiring: { bus, log, now, mail, publicUrl } }) => {
      const { orders, mails } = await rooms.order();
      return (await import('../../workers/notify.ts')).startNotify({
        bus,
        log,
        now,
        orders,
        mails,
        mail: mail(),
        publicUrl,
      });
    },
  },
  'settle-orders': {
    kind: 'worker',
    uses: ['order database', 'bus'],
    start: async ({ rooms, wiring: { bus, log } }) =>
      (await import('../../workers/settle-orders.ts')).startSettleOrders({
        bus,
        log,
        orders: (await rooms.order()).orders,
      }),
    announces: 'order',
  },
  'close-orders': {
    kind: 'worker',
    uses: ['order database', 'bus'],
    start: async ({ rooms, wiring: { log } }) =>
      (await import('../../workers/close-orders.ts')).startCloseOrders({
        log,
        orders: (await rooms.order()).orders,
      }),
    announces: 'order',
  },
  'forget-travellers': {
    kind: 'worker',
    uses: ['order database', 'bus'],
    start: async ({ rooms, wiring: { bus, log, mail } }) =>
      (await import('../../workers/forget-travellers.ts')).startForgetTravellers({
        bus,
        log,
        orders: (await rooms.order()).orders,
        mail: mail(),
      }),
  },
  'send-account-mails': {
    kind: 'worker',
    uses: ['account database'],
    start: async ({ rooms, wiring: { log, now, mail } }) => {
      const { mails, recovery } = await rooms.account();
      const { startSendAccountMails } = await import('../../workers/send-account-mails.ts');
      return startSendAccountMails({ log, now, mails, recovery, mail: mail() });
    },
  },
  'follow-orders': {
    kind: 'worker',
    uses: ['payment database', 'payment provider', 'bus'],
    start: async (house) => {
      const { bus, log } = house.wiring;
      return (await import('../../workers/follow-orders.ts')).startFollowOrders({
        bus,
        log,
        collecting: await collecting(house),
      });
    },
    announces: 'payment',
  },
  'refund-payments': {
    kind: 'worker',
    uses: ['payment database', 'payment provider', 'bus'],
    start: async ({ rooms, wiring }) => {
      const { bus, log } = wiring;
      const { refunds } = await rooms.payment();
      return (await import('../../workers/refund-payments.ts')).startRefundPayments({
        bus,
        log,
        refunds,
        provider: await wiring.paymentProvider(),
      });
    },
    announces: 'payment',
  },
  'poll-payments': {
    kind: 'worker',
    uses: ['payment database', 'payment provider', 'bus'],
    start: async (house) =>
      (await import('../../workers/poll-payments.ts')).startPollPayments({
        log: house.wiring.log,
        collecting: await collecting(house),
      }),
    announces: 'payment',
  },
  gateway: { kind: 'gateway', uses: [] },
};
