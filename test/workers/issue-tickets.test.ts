// Exactly one ticket per traveller, or none and a refund, whatever is repeated, fails or gets lost on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TicketIssuer } from '../../infra/partners/ticket-issuer.ts';
import { event } from '../../schema/events.ts';
import { cancel } from '../../subgraphs/order/rules/cancellation.ts';
import {
  isGivenUp,
  MOST_TRIES,
  stopTrying,
  takeTickets,
  tryLater,
} from '../../subgraphs/order/rules/ticketing-retries.ts';
import { isRefused } from '../../schema/errors.ts';
import type { Order } from '../../subgraphs/order/rules/order.ts';
import { failing } from '../kit/failing.ts';
import { again, caughtUp, issuedTo, once, orderOf, orderWhen, paidOrder } from '../kit/ticketing.ts';
import { openWorld, type World } from '../kit/world.ts';

const travellersOf = (order: Order): string[] => order.travellers.map(({ id }) => id).sort();
const unreachable = () => Object.assign(new Error('away'), { code: 'ECONNREFUSED' });

/** The numbers of the valid tickets in the issuer's log. */
async function goodNumbers(world: World): Promise<string[]> {
  const log = await world.issued();
  const voided = new Set(log.flatMap((entry) => (entry.did === 'VOIDED' ? entry.number : [])));
  return log.flatMap((entry) => (entry.did === 'ISSUED' && !voided.has(entry.number) ? entry.number : [])).sort();
}

test('each traveller of a paid order gets one ticket, with the number that the issuer gave it', async () => {
  await using world = await openWorld();
  const { id } = await paidOrder(world, null);
  const order = await once(world, id, 'TICKETED');
  assert.equal(order.travellers.length, 3);
  assert.deepEqual(await issuedTo(world), travellersOf(order));
  assert.deepEqual(order.tickets.map(({ number }) => number).sort(), await goodNumbers(world));
  assert.ok(order.tickets.every(({ number }) => /^312-\d{10}$/.test(number)));
  assert.equal(new Set(order.tickets.map(({ token }) => token)).size, 3);
});

test('fifty deliveries of order.paid make one ticket per traveller', async () => {
  await using world = await openWorld();
  const { id } = await paidOrder(world, null);
  await again(world, 'order.paid', id, 50);
  const order = await once(world, id, 'TICKETED');
  await caughtUp(world, 'issue-tickets');
  assert.deepEqual(await issuedTo(world), travellersOf(order));
  assert.deepEqual((await orderOf(world, id)).tickets, order.tickets);
});

test('tickets whose reply was lost are found again, not issued again', async () => {
  await using world = await openWorld();
  const { id } = await paidOrder(world, 'Asha TICKETCUT');
  const order = await once(world, id, 'TICKETED');
  assert.ok(world.clock.now().getTime() > Date.parse('2026-03-01T12:00:00Z'), 'it had to be asked again later');
  assert.deepEqual(await issuedTo(world), travellersOf(order));
});

test('an unavailable issuer is retried until it is back', async () => {
  let away = true;
  const ticketIssuer = (shipped: TicketIssuer) => failing(shipped, 'issue', () => away, unreachable);
  await using world = await openWorld({ ticketIssuer });
  const { id } = await paidOrder(world);
  await orderWhen(world, id, ({ ticketingTries }) => ticketingTries === 1);
  assert.equal((await orderOf(world, id)).status, 'PAID');
  away = false;
  const order = await once(world, id, 'TICKETED');
  assert.deepEqual(await issuedTo(world), travellersOf(order));
});

test('if a process dies between the issuer’s answer and its own commit, the next one takes the same tickets', async () => {
  await using world = await openWorld();
  const { orders } = await world.stores.order();
  const { change } = orders;
  let died = false;
  orders.change = async (...args) => {
    if (!died && (await issuedTo(world)).length) {
      died = true;
      throw new Error('the process died here, as the test wants it');
    }
    return change(...args);
  };
  const { id } = await paidOrder(world, null);
  const order = await once(world, id, 'TICKETED');
  assert.ok(died);
  assert.deepEqual(await issuedTo(world), travellersOf(order));
});

test('a final refusal of the issuer takes effect at once: nothing is issued and the whole amount is refunded', async () => {
  await using world = await openWorld();
  const { id } = await paidOrder(world, 'Asha TICKETREFUSED');
  const order = await once(world, id, 'REFUNDING');
  assert.deepEqual(await issuedTo(world), []);
  assert.deepEqual(
    order.refunds.map(({ amount, because }) => [amount, because]),
    [[389_700, 'TICKETING_FAILED']],
  );
  assert.ok(
    (await world.issued()).some(({ did }) => did === 'CLOSED'),
    'and none can be issued later',
  );
});

