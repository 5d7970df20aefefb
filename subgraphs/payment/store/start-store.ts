// Starts payments: one transaction decides, stores and, for a wallet, pays; once for each idempotency key.
import { present } from '../../../schema/values/present.ts';
import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../../infra/database/database.ts';
import { checkSameInput, fingerprint } from '../../../schema/terms/idempotency-key.ts';
import { type Decision, isRefused, type Refusal } from '../../../schema/errors.ts';
import { isOrderIdOf, orderIdKeys } from '../../../schema/terms/order-id.ts';
import type { SigningKeys } from '../../../schema/wire/signing-key.ts';
import { keyDigest } from './key-store.ts';
import { refusal } from '../rules/refusal.ts';
import { type NotNow, whyNot } from '../rules/payable.ts';
import { isCaptured } from '../rules/payment.ts';
import { CLAIM_FOR, save } from './store.ts';
import { KeyUse, Payable, Payment, type PaymentRow } from './tables.ts';
import { move } from './wallet-store.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

/** The first question about a waiting payment comes after this many ms: payers take their time, and webhooks usually arrive first. */
const ASK_AFTER = MINUTE;

/** The caller's account, idempotency key and trace. */
export interface Asking {
  account: string;
  key: string;
  traceparent: string;
}

export interface Started {
  payment: PaymentRow;
  /** False if an earlier request with the same key started it. */
  isNew: boolean;
}

/** Both throw IDEMPOTENCY_CONFLICT if the key was used for something else. A refusal does not use up the key. */
export interface Starts {
  /**
   * Starts to pay an order; from the wallet it is paid at once. Events announce an order a moment after it was placed: until
   * then its id alone shows whether it belongs to the account, and the answer is NOT_READY.
   */
  forOrder(
    order: string,
    method: 'CARD' | 'WALLET',
    asking: Asking,
  ): Promise<Decision<Started, NotNow | 'INSUFFICIENT_FUNDS'>>;
  /** Starts a wallet top-up; `amount` is in minor units. */
  topUp(amount: number, currency: string, asking: Asking): Promise<Started>;
}

/** The store. The keys that check order ids are derived from `offerKeys`. */
export function openStarts(db: Database, offerKeys: SigningKeys): Starts {
  const idKeys = orderIdKeys(offerKeys);

  /** The payment already started under the key, or the result of `make`. `turn` takes any lock that is needed before the key is looked up. */
  async function once<R extends Refusal>(
    operation: string,
    input: readonly unknown[],
    { account, key }: Asking,
    make: (em: EntityManager, now: Date) => Promise<PaymentRow | R>,
    turn?: (em: EntityManager) => Promise<unknown>,
  ): Promise<Started | R> {
    const hash = fingerprint(input);
    const use = { account, operation, key: keyDigest(key) };
    const attempt = () =>
      db.write(async (em, now): Promise<Started | R> => {
        await turn?.(em);
        const used = await em.findOne(KeyUse, { ...use, key: { $in: [use.key, key] } });
        if (used) checkSameInput(used.hash, hash, 'idempotencyKey');
        if (used) return { payment: await em.findOneOrFail(Payment, { id: used.payment }), isNew: false };
        const made = await make(em, await now());
        if (isRefused(made)) return made;
        await em.insert(KeyUse, { ...use, hash, payment: made.id });
        return { payment: made, isNew: true };
      });
    try {
      return await attempt();
    } catch (error) {
      // a concurrent request with this key has committed first
      if (error instanceof UniqueConstraintViolationException) return attempt();
      throw error;
    }
  }

  const forOrder: Starts['forOrder'] = (order, method, asking) =>
    once(
      'startPayment',
      [order, method],
      asking,
      async (em, now) => {
        const { account, traceparent } = asking;
        const found = await em.findOne(Payable, { order });
        // MySQL and MariaDB ignore trailing spaces when they compare ids; refunds need the exact id
        const owed = found?.order === order ? found : null;
        const earlier = await em.find(Payment, { order });
        const isPaid = earlier.some((each) => isCaptured(each) && each.captured === owed?.amount && !each.refundDue);
        const isTheirs = isOrderIdOf(account, order, idKeys);
        const refused = whyNot(owed, { account, isTheirs, isPaid }, now);
        if (refused) return refused;
        const { amount, currency } = present(owed, 'An order that does not exist was found payable.');
        const payment = await begin(em, { order, method, account, amount, currency, now });
        if (method === 'CARD') return payment;
        const { id } = payment;
        const paid = { movement: 'PAYMENT' as const, transaction: id, payment: id, account, amount, currency, now };
        if (!(await move(em, paid))) {
          await em.nativeDelete(Payment, { id });
          return refusal('INSUFFICIENT_FUNDS');
        }
        const captured = { status: 'SUCCEEDED' as const, captured: amount, capturedCurrency: currency };
        return save(em, payment, captured, now, traceparent);
      },
      lockedFirst(order),
    );

  return {
    forOrder,

    topUp: (amount, currency, asking) =>
      once<never>('topUp', [amount, currency], asking, (em, now) =>
        begin(em, { order: null, method: 'CARD', account: asking.account, amount, currency, now }),
      ),
  };
}

/** Locks the order's row first: of two concurrent wallet payments the second then sees the first. */
const lockedFirst = (order: string) => (em: EntityManager) =>
  em.findOne(Payable, { order }, { lockMode: LockMode.PESSIMISTIC_WRITE });

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
