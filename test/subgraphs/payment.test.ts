// The payment subgraph with its provider: every test card, refunds and wallets, seen from outside and in the provider's log.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '../kit/eventually.ts';
import { card, give, MINUTE, openPaying, type Paid, payer } from '../kit/paying.ts';
import { paymentChecks } from '../../subgraphs/payment/store/checks-store.ts';
import { signedUp } from '../kit/person.ts';

let world: Paid;
before(async () => (world = await openPaying()));
after(() => world[Symbol.asyncDispose]());

let orders = 0;
const newOrder = () => `ord_${++orders}`;

/** An unpaid order, with a card entered on the provider's page. */
async function paidWith(behaviour: Parameters<typeof card>[0]) {
  const orderId = newOrder();
  await world.owe(orderId);
  const started = await world.asha.start(orderId);
  assert.equal(started.status, 'PROCESSING');
  const answered = await give(started.pageUrl!, { card: card(behaviour) });
  return { orderId, id: started.id, pageUrl: started.pageUrl!, answered };
}

const until = (id: string, status: string) =>
  eventually(async () => {
    const payment = (await world.asha.payment(id))!;
    assert.equal(payment.status, status);
    return payment;
  });

const amounts = (orderId: string) => world.heard('payment.captured', orderId).map(({ amount }) => amount);
const captured = (orderId: string, amount = 389_700) => eventually(() => assert.deepEqual(amounts(orderId), [amount]));
const count = (id: string, type: string) => world.noted(id).filter((each) => each === type).length;

/** A new account whose wallet holds this amount. */
async function wealthy(email: string, amount: string, currency = 'INR') {
  const somebody = await signedUp(world, email);
  const own = payer(world, somebody);
  const { pageUrl } = await own.topUp(amount, currency);
  await give(pageUrl!, { card: card('SUCCESS') });
  await eventually(async () => (await own.wallets()).length === 1);
  return { id: somebody.id, ...own };
}

describe('the payment page', () => {
  const pageOf = async (pageUrl: string | null) => (await fetch(pageUrl!)).text();

  test("shows the order's number and its flights, also for a later payment of the order", async () => {
    const orderId = newOrder();
    const flight = { carrier: '6E', flightNumber: '2131', origin: 'DEL', destination: 'BLR' };
    const back = { carrier: 'XX', flightNumber: null, origin: 'BLR', destination: 'DEL' };
    const flights = [
      { ...flight, departure: '2026-03-24T22:20:00+05:30' },
      { ...back, departure: '2026-03-29T06:05:00+05:30' },
    ];
    await world.owe(orderId, { bought: { number: '0X4-7QK-M2D', flights } });
    for (const key of ['first', 'second']) {
      const page = await pageOf((await world.asha.start(orderId, 'CARD', `${orderId} ${key}`)).pageUrl);
      const lines = [
        'Order 0X4-7QK-M2D',
        'IndiGo 6E 2131: Delhi to Bengaluru, Tue 24 Mar 2026, 22:20 (UTC+05:30)',
        'XX: Bengaluru to Delhi, Sun 29 Mar 2026, 06:05 (UTC+05:30)',
      ];
      assert.ok(page.includes(`>${lines.join('\n')}<`), page);
    }
  });

  test('says that a top-up is one', async () => {
    const { pageUrl } = await world.asha.topUp('100.00', 'INR', 'a top-up to look at');
    assert.match(await pageOf(pageUrl), />Top-up of your wallet</);
  });

  test('accepts a card for an order of release 0.1.0, which has no description', async () => {
    const { id, pageUrl } = await paidWith('SUCCESS');
    await until(id, 'SUCCEEDED');
    const page = await pageOf(pageUrl);
    assert.match(page, /INR\u00a03,897\.00/);
    assert.doesNotMatch(page, /null|undefined/);
  });
});

