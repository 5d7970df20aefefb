// The order subgraph alone: its store, its workers and its API; no other subgraph reacts to its events.
import assert from 'node:assert/strict';
import { openEmbeddedBus } from '../../infra/messaging/bus.embedded.ts';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { type Adapter, openDatabase } from '../../infra/database/database.ts';
import { readSettings } from '../../infra/config/settings.ts';
import type { Mail } from '../../infra/partners/mail.ts';
import { orderSettings } from '../../subgraphs/order/settings.ts';
import { openLog } from '../../infra/logging/log.ts';
import { waiting } from '../../infra/database/outbox.ts';
import { type Event, eventTypes, topics } from '../../schema/events.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import { type PromisedOffer, signOffer } from '../../schema/terms/offer-token.ts';
import { signingKey } from '../../schema/wire/signing-key.ts';
import { serve } from '../../subgraphs/runtime/serve.ts';
import { openCarts } from '../../subgraphs/order/store/cart-store.ts';
import { openMails } from '../../subgraphs/order/store/mail-store.ts';
import { openOrders } from '../../subgraphs/order/store/store.ts';
import { order } from '../../subgraphs/order/subgraph.ts';
import { ticketed } from '../../subgraphs/order/rules/ticketing.ts';
import { openTickets } from '../../subgraphs/order/store/ticket-store.ts';
import { orderTables } from '../../subgraphs/order/store/tables.ts';
import type { SeatCaps } from '../../subgraphs/order/rules/unpaid.ts';
import { closeOrders } from '../../workers/close-orders.ts';
import { forgetTravellers } from '../../workers/forget-travellers.ts';
import { settleOrders } from '../../workers/settle-orders.ts';
import { startWorker, subgraphOn } from './parts.ts';
import { issuedTo } from './an-order.ts';
import { eventually } from './eventually.ts';
import { adult, anOffer, contact, heard, PLACE, type Placed } from './ordering.ts';
import { keeping, signed, signedInAs } from './signed.ts';
import { SetClock } from '../../infra/process/set-clock.ts';
import { type Answer, NOON } from './world.ts';

const log = openLog({ level: process.env['TEST_LOG'] ?? 'off', json: true });
const key = signingKey(Buffer.alloc(32, 'offers'));

/** A signed-in caller of the subgraph. */
export const asha = signedInAs({ account: 'acc_asha' });
export const ben = signedInAs({ account: 'acc_ben' });
export const operator = signedInAs({ account: 'acc_op', roles: ['TRAVELLER', 'OPERATOR'] });

let keys = 0;

/** Opens the subgraph, by default with its workers. Its events stay in its outbox, where tests can read them. */
export async function openOrderSubgraph({
  adapter = sqlite(':memory:'),
  workers = true,
  seatCaps = readSettings(orderSettings, {}).UNPAID_SEATS,
}: { adapter?: Adapter; workers?: boolean; seatCaps?: SeatCaps | 'off' } = {}) {
  const clock = new SetClock(NOON);
  const { now } = clock;
  let statements = 0;
  const db = await openDatabase(orderTables, adapter, log, { onQuery: () => void statements++, clock });
  const bus = openEmbeddedBus(':memory:', topics, now, log);
  const orders = openOrders(db, [key]);
  const stores = {
    orders,
    carts: openCarts(db),
    mails: openMails(db),
    tickets: openTickets(db),
  };
  const noMail = { forget: async () => undefined } as unknown as Mail;
  const platform = { now, offerKeys: [key] as const, publicUrl: 'http://localhost:4000' };
  const subgraph = await subgraphOn(order, { stores, platform, settings: { UNPAID_SEATS: seatCaps } });
  const stops = workers
    ? [
        await startWorker(settleOrders, stores, { bus, log }),
        await startWorker(closeOrders, stores, { bus, log }),
        await startWorker(forgetTravellers, stores, { bus, log, mail: noMail }),
      ]
    : [];
  const served = await serve(subgraph, { ...keeping('order', now), log });

  async function ask<T = Record<string, unknown>>(who: Identity, query: string, variables: object = {}) {
    const { body, status } = await served.handle(signed('order', { query, variables }, { who, now: now() }));
    return { ...(JSON.parse(String(body)) as Omit<Answer<T>, 'status'>), status };
  }

  const tokenOf = (offer: PromisedOffer = anOffer()) => signOffer(offer, key);
  /** Each order is on a flight of its own: a traveller cannot be on the same one twice. */
  const anInput = (change: object = {}) => ({
    offers: [{ token: tokenOf(anOffer({ departureId: `departure-${keys + 1}` })), travellers: [adult] }],
    contact,
    idempotencyKey: `key-${keys++}`,
    ...change,
  });

  return {
    clock,
    db,
    bus,
    orders,
    ask,
    tokenOf,
    anInput,
    /** Requests an order, by default for one adult on one flight. */
    place: (change: object = {}, who = asha) => ask<{ placeOrder: Placed }>(who, PLACE, { input: anInput(change) }),

    /** Places an order and returns it; fails if it was refused. */
    async ordered(change: object = {}, who = asha): Promise<Placed> {
      const { data, errors } = await ask<{ placeOrder: Placed }>(who, PLACE, { input: anInput(change) });
      assert.equal(errors, undefined);
      assert.equal(data.placeOrder.__typename, 'Order', JSON.stringify(data.placeOrder));
      return data.placeOrder;
    },

    /** Delivers the events to the workers and waits until these have handled them. */
    async tell(...events: Event[]): Promise<void> {
      await bus.publish(
        events.map((event) => ({
          topic: eventTypes[event.type].topic,
          key: event.subject,
          value: JSON.stringify(event),
        })),
      );
      const left = async (group: string) => (await bus.backlog(group)) === 0;
      await eventually(async () => (await left('settle-orders')) && (await left('forget-travellers')));
    },

    /** The events of the other subgraphs about an order of 3,897.00 INR. */
    eventsOf(orderId: string, paymentId = 'pay_1') {
      const at = now();
      const payment = { orderId, paymentId, amount: 389_700, currency: 'INR' };
      return {
        held: heard('stock.held', { orderId }, at),
        refused: heard('stock.refused', { orderId, because: 'SOLD_OUT', departures: ['departure-1'] }, at),
        released: heard('stock.released', { orderId }, at),
        captured: heard('payment.captured', { ...payment, method: 'CARD', at: at.toISOString() }, at),
        failed: heard('payment.failed', { orderId, paymentId, because: 'DECLINED' }, at),
        refunded: (refundId: string) => heard('payment.refunded', { ...payment, refundId }, at),
      };
    },

    /** Issues a ticket to every traveller of a paid order. */
    ticket: (id: string) => orders.change(id, (order, at) => ticketed(order, issuedTo(order), at), { by: 'test' }),

    /** The number of statements that the work sends. */
    async counted(work: () => Promise<unknown>): Promise<number> {
      const before = statements;
      await work();
      return statements - before;
    },

    status: async (id: string) => (await orders.byId(id))!.status,
    steps: async (id: string) => ((await orders.timelines([id])).get(id) ?? []).map(({ step }) => step),
    /** The events announced so far, in order. */
    announced: async () => (await waiting(db.read(), 1000)).map(({ event }) => event),

    [Symbol.asyncDispose]: async () => {
      for (const stop of stops) await stop();
      await served.close();
      await bus.close();
      await db.close();
    },
  };
}

export type OrderSubgraph = Awaited<ReturnType<typeof openOrderSubgraph>>;
