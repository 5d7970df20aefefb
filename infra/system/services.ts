// The system as a list: every service, what it is, what it uses, and how it starts. Each is loaded when it does.
import type { FastifyInstance } from 'fastify';
import { isEmbedded } from '../config/adapter-url.ts';
import type { ServiceName } from './ports.ts';
import type { Wiring } from './wiring.ts';
import type { Collecting } from '../../subgraphs/payment/store/collecting.ts';
import type { Subgraph } from '../../subgraphs/runtime/serve.ts';
import type { RoomName, Rooms } from './rooms.ts';

/** What the services of one process share. */
export interface House {
  wiring: Wiring;
  rooms: Rooms;
}

/** A part that a service works with: the cache, the bus, a partner, or a room's database. */
export type Part = 'cache' | 'bus' | 'payment provider' | 'ticket issuer' | `${RoomName} database`;

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
  /** It changes nothing in its databases, and is ready while they are read-only. */
  onlyReads?: true;
  create(house: House): Promise<Subgraph>;
  /** The room whose events it puts on the bus as soon as it commits them, where no relay-outbox runs in the same process. */
  announces?: RoomName;
}

/** A worker; starting it gives what stops it. It needs every part. */
export interface WorkerService {
  kind: 'worker';
  uses: readonly Part[];
  /** As a subgraph's. */
  onlyReads?: true;
  start(house: House): Promise<() => Promise<void>>;
  /** As a subgraph's. */
  announces?: RoomName;
}

/** A partner's service of the demo, on its own port and with its own log; in one process its wiring starts it. */
export interface PartnerService {
  kind: 'partner';
  uses: readonly Part[];
  open(house: House): { app: FastifyInstance };
}

export type Service = GatewayService | SubgraphService | WorkerService | PartnerService;

const POLL_EVERY = 1000; // ms; what a process could not relay itself waits no longer than this

/** The rooms that announce anything: relay-outbox looks after all of them. */
const announcing = ['account', 'fare', 'stock', 'order', 'payment'] as const satisfies RoomName[];

/** Puts what a room announces on the bus as soon as this process commits it; every `pollEvery` ms also what others left. */
export const relayOf = async (room: RoomName, { rooms, wiring: { bus, log } }: House, pollEvery?: number) =>
  (await import('../../workers/relay-outbox.ts')).startRelayOutbox({
    bus,
    log,
    room,
    db: (await rooms[room]()).db,
    pollEvery,
  });

/** Forgets old marks in the inboxes of the rooms that announce: they are those that listen, too; and who took seats long ago. */
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

/** In the order of starting: what is called before what calls it. Stopping goes the other way round. */
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
      // embedded: nobody else can have committed
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
