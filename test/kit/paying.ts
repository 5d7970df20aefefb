// A world in which orders are paid: its gateway listens, so that the provider's webhooks arrive over HTTP. Tests
// publish the order subgraph's events, and the payment subgraph's events are recorded.
import assert from 'node:assert/strict';
import { listen } from '../../infra/http/listen.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { type Event, event, type EventType, parseEvent, type Payload } from '../../schema/events.ts';
import { money } from '../../schema/terms/money.ts';
import { cards } from '../../infra/partners/payment-provider/cards.ts';
import { eventually } from './eventually.ts';
import { bearer, signedUp } from './person.ts';
import { type Answer, openWorld, type World, type WorldOptions } from './world.ts';

export const MINUTE = 60_000;

/** The number of the card with this behaviour. */
export const card = (behaviour: (typeof cards)[number]['behaviour']): string =>
  cards.find((each) => each.behaviour === behaviour)!.number;

const PAYMENT = `{ __typename
  ... on Payment { id status pageUrl failure method amount { amount currency } captured { amount currency }
    refunded { amount currency } order { id } decidedAt }
  ... on PaymentRefusal { code message } }`;

/** The part of a payment, or of a refusal, that tests check. */
export interface Shown {
  __typename: 'Payment' | 'PaymentRefusal';
  id: string;
  status: string;
  pageUrl: string | null;
  failure: string | null;
  method: string;
  amount: { amount: string; currency: string };
  captured: { amount: string; currency: string } | null;
  refunded: { amount: string; currency: string } | null;
  order: { id: string } | null;
  decidedAt: string | null;
  code?: string;
  message?: string;
}

export interface RefundShown {
  id: string;
  status: string;
  failures: number;
  amount: { amount: string };
}

/** The actions of a payer; each uses a fresh token, because the clock advances by more than a token's lifetime. */
export function payer(world: Pick<World, 'graph' | 'stores' | 'clock'>, who: { id: string; session: string }) {
  async function ask<T>(query: string, variables: object = {}): Promise<Answer<T>> {
    const { keys } = await world.stores.account();
    const { token } = await keys.sign({ account: who.id, session: who.session });
    return world.graph<T>(query, variables, bearer(token));
  }

  async function result(query: string, variables: object): Promise<Shown> {
    const { data, text } = await ask<{ result: Shown } | null>(query, variables);
    assert.ok(data?.result, text);
    return data.result;
  }

  const startQuery = `mutation($orderId: ID!, $method: PaymentMethod!, $key: String!) {
    result: startPayment(orderId: $orderId, method: $method, idempotencyKey: $key) ${PAYMENT} }`;
  const topUpQuery = `mutation($amount: Decimal!, $currency: CurrencyCode!, $key: String!) {
    result: topUp(amount: $amount, currency: $currency, idempotencyKey: $key) ${PAYMENT} }`;
  return {
    ask,
    /** The whole response of startPayment, with its errors. */
    tryStart: (orderId: string, method = 'CARD', key = orderId) =>
      ask<{ result: Shown } | null>(startQuery, { orderId, method, key }),
    start: (orderId: string, method = 'CARD', key = `${orderId} ${method}`) =>
      result(startQuery, { orderId, method, key }),
    tryTopUp: (amount: string, currency = 'INR', key = 'top-up') =>
      ask<{ result: Shown } | null>(topUpQuery, { amount, currency, key }),
    topUp: (amount: string, currency = 'INR', key = 'top-up') => result(topUpQuery, { amount, currency, key }),
    payment: async (id: string) =>
      (
        await ask<{ result: Shown | null }>(
          `query($id: ID!) { result: payment(id: $id) ${PAYMENT.replace(/\.\.\. on PaymentRefusal.*/, '}')} }`,
          { id },
        )
      ).data.result,
    wallets: async () =>
      (
        await ask<{
          me: {
            wallets: {
              currency: string;
              balance: { amount: string };
              entries: { edges: { node: { kind: string; amount: { amount: string } } }[] };
            }[];
          };
        }>('{ me { wallets { currency balance { amount } entries { edges { node { kind amount { amount } } } } } } }')
      ).data.me.wallets.map(({ currency, balance, entries }) => ({
        currency,
        balance: balance.amount,
        entries: entries.edges.map(({ node }) => `${node.kind} ${node.amount.amount}`),
      })),
    /** The refunds of an order, found by one of its payments. */
    refunds: async (paymentId: string) =>
      (
        await ask<{ payment: { order: { refunds: RefundShown[] } } }>(
          'query($id: ID!) { payment(id: $id) { order { refunds { id status failures amount { amount } } } } }',
          { id: paymentId },
        )
      ).data.payment.order.refunds,
  };
}

