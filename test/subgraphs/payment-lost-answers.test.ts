// The provider acts but its answer is lost, as after a crash between its answer and our commit: nothing is done twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PaymentProvider, ProviderUnavailable } from '../../infra/partners/payment-provider.ts';
import { eventually } from '../kit/eventually.ts';
import { card, give, MINUTE, openPaying, type Paid } from '../kit/paying.ts';
import { isRefused } from '../../schema/errors.ts';

type Lossy = 'createIntent' | 'cancelIntent' | 'refund' | 'intent';
const lost: Record<Lossy, number> = { createIntent: 0, cancelIntent: 0, refund: 0, intent: 0 };

/** The demo provider; the given number of its answers is lost. */
const losing = (shipped: PaymentProvider): PaymentProvider => {
  const lossy =
    <A extends unknown[], R>(name: Lossy, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const answer = await call(...args);
      if (lost[name]-- > 0) throw new ProviderUnavailable('the answer was lost');
      return answer;
    };
  return {
    ...shipped,
    createIntent: lossy('createIntent', shipped.createIntent),
    cancelIntent: lossy('cancelIntent', shipped.cancelIntent),
    refund: lossy('refund', shipped.refund),
    intent: lossy('intent', shipped.intent),
  };
};

let world: Paid;
before(async () => (world = await openPaying({ paymentProvider: losing })));
after(() => world[Symbol.asyncDispose]());

const lose = (name: Lossy, answers: number) => void (lost[name] = answers);
const count = (id: string, type: string) => world.noted(id).filter((each) => each === type).length;
const status = async (id: string) => (await world.asha.payment(id))!.status;
const intents = (reference: string) =>
  world.provider.log().filter((entry) => entry.type === 'intent.created' && entry.reference === reference).length;
const paymentsOf = async (orderId: string) => (await world.stores.payment()).payments.ofOrder(orderId);

test('a payment whose start was lost is started once by the same key', async () => {
  await world.owe('ord_begin');
  lose('createIntent', 1);
  assert.equal((await world.asha.start('ord_begin', 'CARD', 'key')).code, 'PROVIDER_UNAVAILABLE');
  const again = await world.asha.start('ord_begin', 'CARD', 'key');
  assert.equal(again.status, 'PROCESSING');
  assert.equal(intents(again.id), 1);
  assert.equal((await paymentsOf('ord_begin')).length, 1);
});

test('a payment that a crashed process did not open is opened by the same key once its claim of ten seconds is over', async () => {
  await world.owe('ord_crash');
  const { starts } = await world.stores.payment();
  const asking = {
    account: world.asha.id,
    key: 'key of the crash',
    traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
  };
  const started = await starts.forOrder('ord_crash', 'CARD', asking);
  assert.ok(!isRefused(started));
  const { id } = started.payment;
  const code = async () => (await world.asha.tryStart('ord_crash', 'CARD', asking.key)).errors?.[0]?.extensions['code'];
  assert.equal(await code(), 'IN_PROGRESS');
  world.clock.advance(10_000 - 1);
  assert.equal(await code(), 'IN_PROGRESS');
  assert.equal(intents(id), 0);
  world.clock.advance(1);
  assert.equal((await world.asha.start('ord_crash', 'CARD', asking.key)).id, id);
  assert.equal(intents(id), 1);
});

test('a payment whose start was lost for good is found by asking the provider, and cancelled once it is no longer needed', async () => {
  await world.owe('ord_found');
  lose('createIntent', 1);
  await world.asha.start('ord_found');
  const [{ id } = { id: '' }] = await paymentsOf('ord_found');
  assert.equal(await status(id), 'INITIATED');
  world.clock.advance(MINUTE);
  await eventually(async () => (await status(id)) === 'PROCESSING');
  assert.equal(intents(id), 1);
  await world.tell('order.closing', 'ord_found', { orderId: 'ord_found', because: 'CANCELLED' });
  await eventually(async () => (await status(id)) === 'CANCELLED');
});

test('a cancellation whose answer was lost is found by the next question', async () => {
  await world.owe('ord_cancel');
  const { id } = await world.asha.start('ord_cancel');
  lose('cancelIntent', 1);
  await world.tell('order.closing', 'ord_cancel', { orderId: 'ord_cancel', because: 'UNPAID' });
  await eventually(() => count(id, 'intent.cancelled') === 1);
  world.clock.advance(MINUTE);
  await eventually(async () => (await status(id)) === 'CANCELLED');
  assert.equal(count(id, 'intent.cancelled'), 1);
});

test('a refund whose answer was lost seven times is paid back once, stays visible meanwhile, and is not given up', async () => {
  await world.owe('ord_refund');
  const { id, pageUrl } = await world.asha.start('ord_refund');
  await give(pageUrl!, { card: card('SUCCESS') });
  await eventually(async () => (await status(id)) === 'SUCCEEDED');
  lose('refund', 7);
  const due = { orderId: 'ord_refund', refundId: 'rfd_lost', paymentId: id, amount: 389_700, currency: 'INR' };
  await world.tell('order.refund-due', 'ord_refund', { ...due, because: 'LATE' });
  for (let failures = 1; failures <= 7; failures++) {
    await eventually(async () => (await world.asha.refunds(id))[0]?.failures === failures);
    assert.equal((await world.asha.refunds(id))[0]!.status, 'DUE');
    world.clock.advance(60 * MINUTE);
  }
  await eventually(async () => (await status(id)) === 'REFUNDED');
  assert.equal(count(id, 'refund.made'), 1);
  await eventually(() => assert.equal(world.heard('payment.refunded', 'ord_refund').length, 1));
});

test('the provider is asked again about a payment without webhooks if the first question gets no answer', async () => {
  await world.owe('ord_silent');
  const { id, pageUrl } = await world.asha.start('ord_silent');
  await give(pageUrl!, { card: card('SILENT') });
  lose('intent', 1);
  world.clock.advance(MINUTE);
  await eventually(() => lost.intent === 0);
  assert.equal(await status(id), 'PROCESSING');
  world.clock.advance(2 * MINUTE);
  await eventually(async () => (await status(id)) === 'SUCCEEDED');
  await eventually(() => assert.equal(world.heard('payment.captured', 'ord_silent').length, 1));
});
