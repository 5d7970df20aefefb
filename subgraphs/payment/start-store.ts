// Begins payments: what may begin is decided, kept and, from a wallet, paid in one transaction, once for each idempotency key.
import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../infra/database.ts';
import { fault } from '../../schema/errors.ts';
import { isToCome, type NotNow, whyNot } from './payable.ts';
import { isCaptured } from './payment.ts';
import { save } from './store.ts';
import { KeyUse, Payable, Payment, type PaymentRow } from './tables.ts';
import { move } from './wallet-store.ts';

const MINUTE = 60_000;

/** A payment that waits is first asked about after this many ms: payers take their time at the page, webhooks do not. */
const ASK_AFTER = MINUTE;

/** So long one that opens a payment at the provider has it for itself, in ms; it takes three seconds at most. */
export const CLAIM_FOR = 10_000;

/**
 * So long an order is waited for that this room has not heard of yet, in ms: its event takes a fraction of a second. With
 * the provider's three seconds it stays within the five that a subgraph has.
 */
const HEAR_WITHIN = 1500;
const LOOK_EVERY = 50; // ms

/** Who asks, with which key, and under which trace. */
export interface Asking {
  account: string;
  key: string;
  now: Date;
  traceparent: string;
}

export interface Started {
  payment: PaymentRow;
  /** False where the key was used for it before. */
  isNew: boolean;
}

/** Both throw IDEMPOTENCY_CONFLICT where the key was used for something else. A refusal uses no key up. */
export interface Starts {
  /**
   * Begins to pay an order; from the wallet it is paid at once. What the order room has just said, this room hears by an
   * event a moment later: an order that is not known or not due yet is waited for, for a second and a half.
   */
  forOrder(order: string, method: 'CARD' | 'WALLET', asking: Asking): Promise<Started | NotNow | 'INSUFFICIENT_FUNDS'>;
  /** Begins to fill the wallet, in minor units. */
  topUp(amount: number, currency: string, asking: Asking): Promise<Started>;
}

type Made<R> = PaymentRow | R;

export function openStarts(db: Database): Starts {
  /** What came of the key, or what `make` makes under it. Who must wait for another waits in `turn`, before the key is looked up. */
  async function once<R extends string>(
    operation: string,
    input: readonly unknown[],
    { account, key }: Asking,
    make: (em: EntityManager) => Promise<Made<R>>,
    turn?: (em: EntityManager) => Promise<unknown>,
  ): Promise<Started | R> {
    const hash = createHash('sha256').update(JSON.stringify(input)).digest('base64url');
    const use = { account, operation, key };
    const attempt = () =>
      db.write(async (em): Promise<Started | R> => {
        await turn?.(em);
        const used = await em.findOne(KeyUse, use);
        if (used && used.hash !== hash) throw conflict();
        if (used) return { payment: await em.findOneOrFail(Payment, { id: used.payment }), isNew: false };
        const made = await make(em);
        if (typeof made === 'string') return made;
        await em.insert(KeyUse, { ...use, hash, payment: made.id });
        return { payment: made, isNew: true };
      });
    try {
      return await attempt();
    } catch (error) {
      // another one with this key was faster, and has committed
      if (error instanceof UniqueConstraintViolationException) return attempt();
      throw error;
    }
  }

  /** Resolves once the order is not to come any more, or its time is over: whether it came. */
  async function heardOf(order: string, account: string): Promise<boolean> {
    for (const until = performance.now() + HEAR_WITHIN; performance.now() < until; await wait(LOOK_EVERY)) {
      if (!isToCome(await db.read().findOne(Payable, { order }, { disableIdentityMap: true }), account)) return true;
    }
    return false;
  }

  const forOrder: Starts['forOrder'] = (order, method, asking) =>
    once(
      'startPayment',
      [order, method],
      asking,
      async (em) => {
        const { account, now, traceparent } = asking;
        const found = await em.findOne(Payable, { order });
        // a server finds it with blanks behind its id as well: its refunds would look for the id without them
        const owed = found?.order === order ? found : null;
        const earlier = await em.find(Payment, { order });
        const isPaid = earlier.some((each) => isCaptured(each) && each.captured === owed?.amount && !each.refundDue);
        const refused = whyNot(owed, account, isPaid, now);
        if (refused) return refused;
        const { amount, currency } = owed!;
        const payment = await begin(em, { order, method, account, amount, currency, now });
        if (method === 'CARD') return payment;
        const { id } = payment;
        const paid = { movement: 'PAYMENT' as const, transaction: id, payment: id, account, amount, currency, now };
        if (!(await move(em, paid))) {
          await em.nativeDelete(Payment, { id });
          return 'INSUFFICIENT_FUNDS';
        }
        const captured = { status: 'SUCCEEDED' as const, captured: amount, capturedCurrency: currency };
        return save(em, payment, captured, now, traceparent);
      },
      lockedFirst(order),
    );

  return {
    async forOrder(order, method, asking) {
      const started = await forOrder(order, method, asking);
      const isEarly = started === 'NOT_FOUND' || started === 'NOT_READY';
      return isEarly && (await heardOf(order, asking.account)) ? forOrder(order, method, asking) : started;
    },

    topUp: (amount, currency, asking) =>
      once<never>('topUp', [amount, currency], asking, (em) =>
        begin(em, { order: null, method: 'CARD', account: asking.account, amount, currency, now: asking.now }),
      ),
  };
}

/** The order's row is locked before all: of two that would pay it from a wallet the second sees the first. */
const lockedFirst = (order: string) => (em: EntityManager) =>
  em.findOne(Payable, { order }, { lockMode: LockMode.PESSIMISTIC_WRITE });

const conflict = () =>
  fault('IDEMPOTENCY_CONFLICT', 'idempotencyKey: it was used with another input; use a new key for a new intent.', {
    argument: 'idempotencyKey',
  });

type Begun = Pick<PaymentRow, 'order' | 'method' | 'account' | 'amount' | 'currency'> & { now: Date };

async function begin(em: EntityManager, { now, ...about }: Begun): Promise<PaymentRow> {
  const at = now.getTime();
  const row: PaymentRow = {
    id: typeidUnboxed('pay'),
    ...about,
    status: 'INITIATED',
    captured: 0,
    capturedCurrency: null,
    refundDue: 0,
    refunded: 0,
    failure: null,
    intent: null,
    pageUrl: null,
    startedAt: at,
    decidedAt: null,
    askAt: at + ASK_AFTER,
    asked: 0,
    claimedUntil: at + CLAIM_FOR,
    version: 0,
  };
  await em.insert(Payment, row);
  return row;
}
