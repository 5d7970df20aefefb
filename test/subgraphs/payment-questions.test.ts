// Questions to the payment provider about a waiting payment, for lost webhooks: soon at first, then less and less often.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openDatabase } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import type { Intent, PaymentProvider } from '../../infra/partners/payment-provider.ts';
import { askAbout } from '../../subgraphs/payment/store/collecting.ts';
import { openPayments } from '../../subgraphs/payment/store/store.ts';
import { Payment, type PaymentRow, paymentTables } from '../../subgraphs/payment/store/tables.ts';
import { NOON } from '../kit/world.ts';
import { SetClock } from '../../infra/process/set-clock.ts';

const MINUTE = 60_000;
const log = openLog({ level: 'off', json: true });

const waiting: Intent = { id: 'pi_1', reference: 'pay_1', status: 'PROCESSING', captured: null, failure: null };

/** A provider at which the payment waits, whatever happens. */
const provider: Pick<PaymentProvider, 'intent' | 'cancelIntent'> = {
  intent: () => Promise.resolve(waiting),
  cancelIntent: () => Promise.resolve(waiting),
};

/** A payment that is due for a question at noon, with its store. */
async function openAsked(change: Partial<PaymentRow> = {}) {
  const clock = new SetClock(NOON);
  const db = await openDatabase(paymentTables, sqlite(':memory:'), log, { clock });
  const payments = openPayments(db);
  const started = clock.now().getTime();
  await db.write((em) =>
    em.insert(Payment, {
      ...{ id: 'pay_1', order: null, account: 'acc_1', method: 'CARD', amount: 100, currency: 'INR' },
      ...{ status: 'PROCESSING', captured: 0, refundDue: 0, refunded: 0, intent: 'pi_1', startedAt: started },
      ...{ askAt: started, asked: 0, claimedUntil: 0, version: 1 },
      ...change,
    }),
  );
  const addresses = { returnUrl: 'http://localhost/back', webhookUrl: 'http://localhost/webhook' };
  return {
    clock,
    payments,
    ask: () => askAbout('pay_1', { payments, provider: provider as PaymentProvider, addresses }),
    row: async () => (await payments.byId('pay_1'))!,
    [Symbol.asyncDispose]: () => db.close(),
  };
}

test('the provider is asked again after 1, 2, 4, 8 and 15 minutes, then every 15 minutes, and never before', async () => {
  await using subgraph = await openAsked();
  const { clock, payments, ask, row } = subgraph;
  const pauses: number[] = [];
  for (let asked = 1; asked <= 7; asked++) {
    await ask();
    const { askAt } = await row();
    const pause = askAt! - clock.now().getTime();
    pauses.push(pause / MINUTE);
    clock.advance(pause - 1);
    assert.deepEqual(await payments.due(1), []);
    await ask();
    assert.equal((await row()).asked, asked);
    clock.advance(1);
    assert.deepEqual(await payments.due(1), ['pay_1']);
  }
  assert.deepEqual(pauses, [1, 2, 4, 8, 15, 15, 15]);
});

test('a payment that the provider refuses to open has failed, and its claim is over', async () => {
  await using subgraph = await openAsked({ status: 'INITIATED', intent: null, claimedUntil: 1 });
  await subgraph.payments.refuse('pay_1', 'CARD_REFUSED');
  const { status, failure, claimedUntil, askAt } = await subgraph.row();
  assert.deepEqual([status, failure, claimedUntil, askAt], ['FAILED', 'CARD_REFUSED', 0, null]);
});

test('a payment that is decided stays as it is when a refusal arrives late', async () => {
  await using subgraph = await openAsked({ status: 'CANCELLED', askAt: null, claimedUntil: 1 });
  const before = await subgraph.row();
  await subgraph.payments.refuse('pay_1', 'CARD_REFUSED');
  assert.deepEqual(await subgraph.row(), before);
});
