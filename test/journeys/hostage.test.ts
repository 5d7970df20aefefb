// Unpaid orders of a flight: by one account, by many accounts of one address, and by a family with honest intentions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signOffer } from '../../schema/terms/offer-token.ts';
import { eventually } from '../kit/eventually.ts';
import { adult, anOffer, contact, type Placed } from '../kit/ordering.ts';
import { MINUTE, payer } from '../kit/paying.ts';
import { counters, onSale } from '../kit/seats.ts';
import { signedUp } from '../kit/person.ts';
import { openWorld, type World } from '../kit/world.ts';

const SEATS = 150;
const NINE = Array.from({ length: 9 }, (_, n) => ({ ...adult, name: `Traveller ${'IVX'[n % 3]}${'abcdefghi'[n]}` }));
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename
  ... on Order { id status payBy } ... on OrderRefusal { code message offers order { id actions } } } }`;

type Answered = Placed & { payBy: string; order: { id: string; actions: string[] } | null };

async function openFlights(...departures: string[]) {
  const world = await openWorld();
  const stock = (await world.stores.stock()).db;
  await onSale(stock, Object.fromEntries(departures.map((id) => [id, SEATS])));
  let most = 0;
  /** Tracks the seats held on a flight and their maximum. */
  async function held(id = departures[0]!): Promise<number> {
    const [, seats] = await counters(stock, id);
    most = Math.max(most, seats);
    return seats;
  }
  return { world, held, most: () => most };
}

let keys = 0;

/** An account that orders flights for these travellers. */
function buyer(world: World, who: { id: string; session: string }) {
  const { ask } = payer(world, who);
  return {
    ask,
    async order(travellers: object[], ...departures: string[]): Promise<Answered> {
      const [count, each] = [travellers.length, 389_700];
      const offers = departures.map((departureId) => {
        const parts = { travellers: [{ type: 'ADULT' as const, count, each }], total: count * each };
        const expiresAt = '2026-03-20T00:00:00.000Z';
        return {
          token: signOffer(anOffer({ departureId, expiresAt, ...parts }), world.wiring.offerKeys[0]),
          travellers,
        };
      });
      const input = { offers, contact, idempotencyKey: `key ${keys++}` };
      const { data, text } = await ask<{ placeOrder: Answered }>(PLACE, { input });
      assert.ok(data?.placeOrder, text);
      return data.placeOrder;
    },
  };
}

/** Nine travellers that no other order names. */
const nineOthers = () =>
  NINE.map((each) => ({ ...each, name: `${each.name} ${'abcdefghijklmnopqrstuvwxyz'[keys % 26]}${keys}` }));

test('an account that repeatedly orders a flight without paying never holds more than its cap, for less time after each expiry', async () => {
  const { world, held, most } = await openFlights('departure-1');
  await using _ = world;
  const hostage = buyer(world, await signedUp(world));
  const minutes: number[] = [];
  for (let round = 0; round < 3; round++) {
    const answers: Answered[] = [];
    for (let n = 0; n < 25; n++) {
      answers.push(await hostage.order(nineOthers(), 'departure-1'));
      assert.ok((await held()) <= 18);
    }
    const placed = answers.filter(({ code }) => code === undefined);
    assert.equal(placed.length, 2);
    assert.deepEqual(new Set(answers.map(({ code }) => code)), new Set([undefined, 'TOO_MANY_UNPAID_SEATS']));
    await eventually(async () => (await held()) === 18);
    const last = Date.parse(placed.at(-1)!.payBy);
    minutes.push((last - world.clock.now().getTime()) / MINUTE);
    world.clock.advance(last - world.clock.now().getTime());
    await eventually(async () => (await held()) === 0);
    // an order counts until the order subgraph also knows that its seats are released
    await eventually(async () => {
      const { data } = await hostage.ask<{ me: { orders: { edges: { node: { status: string } }[] } } }>(
        '{ me { orders(first: 10) { edges { node { status } } } } }',
      );
      return data.me.orders.edges.every(({ node }) => node.status === 'CLOSED');
    });
  }
  assert.deepEqual(minutes, [15, 5, 5]); // two orders lapsed at once
  assert.equal(most(), 18);
});

test('accounts of one address together never hold more of a flight than the cap per address', async () => {
  const { world, held, most } = await openFlights('departure-1');
  await using _ = world;
  const accounts = await Promise.all(
    Array.from({ length: 4 }, async (_, n) => buyer(world, await signedUp(world, `buyer.${n}@example.com`))),
  );
  const answers = await Promise.all(
    accounts.flatMap(({ order }) =>
      Array.from({ length: 5 }, async () => {
        const answer = await order(nineOthers(), 'departure-1');
        assert.ok((await held()) <= 36);
        return answer;
      }),
    ),
  );
  assert.equal(answers.filter(({ code }) => code === undefined).length, 4);
  await eventually(async () => (await held()) === 36);
  assert.equal(most(), 36);
});

test('a family of nine books a return trip, cancels, books again, and has the full time to pay', async () => {
  const { world, held } = await openFlights('departure-1', 'departure-2');
  await using _ = world;
  const asha = buyer(world, await signedUp(world));
  const first = await asha.order(NINE, 'departure-1', 'departure-2');
  assert.equal(first.__typename, 'Order', first.message);
  await eventually(async () => (await held()) === 9 && (await held('departure-2')) === 9);

  const again = await asha.order(NINE, 'departure-1', 'departure-2');
  assert.deepEqual([again.code, again.offers, again.order?.id], ['ALREADY_ON_FLIGHT', [0, 1], first.id]);
  const waiting = await eventually(async () => {
    const { order } = await asha.order(NINE, 'departure-1', 'departure-2');
    return order!.actions.includes('CANCEL') && order!;
  });
  const { data } = await asha.ask<{ cancelOrder: { status: string } }>(
    'mutation ($id: ID!) { cancelOrder(orderId: $id) { ... on Order { status } } }',
    { id: waiting.id },
  );
  assert.equal(data.cancelOrder.status, 'CLOSING');

  const second = await asha.order(NINE, 'departure-1', 'departure-2');
  assert.equal(second.__typename, 'Order', second.message);
  assert.equal(Date.parse(second.payBy) - world.clock.now().getTime(), 15 * MINUTE);
  await eventually(async () => (await held()) === 9 && (await held('departure-2')) === 9);
});
