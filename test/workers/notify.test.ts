// The mails to travellers: one for each event, and the handling of mails that cannot be sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Log } from '../../infra/logging/log.ts';
import { type Letter, type Mail, Undeliverable } from '../../infra/partners/mail.ts';
import type { Order } from '../../subgraphs/order/rules/order.ts';
import { cancel } from '../../subgraphs/order/rules/cancellation.ts';
import { capture, close, confirmHold, paidBack, reject, released } from '../../subgraphs/order/rules/settling.ts';
import { eventually } from '../kit/eventually.ts';
import { failing } from '../kit/failing.ts';
import { again, caughtUp, once, orderWhen, paidOrder, placedOrder } from '../kit/ticketing.ts';
import { openWorld, type World } from '../kit/world.ts';

/** Replaces the adapter for order mails. */
const forOrders =
  (other: (shipped: Mail) => Mail) =>
  (shipped: Mail): Mail => ({
    ...shipped,
    send: (letter) => (letter.id.startsWith('ord_') ? other(shipped) : shipped).send(letter),
  });

/** The adapter, with a record of each order mail passed to it. */
function counting(letters: Letter[]) {
  return forOrders((shipped) => ({
    ...shipped,
    send: async (letter) => {
      letters.push(letter);
      await shipped.send(letter);
    },
  }));
}

interface MailOf {
  kind: string;
  state: string;
  sentAt: string | null;
}

const mailsOf = async (world: World, id: string) =>
  (await (await world.stores.order()).mails.ofOrders([id])).get(id) ?? [];

/** Resolves once the mail of this kind has this state. */
const mailIs = (world: World, id: string, kind: string, state: string): Promise<unknown> =>
  eventually(async () => {
    const mails = await mailsOf(world, id);
    if (!mails.some((mail) => mail.kind === kind && mail.state === state)) throw new Error(JSON.stringify(mails));
  });

test('a traveller gets a mail about the payment, and one with the tickets, each with its PDF and its address', async () => {
  await using world = await openWorld({ env: { PUBLIC_URL: 'https://fareloom.example/' } });
  const { id, who } = await paidOrder(world, null);
  const order = await once(world, id, 'TICKETED');
  await mailIs(world, id, 'TICKETED', 'SENT');
  await mailIs(world, id, 'PAID', 'SENT');
  const letters = await world.letters();
  assert.deepEqual([...letters.keys()].sort(), [`${id}.paid.eml`, `${id}.ticketed.eml`]);
  const mail = letters.get(`${id}.ticketed.eml`)!.replaceAll(/=\r?\n/g, '');
  assert.match(mail, /^To: asha\.rao@example\.com\r?$/m);
  for (const { number, token } of order.tickets) {
    assert.ok(mail.includes(`filename="e-ticket ${number}.pdf"`), number);
    assert.ok(mail.includes(`https://fareloom.example/tickets/${token}`), token);
  }
  assert.equal(mail.match(/^Content-Type: application\/pdf/gm)?.length, 3);
  const { data } = await who.ask<{ order: { mails: MailOf[] } }>(
    'query ($id: ID!) { order(id: $id) { mails { kind state sentAt } } }',
    { id },
  );
  assert.deepEqual(data.order.mails.map(({ kind, state }) => [kind, state]).sort(), [
    ['PAID', 'SENT'],
    ['TICKETED', 'SENT'],
  ]);
  assert.ok(data.order.mails.every(({ sentAt }) => sentAt !== null));
});

test('the mail about a refunded order has the amount', async () => {
  await using world = await openWorld();
  const { id } = await paidOrder(world, 'Asha TICKETREFUSED');
  const { refunds }: Order = await once(world, id, 'REFUNDING');
  const { orders } = await world.stores.order();
  const cause = { by: 'test' };
  await orders.change(id, (order) => paidBack(order, { refundId: refunds[0]!.id }), cause);
  await mailIs(world, id, 'REFUNDED', 'SENT');
  assert.match((await world.letters()).get(`${id}.refunded.eml`)!, /paid back 3897\.00 INR/);
});

