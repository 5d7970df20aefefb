// What travellers are told by mail, once each, and what becomes of a mail that does not go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Log } from '../../infra/log.ts';
import { type Letter, type Mail, Undeliverable } from '../../infra/mail.ts';
import type { Order } from '../../subgraphs/order/order.ts';
import { paidBack } from '../../subgraphs/order/settling.ts';
import { eventually } from '../eventually.ts';
import { failing } from '../failing.ts';
import { again, caughtUp, once, paidOrder } from '../ticketing.ts';
import { openWorld, type World } from '../world.ts';

/** The adapter, and each letter that was handed to it. */
function counting(letters: Letter[]) {
  return (shipped: Mail): Mail => ({
    ...shipped,
    send: async (letter) => {
      letters.push(letter);
      await shipped.send(letter);
    },
  });
}

interface MailOf {
  kind: string;
  state: string;
  sentAt: string | null;
}

const mailsOf = async (world: World, id: string) =>
  (await (await world.rooms.order()).mails.ofOrders([id])).get(id) ?? [];

/** Resolves once the mail of this kind is in the state. */
const mailIs = (world: World, id: string, kind: string, state: string): Promise<unknown> =>
  eventually(async () => {
    const mails = await mailsOf(world, id);
    if (!mails.some((mail) => mail.kind === kind && mail.state === state)) throw new Error(JSON.stringify(mails));
  });

test('a traveller is told of the payment and gets the tickets, each with its PDF and its address', async () => {
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

test('an order that is refunded says how much is back', async () => {
  await using world = await openWorld();
  const { id } = await paidOrder(world, 'Asha TICKETREFUSED');
  const { refunds }: Order = await once(world, id, 'REFUNDING');
  const { orders } = await world.rooms.order();
  const cause = { by: 'test', now: world.clock.now() };
  await orders.change(id, (order) => paidBack(order, { refundId: refunds[0]!.id }), cause);
  await mailIs(world, id, 'REFUNDED', 'SENT');
  assert.match((await world.letters()).get(`${id}.refunded.eml`)!, /paid back 3897\.00 INR/);
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

test('a mail whose sender died after it went goes once more under the same name, and no third time', async () => {
  const letters: Letter[] = [];
  await using world = await openWorld({ mail: counting(letters) });
  const { mails } = await world.rooms.order();
  const { sent } = mails;
  let died = false;
  mails.sent = async (mail, now) => {
    if (died) return sent(mail, now);
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

test('a mail server that is away is tried again until it is back', async () => {
  let tries = 0;
  const away = () => tries++ < 3;
  await using world = await openWorld({ mail: (shipped) => failing(shipped, 'send', away) });
  const { id } = await paidOrder(world, 'Asha TICKETFAILS');
  await eventually(async () => (await mailsOf(world, id))[0]?.tries === 1);
  assert.deepEqual([(await mailsOf(world, id))[0]!.state, (await world.letters()).size], ['DUE', 0]);
  await eventually(async () => {
    world.clock.advance(1000);
    return (await mailsOf(world, id))[0]!.state === 'SENT';
  });
  assert.equal(tries, 4);
});

test('a mail to an address that takes none is given up, and the order shows it', async () => {
  const never = () => new Undeliverable('SMTP 550');
  await using world = await openWorld({ mail: (shipped) => failing(shipped, 'send', () => true, never) });
  const { id } = await paidOrder(world);
  await mailIs(world, id, 'PAID', 'NOT_SENT');
  assert.deepEqual((await mailsOf(world, id)).find(({ kind }) => kind === 'PAID')!.tries, 1);
});

test('who travels is in the mail alone: no log and no event names them', async () => {
  const lines: string[] = [];
  const take = (message: string, fields: object = {}): void => {
    const error = 'error' in fields && fields.error instanceof Error ? fields.error.stack : '';
    lines.push(`${message} ${JSON.stringify(fields)} ${error}`);
  };
  const log: Log = { debug: take, info: take, warn: take, error: take, child: () => log };
  let sent = 0;
  const flaky = (shipped: Mail) => failing(shipped, 'send', () => sent++ === 0);
  await using world = await openWorld({ log, mail: flaky });
  const events: string[] = [];
  await world.wiring.bus.subscribe({ group: 'test', topics: ['orders'], max: 10, linger: 0 }, async (deliveries) => {
    events.push(...deliveries.map(({ value }) => value!));
  });
  const { id } = await paidOrder(world, 'Zebedee TICKETCUT');
  await once(world, id, 'TICKETED');
  await mailIs(world, id, 'TICKETED', 'SENT');
  assert.ok(
    lines.some((line) => line.includes('will be sent again')) && events.length > 2,
    'there was something to see',
  );
  for (const text of [...lines, ...events]) assert.doesNotMatch(text, /zebedee|asha\.rao@/i);
});