/** Submits a card on the payment page like a browser without scripts: the status, or null if the answer was cut off. */
export async function give(pageUrl: string, form: Record<string, string>): Promise<number | null> {
  const body = new URLSearchParams(form);
  return fetch(pageUrl, { method: 'POST', body, redirect: 'manual' })
    .then(({ status }) => status)
    .catch(() => null);
}

/** A world whose gateway listens at `PUBLIC_URL`, where partners and browsers reach it over HTTP. */
export async function openListening(options: WorldOptions = {}) {
  const [port] = (await freePorts(1)) as [number];
  const PUBLIC_URL = `http://localhost:${port}`;
  const world = await openWorld({ ...options, env: { PUBLIC_URL, ...options.env } });
  await listen(world.gateway, { host: 'localhost', port });
  return { ...world, PUBLIC_URL };
}

/** The details of an amount owed; without `bought` the event is like those of release 0.1.0. */
interface Owing extends Pick<Payload<'order.awaiting-payment'>, 'bought'> {
  account?: string;
  amount?: number;
  currency?: string;
  isReady?: boolean;
}

export async function openPaying(options: WorldOptions = {}) {
  const world = await openListening(options);
  const { bus } = world.wiring;
  const heard: Event[] = [];
  const leave = await bus.subscribe({ group: 'witness', topics: ['payments'], max: 10, linger: 0 }, async (batch) => {
    heard.push(...batch.map(({ value }) => parseEvent(value!)));
  });
  const asha = await signedUp(world);
  let sequence = 0;

  async function tell<T extends EventType>(type: T, order: string, data: Payload<T>): Promise<Event<T>> {
    const about = { source: '/order', subject: order, sequence: sequence++, now: world.clock.now() };
    const told = event(type, about, data);
    await bus.publish([{ topic: 'orders', key: order, value: JSON.stringify(told) }]);
    return told;
  }

  /** The order subgraph's event that this is to be paid, once the payment subgraph has handled it. */
  async function owe(orderId: string, how: Owing = {}) {
    const { account = asha.id, amount = 389_700, currency = 'INR', isReady = true, bought } = how;
    const payBy = new Date(world.clock.now().getTime() + 15 * MINUTE).toISOString();
    const due = { orderId, account, amount, currency, payBy };
    await tell('order.placed', orderId, { ...due, seats: [{ departureId: 'dep_1', seats: 1 }] });
    if (isReady) await tell('order.awaiting-payment', orderId, { ...due, bought });
    await followed();
    return { orderId, ...money(amount, currency) };
  }

  /** Resolves once the payment subgraph has handled all its messages on the bus. */
  const followed = () =>
    eventually(async () => (await bus.backlog('follow-orders')) === 0 && (await bus.backlog('refund-payments')) === 0);

  return {
    ...world,
    asha: { ...asha, ...payer(world, asha) },
    tell,
    owe,
    followed,
    /** The payment subgraph's events of a type about an order, so far. */
    heard: <T extends EventType>(type: T, orderId: string): Payload<T>[] =>
      heard.filter((each) => each.type === type).map(({ data }) => data as Payload<T>).filter((data) => (data as { orderId?: string }).orderId === orderId), // prettier-ignore
    /** The traces of the payment subgraph's events about an order. */
    traces: (orderId: string) =>
      heard.filter(({ data }) => (data as { orderId?: string }).orderId === orderId).map(({ traceparent }) => traceparent), // prettier-ignore
    /** The types of the provider's log entries about a payment. */
    noted: (reference: string): string[] => {
      const log = world.provider.log();
      const intent = log.find((entry) => entry.type === 'intent.created' && entry.reference === reference)?.intent;
      return log.filter((entry) => entry.intent === intent).map(({ type }) => type);
    },
    [Symbol.asyncDispose]: async () => {
      await leave();
      await world[Symbol.asyncDispose]();
    },
  };
}

export type Paid = Awaited<ReturnType<typeof openPaying>>;