/** The text of a mail, without line breaks. */
const textOf = async (world: World, file: string): Promise<string> =>
  (await world.letters())
    .get(file)!
    .replaceAll(/=\r?\n/g, '')
    .replaceAll('=E2=80=99', '’');

test('the mail about an order closed unpaid says that no payment arrived', async () => {
  await using world = await openWorld();
  const { id, orders } = await placedOrder(world);
  await orders.change(id, confirmHold, { by: 'test' });
  world.clock.advance(20 * 60_000);
  await orders.change(id, (order) => close(order, world.clock.now()), { by: 'test' });
  await orders.change(id, released, { by: 'test' });
  await mailIs(world, id, 'CLOSED', 'SENT');
  assert.match(await textOf(world, `${id}.closed.eml`), /We have received no payment for it/);
});

test('a payment of a wrong amount is mentioned in the mail when the order closes, and in the one when it is refunded', async () => {
  await using world = await openWorld();
  const { id, orders } = await placedOrder(world);
  const by = { by: 'test' };
  await orders.change(id, confirmHold, by);
  const wrong = { paymentId: 'pay_wrong', amount: 10_000, currency: 'INR' };
  await orders.change(id, (order) => capture(order, wrong, world.clock.now()), by);
  world.clock.advance(20 * 60_000);
  await orders.change(id, (order) => close(order, world.clock.now()), by);
  await orders.change(id, released, by);
  await mailIs(world, id, 'CLOSED', 'SENT');
  const closed = await textOf(world, `${id}.closed.eml`);
  assert.match(closed, /You have paid 100\.00 INR; we will pay it back/);
  assert.doesNotMatch(closed, /Nothing was charged|no payment/);
  const [{ id: refundId } = assert.fail()] = (await orders.byId(id))!.refunds;
  await orders.change(id, (order) => paidBack(order, { refundId }), by);
  await mailIs(world, id, 'PARTLY_REFUNDED', 'SENT');
  const back = await textOf(world, `${id}.partly_refunded.${refundId}.eml`);
  assert.match(back, /we have paid back 100\.00 INR[^]*amount differs from the order’s 3897\.00 INR/);
});

test('the mail about an order rejected after payment says that the money is refunded', async () => {
  await using world = await openWorld();
  const { id, orders } = await placedOrder(world);
  const by = { by: 'test' };
  const early = { paymentId: 'pay_early', amount: 389_700, currency: 'INR' };
  await orders.change(id, (order) => capture(order, early, world.clock.now()), by);
  await orders.change(id, (order) => paidBack(order, { refundId: order.refunds[0]!.id }), by);
  await orders.change(id, (order) => reject(order, { because: 'SOLD_OUT' }), by);
  await mailIs(world, id, 'REJECTED', 'SENT');
  assert.match(await textOf(world, `${id}.rejected.eml`), /You had paid 3897\.00 INR; we have paid it back/);
  await mailIs(world, id, 'PARTLY_REFUNDED', 'SENT');
});

test('each partial refund has its own mail with amount, fee and names, which is deleted with the account', async () => {
  await using world = await openWorld();
  const { id, who } = await paidOrder(world, null);
  const { travellers } = await once(world, id, 'TICKETED');
  const { orders } = await world.stores.order();
  const by = { by: 'test' };
  for (const type of ['INFANT', 'CHILD'] as const) {
    const goes = travellers.filter((each) => each.type === type).map((each) => each.id);
    await orders.change(id, (order) => cancel(order, goes, null, world.clock.now()), by);
    const ready = await orderWhen(world, id, ({ refunds }) => refunds.some(({ state }) => state === 'DUE'));
    const refundId = ready.refunds.find(({ state }) => state === 'DUE')!.id;
    await orders.change(id, (order) => paidBack(order, { refundId }), by);
  }
  await eventually(async () => (await mailsOf(world, id)).filter(({ state }) => state === 'SENT').length === 4);
  const [first, second] = (await orders.byId(id))!.refunds;
  const ofInfant = await textOf(world, `${id}.partly_refunded.${first!.id}.eml`);
  assert.match(ofInfant, /paid back 7\.50 INR[^]*cancelled \(Mira Rao\), less the fee of 2\.50 INR/);
  const ofChild = await textOf(world, `${id}.partly_refunded.${second!.id}.eml`);
  assert.match(ofChild, /paid back 56\.25 INR[^]*cancelled \(Kabir Rao\), less the fee of 18\.75 INR/);
  const { accounts } = await world.stores.account();
  await accounts.erase(who.id);
  await eventually(async () => (await world.letters()).size === 0);
});

