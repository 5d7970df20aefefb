// The resolvers of the payment subgraph: payments and refunds are visible to their owner and to operators, wallets to their owner.
import { accountOfCaller } from '../../../schema/wire/identity.ts';
import { connection, cursorOf, pageOf } from '../../../schema/terms/connection.ts';
import { either, fault, isRefused, type Refusal, refusalFields } from '../../../schema/errors.ts';
import { checkIdempotencyKey } from '../../../schema/terms/idempotency-key.ts';
import { traceparentOf } from '../../../schema/wire/traceparent.ts';
import { minorUnits, money } from '../../../schema/terms/money.ts';
import { openIntent } from '../store/collecting.ts';
import { paymentData } from './data-export.ts';
import { inCapturedCurrency, isOpen } from '../rules/payment.ts';
import { refusal } from '../rules/refusal.ts';
import type { Resolvers } from './schema.generated.ts';
import { type Asking, type Started } from '../store/start-store.ts';
import type { LedgerEntryRow, PaymentRow } from '../store/tables.ts';
import { MOST_TOP_UP } from '../rules/wallet.ts';
import type { Context } from './context.ts';

const instant = (ms: number): string => new Date(ms).toISOString();

/** Whether the caller may see this account's data. */
const maySee = ({ identity: { account, roles } }: Context, owner: string): boolean =>
  owner === account || roles.includes('OPERATOR');

async function visible(id: string, context: Context): Promise<PaymentRow | null> {
  const payment = await context.payments.byId(id);
  return payment && maySee(context, payment.account) ? payment : null;
}

function asking(key: string, { identity }: Context): Asking {
  checkIdempotencyKey(key, 'idempotencyKey');
  return { account: accountOfCaller(identity), key, traceparent: traceparentOf(identity.requestId) };
}

/** Opens a new or an earlier payment at the provider; only one request at a time does so. */
async function opened(
  { payment, isNew }: Started,
  context: Context,
): Promise<PaymentRow | Refusal<'PROVIDER_UNAVAILABLE'>> {
  const { payments, log } = context;
  if (payment.status !== 'INITIATED' || payment.method === 'WALLET') return payment;
  const { id } = payment;
  if (!isNew && !(await payments.claim(id))) {
    const known = await payments.byId(id);
    if (known && known.status !== 'INITIATED') return known;
    throw fault(
      'IN_PROGRESS',
      'This payment is being started by another request: try again in a moment with the same key.',
    );
  }
  try {
    return await openIntent(payment, context);
  } catch (error) {
    log.warn('payment not opened: payment provider failed', { service: 'payment', payment: id, error });
    await payments.release(id);
    return refusal('PROVIDER_UNAVAILABLE');
  }
}

export const resolvers: Resolvers = {
  Query: {
    payment: (_, { id }, context) => visible(id, context),
  },

  Mutation: {
    async startPayment(_, { orderId, method, idempotencyKey }, context) {
      const started = await context.starts.forOrder(orderId, method, asking(idempotencyKey, context));
      return isRefused(started) ? started : opened(started, context);
    },

    async topUp(_, { amount, currency, idempotencyKey }, context) {
      const minor = minorUnits(amount, currency) ?? 0;
      const who = asking(idempotencyKey, context);
      if (minor <= 0 || minor > MOST_TOP_UP) return refusal('INVALID_AMOUNT');
      return opened(await context.starts.topUp(minor, currency, who), context);
    },
  },

  StartPaymentResult: either('Payment', 'PaymentRefusal'),

  PaymentRefusal: refusalFields,

  Payment: {
    __resolveReference: ({ id }, context) => visible(id, context),
    order: ({ order }) => (order ? { id: order } : null),
    amount: ({ amount, currency }) => money(amount, currency),
    captured: (payment) => inCapturedCurrency(payment, payment.captured),
    refunded: (payment) => inCapturedCurrency(payment, payment.refunded),
    pageUrl: (payment, _, { identity }) =>
      isOpen(payment) && payment.account === identity.account ? (payment.pageUrl ?? null) : null,
    startedAt: ({ startedAt }) => instant(startedAt),
    decidedAt: ({ decidedAt }) => (decidedAt ? instant(decidedAt) : null),
  },

  Refund: {
    payment: ({ payment }, _, context) => visible(payment, context),
    amount: ({ amount, currency }) => money(amount, currency),
    dueSince: ({ dueSince }) => instant(dueSince),
    paidBackAt: ({ paidBackAt }) => (paidBackAt ? instant(paidBackAt) : null),
  },

  Order: {
    __resolveReference: ({ id }) => ({ id }),
    payments: async ({ id }, _, context) =>
      (await context.payments.ofOrder(id)).filter(({ account }) => maySee(context, account)),
    async refunds({ id }, _, context) {
      const payments = await context.payments.ofOrder(id);
      const seen = new Set(payments.filter(({ account }) => maySee(context, account)).map((each) => each.id));
      return (await context.refunds.ofOrder(id)).filter(({ payment }) => seen.has(payment));
    },
  },

  Account: {
    __resolveReference: ({ id }, { identity }) => (id === identity.account ? { id } : null),
    async paymentData({ id }, _, { payments, wallets }) {
      const withEntries = (await wallets.of(id)).map(async (wallet) => {
        const entries = await wallets.history(wallet);
        return { wallet, entries };
      });
      return paymentData(await payments.ofAccount(id), await Promise.all(withEntries));
    },
    wallets: ({ id }, _, { identity, wallets }) => (id === identity.account ? wallets.of(id) : []),
  },

  Wallet: {
    balance: ({ balance, currency }) => money(balance, currency),
    async entries(wallet, args, { wallets }) {
      const list = `wallet ${wallet.currency}`;
      const page = pageOf(list, [0], args);
      const rows = await wallets.entries(wallet, page);
      const cursor = ({ position }: LedgerEntryRow) => cursorOf(list, [position]);
      return connection(rows, page, cursor, () => wallets.count(wallet));
    },
  },

  WalletEntry: {
    id: ({ position }) => String(position),
    kind: ({ movement }) => movement,
    amount: ({ amount, currency }) => money(amount, currency),
    at: ({ at }) => instant(at),
    payment: ({ payment }, _, context) => visible(payment, context),
  },
};
