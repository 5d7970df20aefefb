// The promises about payments and wallets under concurrent operations, on every database.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '../../infra/database/database.ts';
import { waiting } from '../../infra/database/outbox.ts';
import type { Intent } from '../../infra/partners/payment-provider.ts';
import { isRefused, type Refusal } from '../../schema/errors.ts';
import { event } from '../../schema/events.ts';
import { newOrderId, orderIdKeys } from '../../schema/terms/order-id.ts';
import { type SigningKeys, signingKey } from '../../schema/wire/signing-key.ts';
import { paymentChecks } from '../../subgraphs/payment/store/checks-store.ts';
import { keyTextsAfter } from '../../subgraphs/payment/store/key-store.ts';
import { openRefunds } from '../../subgraphs/payment/store/refund-store.ts';
import { openStarts, type Started } from '../../subgraphs/payment/store/start-store.ts';
import { openPayments } from '../../subgraphs/payment/store/store.ts';
import { KeyUse, LedgerEntry, Payment, type PaymentRow } from '../../subgraphs/payment/store/tables.ts';
import { openWallets } from '../../subgraphs/payment/store/wallet-store.ts';
import { SetClock } from '../../infra/process/set-clock.ts';
import { NOON } from '../kit/world.ts';

/** The clock of the database that the races run on. */
export const clock = new SetClock(NOON);
const NOW = clock.now();
const LATER = new Date(NOW.getTime() + 15 * 60_000);
const offerKeys: SigningKeys = [signingKey(Buffer.alloc(32, 'offers'))];
const orderKeys = orderIdKeys(offerKeys);
const times = <T>(count: number, of: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => of(n));

/** The stores of the payment subgraph, and the steps of the races. */
function openSubgraph(db: Database) {
  const [payments, starts, refunds] = [openPayments(db), openStarts(db, offerKeys), openRefunds(db)];
  const asking = (account: string, key: string) => ({ account, key, traceparent: '' });

  const about = (subject: string) => ({ source: '/order', subject, sequence: 1, now: NOW });
  return {
    ...{ db, payments, starts, refunds, wallets: openWallets(db) },
    async owe(account: string, orderId: string, amount: number) {
      const due = { orderId, account, amount, currency: 'INR', payBy: LATER.toISOString() };
      await payments.follow('test', event('order.awaiting-payment', about(orderId), due));
    },
    async place(account: string, orderId: string, amount: number) {
      const due = { orderId, account, amount, currency: 'INR', payBy: LATER.toISOString() };
      const seats = [{ departureId: 'dep_1', seats: 1 }];
      await payments.follow('test', event('order.placed', { ...about(orderId), sequence: 0 }, { ...due, seats }));
    },
    start: (account: string, order: string, method: 'CARD' | 'WALLET', key: string) =>
      starts.forOrder(order, method, asking(account, key)),
    topUp: async (account: string, amount: number, key: string) =>
      (await starts.topUp(amount, 'INR', asking(account, key))).payment,
    success: ({ id, amount }: PaymentRow): Intent => ({
      ...{ id: `pi_${id}`, reference: id, status: 'SUCCEEDED', failure: null },
      captured: { amount, currency: 'INR' },
    }),
    refundDue: (refundId: string, { id, order }: PaymentRow, amount: number) => {
      const due = { orderId: order!, refundId, paymentId: id, amount, currency: 'INR', because: 'test' };
      return refunds.owe('test', event('order.refund-due', about(order!), due));
    },
    balance: async (account: string) => (await openWallets(db).of(account))[0]?.balance ?? 0,
    announced: async (type: string, payment: string) =>
      (await waiting(db.read(), 10_000)).filter(({ event: each }) => each.type === type && each.subject === payment)
        .length,
    async audit() {
      for (const { name, find } of paymentChecks(db, NOW)) assert.deepEqual((await find()).offending, [], name);
    },
  };
}

const isStarted = (result: Started | Refusal): result is Started => !isRefused(result);
const codeOf = (result: Started | Refusal): string | null => (isRefused(result) ? result.refused : null);