test('fifty deliveries of order.paid make one mail', async () => {
  const letters: Letter[] = [];
  await using world = await openWorld({ mail: counting(letters) });
  const { id } = await paidOrder(world);
  await again(world, 'order.paid', id, 50);
  await mailIs(world, id, 'PAID', 'SENT');
  await caughtUp(world, 'notify');
  assert.equal(letters.filter((letter) => letter.id === `${id}.paid`).length, 1);
});

test('if the worker dies after sending a mail, the mail is sent once more with the same Message-ID, and no third time', async () => {
  const letters: Letter[] = [];
  await using world = await openWorld({ mail: counting(letters) });
  const { mails } = await world.stores.order();
  const { sent } = mails;
  let died = false;
  mails.sent = async (mail) => {
    if (died) return sent(mail);
    died = true;
    throw new Error('the process died here, as the test wants it');
  };
  const { id } = await paidOrder(world, 'Asha TICKETFAILS'); // no other mail is sent
  await eventually(() => died);
  await caughtUp(world, 'notify');
  assert.equal((await mailsOf(world, id))[0]!.state, 'DUE');
  world.clock.advance(2 * 60_000);
  await mailIs(world, id, 'PAID', 'SENT');
  assert.deepEqual(
    letters.map((letter) => letter.id),
    [`${id}.paid`, `${id}.paid`],
  );
  assert.deepEqual([...(await world.letters()).keys()], [`${id}.paid.eml`]);
});

test('an unavailable mail server is retried until it is back', async () => {
  let tries = 0;
  const away = () => tries++ < 3;
  await using world = await openWorld({ mail: forOrders((shipped) => failing(shipped, 'send', away)) });
  const { id } = await paidOrder(world, 'Asha TICKETFAILS');
  await eventually(async () => (await mailsOf(world, id))[0]?.tries === 1);
  assert.deepEqual([(await mailsOf(world, id))[0]!.state, (await world.letters()).size], ['DUE', 0]);
  await eventually(async () => {
    world.clock.advance(1000);
    return (await mailsOf(world, id))[0]!.state === 'SENT';
  });
  assert.equal(tries, 4);
});

test('a mail to an address that accepts none is given up, and the order shows it', async () => {
  const never = () => new Undeliverable('SMTP 550');
  await using world = await openWorld({ mail: forOrders((shipped) => failing(shipped, 'send', () => true, never)) });
  const { id } = await paidOrder(world);
  await mailIs(world, id, 'PAID', 'NOT_SENT');
  assert.deepEqual((await mailsOf(world, id)).find(({ kind }) => kind === 'PAID')!.tries, 1);
});

test('names of travellers are only in the mail: no log and no event has them', async () => {
  const lines: string[] = [];
  const take = (message: string, fields: object = {}): void => {
    const error = 'error' in fields && fields.error instanceof Error ? fields.error.stack : '';
    lines.push(`${message} ${JSON.stringify(fields)} ${error}`);
  };
  const log: Log = { debug: take, info: take, warn: take, error: take, child: () => log };
  let sent = 0;
  const flaky = forOrders((shipped) => failing(shipped, 'send', () => sent++ === 0));
  await using world = await openWorld({ log, mail: flaky });
  const events: string[] = [];
  await world.wiring.bus.subscribe({ group: 'test', topics: ['orders'], max: 10, linger: 0 }, async (deliveries) => {
    events.push(...deliveries.map(({ value }) => value!));
  });
  const { id } = await paidOrder(world, 'Zebedee TICKETCUT');
  await once(world, id, 'TICKETED');
  await mailIs(world, id, 'TICKETED', 'SENT');
  assert.ok(
    lines.some((line) => line.includes('order mail failed; will retry')) && events.length > 2,
    'the log and the events are not empty',
  );
  for (const text of [...lines, ...events]) assert.doesNotMatch(text, /zebedee|asha\.rao@/i);
});