describe('a card', () => {
  test('that is accepted is charged once, and the order subgraph is notified', async () => {
    const { orderId, id, answered, pageUrl } = await paidWith('SUCCESS');
    assert.equal(answered, 303);
    const payment = await until(id, 'SUCCEEDED');
    assert.deepEqual(payment.captured, { amount: '3897.00', currency: 'INR' });
    assert.equal(payment.pageUrl, null);
    await captured(orderId);
    assert.equal(world.heard('payment.captured', orderId)[0]!.paymentId, id);
    for (const trace of world.traces(orderId)) assert.match(trace ?? 'none', /^00-[0-9a-f]{32}-/);
    assert.deepEqual(world.noted(id).slice(0, 4), ['intent.created', 'card.given', 'intent.captured', 'webhook.due']);
    assert.match(await (await fetch(pageUrl)).text(), /<h1>Paid<\/h1>/);
  });

  test('that is declined fails the payment, and another payment can succeed', async () => {
    const { orderId, id } = await paidWith('DECLINE');
    const { failure } = await until(id, 'FAILED');
    assert.equal(failure, 'CARD_DECLINED');
    await eventually(() => assert.equal(world.heard('payment.failed', orderId)[0]?.paymentId, id));
    const second = await world.asha.start(orderId, 'CARD', `${orderId} again`);
    assert.notEqual(second.id, id);
    await give(second.pageUrl!, { card: card('SUCCESS') });
    await until(second.id, 'SUCCEEDED');
    await captured(orderId);
  });

  test('that is challenged is charged after one more step, and not without it', async () => {
    const { orderId, id, pageUrl } = await paidWith('CHALLENGE');
    assert.match(await (await fetch(pageUrl)).text(), /Is it you\?/);
    assert.equal(count(id, 'intent.captured'), 0);
    await give(pageUrl, { challenge: 'pass' });
    await until(id, 'SUCCEEDED');
    await captured(orderId);
    const other = await paidWith('CHALLENGE');
    await give(other.pageUrl, { challenge: 'fail' });
    assert.equal((await until(other.id, 'FAILED')).failure, 'CHALLENGE_FAILED');
  });

  test('whose answer is cut off is charged once, and its refund is paid once', async () => {
    const { orderId, id, answered } = await paidWith('CUT');
    assert.equal(answered, null, 'the browser gets no answer');
    await captured(orderId);
    await refundDue(orderId, id, 389_700, 'rfd_cut');
    await eventually(() => count(id, 'refund.made') === 1);
    assert.equal(
      (await world.asha.payment(id))!.status,
      'REFUND_PENDING',
      'the refund is paid, but its answer was lost',
    );
    world.clock.advance(1000);
    await until(id, 'REFUNDED');
    assert.equal(count(id, 'refund.made'), 1);
  });

  test('that is charged after the deadline is reported to the order subgraph, although the payment was cancelled', async () => {
    const { orderId, id } = await paidWith('LATE');
    await world.tell('order.closing', orderId, { orderId, because: 'UNPAID' });
    await until(id, 'CANCELLED');
    assert.equal(count(id, 'intent.cancelled'), 1);
    world.clock.advance(20 * MINUTE);
    await until(id, 'SUCCEEDED');
    await captured(orderId);
  });

  test('whose webhook arrives twice has one effect', async () => {
    const { orderId, id } = await paidWith('TWICE');
    await eventually(() => count(id, 'webhook.tried') === 2);
    await captured(orderId);
    assert.equal(count(id, 'webhook.due'), 1, 'both have the same id');
  });

  test('whose webhook arrives before the answer is paid by the time of the answer', async () => {
    const { id, orderId } = await paidWith('EARLY');
    assert.equal((await world.asha.payment(id))!.status, 'SUCCEEDED');
    await captured(orderId);
  });

  test('that is charged too little shows the captured amount, and the order subgraph gets it, too', async () => {
    const { orderId, id } = await paidWith('WRONG_AMOUNT');
    await captured(orderId, 389_600);
    const payment = await until(id, 'SUCCEEDED');
    assert.deepEqual([payment.amount.amount, payment.captured!.amount], ['3897.00', '3896.00']);
  });

  test('whose webhook never arrives is found by asking the provider', async () => {
    const { orderId, id } = await paidWith('SILENT');
    assert.equal(count(id, 'webhook.due'), 0);
    assert.equal((await world.asha.payment(id))!.status, 'PROCESSING');
    world.clock.advance(MINUTE);
    await until(id, 'SUCCEEDED');
    await captured(orderId);
  });

  test('with an unknown number is refused on the page, and the payment waits for another card', async () => {
    const orderId = newOrder();
    await world.owe(orderId);
    const { id, pageUrl } = await world.asha.start(orderId);
    assert.equal(await give(pageUrl!, { card: '1234' }), 422);
    const html = await (await fetch(pageUrl!)).text();
    assert.doesNotMatch(html, /<script|<link|<img|src=/);
    assert.match(html, /INR\u00a03,897\.00/);
    assert.equal((await world.asha.payment(id))!.status, 'PROCESSING');
  });
});

const refundDue = async (orderId: string, paymentId: string, amount: number, refundId: string) => {
  const due = { orderId, refundId, paymentId, amount, currency: 'INR', because: 'CANCELLED' };
  const told = await world.tell('order.refund-due', orderId, due);
  await world.followed();
  return told;
};