test('an order whose travellers are deleted before ticketing is refunded', async () => {
  await using world = await openWorld({
    ticketIssuer: (shipped) => failing(shipped, 'issue', () => true, unreachable),
  });
  const { id, who } = await paidOrder(world);
  await orderWhen(world, id, ({ ticketingTries }) => ticketingTries === 1);
  const { orders } = await world.stores.order();
  const now = world.clock.now();
  const deleted = event(
    'account.deleted',
    { source: '/account', subject: who.id, sequence: 1, now },
    { accountId: who.id },
  );
  await orders.forget(who.id, { consumer: 'test', event: deleted });
  assert.equal((await once(world, id, 'REFUNDING')).refunds.length, 1);
  assert.deepEqual(await issuedTo(world), []);
});

test('after the last attempt the issuer first voids what it may have issued, then the money is refunded', async () => {
  const seen: string[] = [];
  const cut = (shipped: TicketIssuer): TicketIssuer => ({
    ...shipped,
    async issue(what) {
      await shipped.issue(what);
      throw unreachable(); // the tickets exist, but the reply is lost
    },
    async void(...args) {
      const { orders } = await world.stores.order();
      seen.push((await orders.byId(args[0]))!.status);
      return shipped.void(...args);
    },
  });
  await using world = await openWorld({ ticketIssuer: cut });
  const { id } = await paidOrder(world, null);
  const order = await once(world, id, 'REFUNDING');
  assert.deepEqual(seen, ['PAID'], 'the order was still PAID when it was voided');
  assert.deepEqual([order.tickets, order.refunds.length], [[], 1]);
  assert.deepEqual([(await issuedTo(world)).length, await goodNumbers(world)], [3, []]);
});

test('no money is refunded while the issuer cannot void', async () => {
  let away = true;
  const ticketIssuer = (shipped: TicketIssuer) => failing(shipped, 'void', () => away, unreachable);
  await using world = await openWorld({ ticketIssuer });
  const { id } = await paidOrder(world, 'Asha TICKETREFUSED');
  await orderWhen(world, id, ({ ticketingTries }) => ticketingTries > MOST_TRIES);
  assert.equal((await orderOf(world, id)).status, 'PAID');
  away = false;
  assert.equal((await once(world, id, 'REFUNDING')).refunds.length, 1);
});

test('of an attempt that has tickets and one that gives up, one wins: never both tickets and a refund', async () => {
  await using world = await openWorld({
    ticketIssuer: (shipped) => failing(shipped, 'issue', () => true, unreachable),
  });
  const { id } = await paidOrder(world);
  const order = await orderWhen(world, id, ({ ticketingTries }) => ticketingTries === 1);
  const now = world.clock.now();
  const issued = [{ traveller: order.travellers[0]!.id, number: '312-2400000001', token: 'x'.repeat(32) }];

  const given = stopTrying(order, now);
  assert.ok('next' in given && isGivenUp(given.next));
  assert.ok(isRefused(takeTickets(given.next, issued, now)));

  const taken = takeTickets(order, issued, now);
  assert.ok('next' in taken && taken.next.status === 'TICKETED');
  assert.ok(isRefused(stopTrying(taken.next, now)));
  assert.ok(isRefused(tryLater(taken.next, taken.next, now)));
  const later = { ...order, version: order.version + 1 };
  assert.ok(isRefused(tryLater(later, order, now)), 'two attempts that fail together count as one');
});

test('a cancelled traveller loses the ticket, and the others keep theirs', async () => {
  await using world = await openWorld();
  const { id } = await paidOrder(world, null);
  const ticketed = await once(world, id, 'TICKETED');
  const child = ticketed.travellers.find(({ type }) => type === 'CHILD')!;
  const { orders } = await world.stores.order();
  await orders.change(id, (order, now) => cancel(order, [child.id], null, now), { by: 'test' });
  const order = await orderWhen(world, id, ({ cancellations }) => cancellations[0]!.ticketsTakenBackAt !== null);
  assert.equal(order.status, 'TICKETED');
  const kept = order.tickets.filter(({ cancelledAt }) => cancelledAt === null);
  assert.deepEqual(kept.map(({ number }) => number).sort(), await goodNumbers(world));
  assert.ok(!kept.some(({ traveller }) => traveller === child.id) && kept.length === 2);
  assert.equal(order.refunds[0]?.state, 'DUE', 'the refund is due only now');
});