/** The races, on one database that is opened once for all of them. */
export function paymentRaces(name: string, open: () => Promise<Database>): void {
  let opened: Promise<ReturnType<typeof openSubgraph>> | undefined;
  const subgraph = () => (opened ??= open().then(openSubgraph));

  async function filled(account: string, amount: number) {
    const { topUp, payments, success } = await subgraph();
    const payment = await topUp(account, amount, `fill ${amount}`);
    await payments.opened(payment.id, success(payment));
    return payment;
  }

  test(`${name}: an order whose events are late is NOT_READY at once, and the same key starts the payment once they arrive`, async () => {
    const { owe, place, start, db } = await subgraph();
    const id = newOrderId('acc_early', orderKeys);
    assert.equal(codeOf(await start('acc_early', id, 'CARD', 'early')), 'NOT_READY');
    await place('acc_early', id, 100);
    assert.equal(codeOf(await start('acc_early', id, 'CARD', 'early')), 'NOT_READY');
    assert.equal(await db.read().count(Payment, { account: 'acc_early' }), 0);
    await owe('acc_early', id, 100);
    assert.ok(isStarted(await start('acc_early', id, 'CARD', 'early')));
  });

  test(`${name}: an invented order, and one of another account, is not found before its events, and after them`, async () => {
    const { owe, place, start } = await subgraph();
    const id = newOrderId('acc_owner', orderKeys);
    const strangers = () => start('acc_stranger', id, 'CARD', 'key');
    const seen = [await strangers()];
    await place('acc_owner', id, 100);
    seen.push(await strangers());
    await owe('acc_owner', id, 100);
    seen.push(await strangers(), await start('acc_stranger', 'ord_invented', 'CARD', 'key'));
    assert.deepEqual(seen.map(codeOf), Array(4).fill('NOT_FOUND'));
  });

  test(`${name}: an order of the previous release, without a check in its id, is paid like any other`, async () => {
    const { owe, start } = await subgraph();
    await owe('acc_before', 'ord_01jq00000000000000000000000', 100);
    assert.ok(isStarted(await start('acc_before', 'ord_01jq00000000000000000000000', 'CARD', 'key')));
  });

  test(`${name}: forty concurrent payments from one wallet spend no more than its balance`, async () => {
    const { owe, start, balance, audit } = await subgraph();
    await filled('acc_spender', 700);
    await Promise.all(times(40, (n) => owe('acc_spender', `ord_s${n}`, 100)));
    const results = await Promise.all(times(40, (n) => start('acc_spender', `ord_s${n}`, 'WALLET', `key ${n}`)));
    assert.equal(results.filter(isStarted).length, 7);
    assert.equal(results.filter((result) => codeOf(result) === 'INSUFFICIENT_FUNDS').length, 33);
    assert.equal(await balance('acc_spender'), 0);
    await audit();
  });

  test(`${name}: one key sent fifty times at once starts one payment: by card, from the wallet, or as a top-up`, async () => {
    const { owe, start, topUp, db, balance } = await subgraph();
    await owe('acc_fifty', 'ord_card', 100);
    const byCard = (await Promise.all(times(50, () => start('acc_fifty', 'ord_card', 'CARD', 'card')))).filter(
      isStarted,
    );
    assert.equal(byCard.length, 50);
    assert.equal(byCard.filter(({ isNew }) => isNew).length, 1);
    await filled('acc_fifty', 1000);
    await owe('acc_fifty', 'ord_wallet', 100);
    const paid = await Promise.all(times(50, () => start('acc_fifty', 'ord_wallet', 'WALLET', 'wallet')));
    assert.equal(new Set(paid.filter(isStarted).map(({ payment }) => payment.id)).size, 1);
    assert.equal(paid.filter(isStarted).length, 50);
    assert.equal(await balance('acc_fifty'), 900);
    const topUps = await Promise.all(times(50, () => topUp('acc_fifty', 100, 'top-up')));
    assert.equal(new Set(topUps.map(({ id }) => id)).size, 1);
    assert.equal(await db.read().count(Payment, { account: 'acc_fifty' }), 4);
  });

  test(`${name}: an order is paid under its exact id: with a trailing blank it is not found`, async () => {
    const { owe, start, db } = await subgraph();
    await owe('acc_blank', 'ord_blank', 100);
    assert.equal(codeOf(await start('acc_blank', 'ord_blank ', 'CARD', 'card')), 'NOT_FOUND');
    assert.equal(await db.read().count(Payment, { account: 'acc_blank' }), 0);
  });

  test(`${name}: of two concurrent wallet payments of one order, one is accepted`, async () => {
    const { owe, start, balance } = await subgraph();
    await filled('acc_twice', 10_000);
    for (const n of times(10, (each) => each)) {
      await owe('acc_twice', `ord_t${n}`, 100);
      const both = await Promise.all(['a', 'b'].map((key) => start('acc_twice', `ord_t${n}`, 'WALLET', `${n} ${key}`)));
      assert.deepEqual(both.filter((result) => codeOf(result) === 'ALREADY_PAID').length, 1);
    }
    assert.equal(await balance('acc_twice'), 9000);
  });

  test(`${name}: a capture or top-up reported ten times at once, by webhooks and by polling, counts once`, async () => {
    const { owe, start, payments, success, announced, balance, audit } = await subgraph();
    await owe('acc_heard', 'ord_heard', 100);
    const { payment } = (await start('acc_heard', 'ord_heard', 'CARD', 'card')) as Started;
    const { id } = payment;
    await Promise.all(
      times(10, (n) => [
        payments.receive({ id: `msg_${id}_${n % 3}`, intent: success(payment) }),
        n % 2 ? payments.hear(id, success(payment)) : payments.opened(id, success(payment)),
      ]).flat(),
    );
    assert.equal(await announced('payment.captured', id), 1);
    const topUp = await filled('acc_heard', 500);
    await Promise.all(times(10, () => payments.hear(topUp.id, success(topUp))));
    assert.equal(await balance('acc_heard'), 500);
    await audit();
  });

  test(`${name}: a refund that ten workers pay at once is paid once; of two that together exceed the payment, one is refused`, async () => {
    const { owe, start, refunds, refundDue, announced, balance, db, audit } = await subgraph();
    await filled('acc_back', 1000);
    await owe('acc_back', 'ord_back', 300);
    const { payment } = (await start('acc_back', 'ord_back', 'WALLET', 'wallet')) as Started;
    const due = await Promise.all(['rfd_1', 'rfd_2'].map((id) => refundDue(id, payment, 200)));
    assert.deepEqual(due.map((refund) => refund!.status).sort(), ['DUE', 'REFUSED']);
    const { id } = due.find((refund) => refund!.status === 'DUE')!;
    await Promise.all(times(10, () => refunds.paidBack(id, null)));
    assert.equal(await balance('acc_back'), 900);
    assert.equal(await announced('payment.refunded', payment.id), 1);
    assert.equal(await db.read().count(LedgerEntry, { transaction: id }), 2);
    await audit();
  });

  test(`${name}: of ten workers that claim a due refund, or a payment to poll, one succeeds`, async () => {
    const { owe, start, payments, refunds, refundDue, success } = await subgraph();
    await owe('acc_turn', 'ord_turn', 100);
    const { payment } = (await start('acc_turn', 'ord_turn', 'CARD', 'card')) as Started;
    clock.advance(60_000);
    const turns = await Promise.all(times(10, () => payments.takeTurn(payment.id, () => 1)));
    assert.equal(turns.filter(Boolean).length, 1);
    await payments.opened(payment.id, success(payment));
    await refundDue('rfd_turn', payment, 100);
    const owed = await Promise.all(times(10, () => refunds.takeTurn('rfd_turn')));
    assert.equal(owed.filter(Boolean).length, 1);
  });

  test(`${name}: a webhook that arrives before the payment's row counts once the row is there`, async () => {
    const { owe, start, payments, success, db, announced } = await subgraph();
    await owe('acc_early', 'ord_early', 100);
    const { payment } = (await start('acc_early', 'ord_early', 'CARD', 'card')) as Started;
    await db.write((em) => em.nativeDelete(Payment, { id: payment.id }));
    await payments.receive({ id: 'msg_early', intent: success(payment) });
    await db.write((em) => em.insert(Payment, payment));
    const opened = await payments.opened(payment.id, { ...success(payment), status: 'OPEN', captured: null });
    assert.equal(opened.status, 'SUCCEEDED');
    assert.equal(await announced('payment.captured', payment.id), 1);
  });

  test(`${name}: the text of an idempotency key is not stored, and texts stored by release 0.1.0 are deleted with the account`, async () => {
    const { db, topUp, payments } = await subgraph();
    const texts = async () => (await keyTextsAfter(db, '', 1000)).filter(({ account }) => account === 'acc_texts');
    const made = await topUp('acc_texts', 100, 'asha@example.com 1');
    assert.deepEqual(await texts(), []);
    await db.write((em) => em.nativeUpdate(KeyUse, { payment: made.id }, { key: 'asha@example.com 1' }));
    assert.equal((await topUp('acc_texts', 100, 'asha@example.com 1')).id, made.id); // a key stored by 0.1.0 still works
    assert.equal((await texts()).length, 1);
    await payments.forgetKeys('acc_texts');
    assert.deepEqual(await texts(), []);
    assert.equal((await topUp('acc_texts', 100, 'asha@example.com 1')).id, made.id);
  });

  test(`${name}: whatever is topped up, paid and refunded at once, the ledger sums to zero and no wallet goes below zero`, async () => {
    const { owe, start, topUp, payments, success, refundDue, refunds, audit } = await subgraph();
    const step = fc.record({
      what: fc.constantFrom('fill', 'pay', 'refund'),
      amount: fc.integer({ min: 1, max: 300 }),
    });
    let run = 0;
    const parameters = { numRuns: 12 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const account = `acc_random${++run}`;
        const fill = async (amount: number, n: number) => {
          const payment = await topUp(account, amount, `fill ${n}`);
          await payments.hear(payment.id, success(payment));
        };
        await fill(300, -1);
        await Promise.all(
          steps.map(async ({ what, amount }, n) => {
            if (what === 'fill') return fill(amount, n);
            const order = `ord_${account}_${n}`;
            await owe(account, order, amount);
            const paid = await start(account, order, 'WALLET', order);
            if (what === 'pay' || !isStarted(paid)) return;
            await refundDue(`rfd_${order}`, paid.payment, amount);
            await Promise.all([1, 2].map(() => refunds.paidBack(`rfd_${order}`, null)));
          }),
        );
        await audit();
      }),
      parameters,
    );
  });
}