describe('a payment', () => {
  test('is refused with a reason if the order is unknown, not payable yet, or no longer payable', async () => {
    const code = async (orderId: string) =>
      (await world.asha.start(orderId, 'CARD', `${orderId} ${Math.random()}`)).code;
    assert.equal(await code('ord_unknown'), 'NOT_FOUND');
    const others = newOrder();
    await world.owe(others, { account: 'acc_other' });
    assert.equal(await code(others), 'NOT_FOUND');
    const placed = newOrder();
    await world.owe(placed, { isReady: false });
    assert.equal(await code(placed), 'NOT_READY');
    const closed = newOrder();
    await world.owe(closed);
    await world.tell('order.rejected', closed, { orderId: closed, because: 'SOLD_OUT' });
    await world.followed();
    assert.equal(await code(closed), 'NOT_PAYABLE');
    const { orderId, id } = await paidWith('SUCCESS');
    await until(id, 'SUCCEEDED');
    assert.equal(await code(orderId), 'ALREADY_PAID');
    const late = newOrder();
    await world.owe(late);
    world.clock.advance(15 * MINUTE);
    assert.equal(await code(late), 'NOT_PAYABLE');
  });

  test('is started once for a key; the key with another order is a conflict', async () => {
    const [one, other] = [newOrder(), newOrder()];
    await world.owe(one);
    await world.owe(other);
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.asha.tryStart(one, 'CARD', 'the key')));
    const ids = new Set(answers.flatMap(({ data }) => data?.result?.id ?? []));
    assert.equal(ids.size, 1);
    for (const { errors, data } of answers)
      assert.ok(data?.result || errors?.[0]?.extensions['code'] === 'IN_PROGRESS');
    assert.equal(count([...ids][0]!, 'intent.created'), 1);
    const conflict = await world.asha.tryStart(other, 'CARD', 'the key');
    assert.equal(conflict.errors?.[0]?.extensions['code'], 'IDEMPOTENCY_CONFLICT');
    for (const key of ['', 'x'.repeat(256), 'the key '])
      assert.equal((await world.asha.tryStart(one, 'CARD', key)).errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
  });

  test('of another account is not found by any path', async () => {
    const { id } = await paidWith('SUCCESS');
    const ben = payer(world, await signedUp(world, 'ben@example.com'));
    assert.equal(await ben.payment(id), null);
    const operator = payer(world, await signedUp(world, 'operator@example.com', 'OPERATOR'));
    world.clock.advance(10_000); // until the new role takes effect
    assert.equal((await operator.payment(id))?.id, id);
  });

  test('that is decided shows the time of that decision, and the provider is not asked about it again', async () => {
    const { payments } = await world.stores.payment();
    const ids: string[] = [];
    for (const [behaviour, status] of [
      ['SUCCESS', 'SUCCEEDED'],
      ['DECLINE', 'FAILED'],
    ] as const) {
      const { id } = await paidWith(behaviour);
      const { decidedAt } = await until(id, status);
      assert.equal(decidedAt, world.clock.now().toISOString(), status);
      ids.push(id);
    }
    world.clock.advance(MINUTE); // an open payment is due by then
    const due = await payments.due(1000);
    assert.deepEqual(ids.filter((id) => due.includes(id)), []); // prettier-ignore
  });

  test('that is no longer needed because another has paid is cancelled at the provider', async () => {
    const orderId = newOrder();
    await world.owe(orderId);
    const [one, other] = [
      await world.asha.start(orderId, 'CARD', 'tab 1'),
      await world.asha.start(orderId, 'CARD', 'tab 2'),
    ];
    await give(one.pageUrl!, { card: card('SUCCESS') });
    await until(one.id, 'SUCCEEDED');
    await world.tell('order.paid', orderId, { orderId, paymentId: one.id });
    await until(other.id, 'CANCELLED');
    assert.equal(await give(other.pageUrl!, { card: card('SUCCESS') }), 303);
    assert.equal(count(other.id, 'intent.captured'), 0);
  });
});

describe('a refund', () => {
  test('is paid once, however often it is requested, and in parts if it is due in parts', async () => {
    const { orderId, id } = await paidWith('SUCCESS');
    await captured(orderId);
    await refundDue(orderId, id, 100_000, 'rfd_a');
    await refundDue(orderId, id, 100_000, 'rfd_a');
    await until(id, 'REFUNDED');
    await refundDue(orderId, id, 289_700, 'rfd_b');
    await eventually(async () => (await world.asha.payment(id))!.refunded!.amount === '3897.00');
    assert.equal(count(id, 'refund.made'), 2);
    await eventually(() =>
      assert.deepEqual(
        world.heard('payment.refunded', orderId).map(({ refundId, amount }) => `${refundId} ${amount}`),
        ['rfd_a 100000', 'rfd_b 289700'],
      ),
    );
    assert.deepEqual(
      (await world.asha.refunds(id)).map(({ id: refund, status }) => `${refund} ${status}`),
      ['rfd_a PAID_BACK', 'rfd_b PAID_BACK'],
    );
  });

  test('of more than the captured amount is stored as REFUSED, and nothing is paid', async () => {
    const { orderId, id } = await paidWith('SUCCESS');
    await captured(orderId);
    await refundDue(orderId, id, 389_701, 'rfd_more');
    assert.equal((await world.asha.refunds(id))[0]!.status, 'REFUSED');
    assert.equal(count(id, 'refund.made'), 0);
    assert.equal((await world.asha.payment(id))!.status, 'SUCCEEDED');
  });
});

