// The resolvers of the order subgraph: each order is visible to its owner and to operators.
import DataLoader from 'dataloader';
import { connection, cursorOf, type PageArgs, pageOf } from '../../../schema/terms/connection.ts';
import { either, fault, isRefused, refusalFields } from '../../../schema/errors.ts';
import { accountOfCaller, type Identity } from '../../../schema/wire/identity.ts';
import { minorUnits, money } from '../../../schema/terms/money.ts';
import { readOffer } from '../../../schema/terms/offer-token.ts';
import type { SigningKey } from '../../../schema/wire/signing-key.ts';
import { cartResolvers } from './cart-resolvers.ts';
import { cancel, quote } from '../rules/cancellation.ts';
import { asked } from '../store/idempotency-store.ts';
import { readNumber } from '../rules/order-number.ts';
import { orderData } from './data-export.ts';
import { orderResolvers } from './order-resolvers.ts';
import { type Order, type OrderDecision, travellerIn } from '../rules/order.ts';
import { placeOrder } from '../rules/placing.ts';
import { refusal } from '../rules/refusal.ts';
import type { Resolvers } from './schema.generated.ts';
import type { OrderConditions, Orders, OrderSort, OrderPosition } from '../store/store.ts';
import { ticketResolvers } from './ticket-resolvers.ts';
import type { Context, SharedContext } from './context.ts';

export const context = (
  stores: SharedContext,
  identity: Identity,
  offerKeys: readonly SigningKey[],
  now: Date,
): Context => ({
  identity,
  now,
  offerKeys,
  ...stores,
  mailsOf: new DataLoader(async (ids) => {
    const byOrder = await stores.mails.ofOrders(ids);
    return ids.map((id) => byOrder.get(id) ?? []);
  }),
  timelines: new DataLoader(async (ids) => {
    const byOrder = await stores.orders.timelines(ids);
    return ids.map((id) => byOrder.get(id) ?? []);
  }),
});

/** The actor and the request, for the timeline. */
const own = ({ identity }: Context) => ({
  by: 'traveller',
  traceId: identity.requestId,
  address: identity.address,
});

/** The order, if the caller may see it; other accounts' orders are not found. */
async function seen(id: string, { orders, identity }: Context): Promise<Order | null> {
  if (identity.account === null) return null;
  const order = await orders.byId(id);
  return order && (order.account === identity.account || identity.roles.includes('OPERATOR')) ? order : null;
}

const notFound = refusal('NOT_FOUND');

/** The expected refund in minor units; null if not given. Throws BAD_USER_INPUT if it is not an amount of the currency. */
function expected(amount: string | null | undefined, { currency }: Order): number | null {
  if (amount == null) return null;
  const minor = minorUnits(amount, currency);
  if (minor !== undefined) return minor;
  const message = `expectedRefund: ${amount} is not an amount in ${currency}; use the refund from the quote.`;
  throw fault('BAD_USER_INPUT', message, { argument: 'expectedRefund' });
}

async function listed(orders: Orders, conditions: OrderConditions, sort: OrderSort, args: PageArgs) {
  const list = `orders ${sort}`;
  const page = pageOf<OrderPosition>(list, [0, ''], args);
  const rows = await orders.list(conditions, sort, page);
  const cursor = ({ departsAt, id }: Order) => cursorOf(list, [departsAt, id]);
  return connection(rows, page, cursor, () => orders.count(conditions));
}

const A_PAGE = 100; // orders read at a time

/** All orders of an account, newest first. */
async function allOrders(orders: Orders, account: string): Promise<Order[]> {
  const all: Order[] = [];
  const rest = () => {
    const last = all.at(-1);
    const after: OrderPosition | null = last ? [0, last.id] : null;
    return orders.list({ account }, 'NEWEST', { after, before: null, backward: false, most: A_PAGE });
  };
  for (let some = await rest(); some.length; some = await rest()) all.push(...some);
  return all;
}

export const resolvers: Resolvers = {
  ...orderResolvers,
  ...cartResolvers,
  ...ticketResolvers,
  Query: {
    ...cartResolvers.Query,
    order: (_, { id }, context) => seen(id, context),

    orders: (_, { filter, ...args }, { orders }) => {
      const { number, status, account } = filter ?? {};
      const conditions = {
        ...(number != null && { number: readNumber(number) }),
        ...(status != null && { status }),
        ...(account != null && { account }),
      };
      return listed(orders, conditions, 'NEWEST', args);
    },

    async cancellationQuote(_, { orderId, travellers }, { orders, identity, now }) {
      const order = await orders.byId(orderId);
      if (order?.account !== identity.account) return null;
      const quoted = quote(order, travellers ?? null, now);
      return isRefused(quoted) ? { ...quoted, order } : { quote: quoted, order };
    },
  },

  Mutation: {
    ...cartResolvers.Mutation,
    async cancelOrder(_, { orderId, travellers, expectedRefund }, context) {
      const { orders, identity } = context;
      const rule = (order: Order, now: Date): OrderDecision =>
        order.account === identity.account
          ? cancel(order, travellers ?? null, expected(expectedRefund, order), now)
          : notFound;
      const answer = (await orders.change(orderId, rule, own(context))) ?? notFound;
      if (!isRefused(answer)) return answer;
      return { ...answer, order: answer.refused === 'NOT_FOUND' ? null : await orders.byId(orderId) };
    },

    async placeOrder(_, { input: { idempotencyKey, ...input } }, context) {
      const { orders, identity, now, offerKeys, seatCaps } = context;
      const question = asked(accountOfCaller(identity), 'placeOrder', idempotencyKey, input);
      const before = await orders.placedBefore(question);
      if (before) return before;
      const offers = input.offers.map(({ token, travellers }) => ({
        offer: readOffer(token, offerKeys, now),
        travellers,
      }));
      const placing = placeOrder({ ...input, offers }, seatCaps, now);
      return isRefused(placing) ? placing : orders.place(placing, question, own(context));
    },
  },

  CancelOrderResult: either('Order', 'OrderRefusal'),
  CancellationQuoteResult: either('CancellationQuote', 'OrderRefusal'),
  PlaceOrderResult: either('Order', 'OrderRefusal'),

  OrderRefusal: {
    ...refusalFields,
    offers: ({ offers }) => [...(offers ?? [])],
    order: ({ order, existing }, _, context) => order ?? (existing === undefined ? null : seen(existing, context)),
  },

  Order: {
    ...orderResolvers.Order,
    __resolveReference: ({ id }, context) => seen(id, context),
  },

  Account: {
    // an account sees only its own orders
    __resolveReference: ({ id }, { identity }) => (id === identity.account ? { id } : null),
    orderData: async ({ id }, _, { orders, carts }) =>
      orderData(await allOrders(orders, id), await carts.find({ account: id, cart: null })),
    orders: ({ id }, { status, sort, ...args }, { orders }) =>
      listed(orders, { account: id, ...(status && { status }) }, sort ?? 'NEWEST', args),
  },

  CancellationQuote: {
    fee: ({ quote, order }) => money(quote.fee, order.currency),
    refund: ({ quote, order }) => money(quote.refund, order.currency),
    validUntil: ({ quote }) => (quote.validUntil === null ? null : new Date(quote.validUntil).toISOString()),
    travellers: ({ quote, order }) =>
      quote.travellers.map(({ id, fee, refund }) => ({
        traveller: { traveller: travellerIn(order, id), order },
        fee: money(fee, order.currency),
        refund: money(refund, order.currency),
      })),
  },
};