describe('a wallet', () => {
  test('is topped up by card, pays an order at once, and receives its refund', async () => {
    const rich = await wealthy('rich@example.com', '5000.00');
    const orderId = newOrder();
    await world.owe(orderId, { account: rich.id });
    const paid = await rich.start(orderId, 'WALLET');
    assert.deepEqual([paid.status, paid.pageUrl, paid.captured!.amount], ['SUCCEEDED', null, '3897.00']);
    await captured(orderId);
    assert.equal(world.heard('payment.captured', orderId)[0]!.method, 'WALLET');
    await refundDue(orderId, paid.id, 300_000, 'rfd_wallet');
    await eventually(async () =>
      assert.deepEqual(await rich.wallets(), [
        { currency: 'INR', balance: '4103.00', entries: ['REFUND 3000.00', 'PAYMENT -3897.00', 'TOP_UP 5000.00'] },
      ]),
    );
    assert.equal(world.heard('payment.refunded', orderId)[0]!.amount, 300_000);
  });

  test('with too little, or in another currency, pays nothing and is unchanged', async () => {
    const poor = await wealthy('poor@example.com', '3896.99');
    const orderId = newOrder();
    await world.owe(orderId, { account: poor.id });
    assert.equal((await poor.start(orderId, 'WALLET')).code, 'INSUFFICIENT_FUNDS');
    const inYen = newOrder();
    await world.owe(inYen, { account: poor.id, amount: 1, currency: 'JPY' });
    assert.equal((await poor.start(inYen, 'WALLET')).code, 'INSUFFICIENT_FUNDS');
    assert.deepEqual(
      (await poor.wallets()).map(({ balance }) => balance),
      ['3896.99'],
    );
    assert.deepEqual(amounts(orderId), []);
  });

  test('is topped up once for a key, and never by zero, a negative amount, or more decimals than the currency has', async () => {
    const { asha } = world;
    const [one, again] = [await asha.topUp('12.50', 'INR', 'once'), await asha.topUp('12.50', 'INR', 'once')];
    assert.equal(one.id, again.id);
    const conflict = await asha.tryTopUp('12.51', 'INR', 'once');
    assert.equal(conflict.errors?.[0]?.extensions['code'], 'IDEMPOTENCY_CONFLICT');
    for (const [amount, currency] of [
      ['0', 'INR'],
      ['-1', 'INR'],
      ['1.5', 'JPY'],
      ['10000000.01', 'INR'],
    ] as const)
      assert.equal((await asha.topUp(amount, currency, `${amount} ${currency}`)).code, 'INVALID_AMOUNT');
  });

  test('receives the captured amount, even if it differs from the requested one', async () => {
    const somebody = payer(world, await signedUp(world, 'wrong@example.com'));
    const { pageUrl } = await somebody.topUp('20.00');
    await give(pageUrl!, { card: card('WRONG_AMOUNT') });
    await eventually(async () =>
      assert.deepEqual(
        (await somebody.wallets()).map(({ balance }) => balance),
        ['19.00'],
      ),
    );
  });

  test('can no longer receive a top-up that was not paid within an hour', async () => {
    const { id, pageUrl } = await world.asha.topUp('30.00', 'INR', 'forgotten');
    world.clock.advance(60 * MINUTE);
    await eventually(() => count(id, 'intent.cancelled') === 1);
    assert.equal(await give(pageUrl!, { card: card('SUCCESS') }), 303);
    assert.equal(count(id, 'intent.captured'), 0);
  });
});

test('all consistency checks of payments, refunds, wallets and webhooks pass after the tests above', async () => {
  const { db } = await world.stores.payment();
  for (const { name, find } of paymentChecks(db, world.clock.now())) {
    const { rows, offending } = await find();
    assert.deepEqual(offending, [], name);
    if (name === 'payment: refunds') assert.ok(rows > 15);
    if (name === 'payment: wallets') assert.ok(rows >= 3);
  }
});
