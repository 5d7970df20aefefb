// The offers of the fare subgraph when seats run out, and when there are seats again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backlog } from '../../infra/database/outbox.ts';
import { event } from '../../schema/events.ts';
import type { OrderNews } from '../../subgraphs/stock/rules/hold.ts';
import { Departure } from '../../subgraphs/stock/store/tables.ts';
import { eventually } from '../kit/eventually.ts';
import { closing, placed, publish } from '../kit/seats.ts';
import { aFare, on, openWorld, type World } from '../kit/world.ts';

const SHOPPING = `query($input: ShoppingInput!) { shopping(input: $input) {
  price { total { amount } } calendar { days { date price { amount } } }
  offers { edges { node { id total { amount } seatsLeft } } } } }`;

interface Shopping {
  shopping: {
    price: { total: { amount: string } } | null;
    calendar: { days: { date: string; price: { amount: string } | null }[] };
    offers: { edges: { node: { id: string; total: { amount: string }; seatsLeft: number | null } }[] };
  };
}

/** The offers of a day by price, calendar and offer list, which must agree. */
async function offered(world: World, change: object = {}): Promise<string[]> {
  const input = { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24', ...change };
  const { data } = await world.graph<Shopping>(SHOPPING, { input });
  const { price, calendar, offers } = data.shopping;
  const amounts = offers.edges.map(({ node }) => node.total.amount);
  assert.equal(price?.total.amount, amounts[0]);
  assert.equal(calendar.days.find(({ date }) => date === input.departureDate)?.price?.amount, amounts[0]);
  return amounts;
}

/** Resolves once every published event has been handled by every group. */
async function settled(world: World): Promise<void> {
  const stores = [await world.stores.fare(), await world.stores.stock()];
  const groups = ['open-departures', 'hold-stock', 'mark-sold-out', 'rebuild-fares'];
  const left = async () => [
    ...(await Promise.all(stores.map(({ db }) => backlog(db.read())))),
    ...(await Promise.all(groups.map((group) => world.wiring.bus.backlog(group)))),
  ];
  // twice: a handler may publish an event to a group that was checked before
  await eventually(async () => [...(await left()), ...(await left())].every((n) => n === 0));
}

/** Two flights on one day, the cheap one with two seats in all its brands and currencies, and the same flights a day later. */
async function openShop() {
  const world = await openWorld();
  const cheap = { flightNumber: '1', amount: 100_000, capacity: 2 };
  await world.file([
    aFare(cheap),
    aFare({ ...cheap, brand: 'FLEX', amount: 150_000 }),
    aFare({ ...cheap, currency: 'USD', amount: 2_000 }),
    aFare({ ...cheap, ...on('2026-03-25') }),
    aFare({ flightNumber: '2', amount: 300_000 }),
  ]);
  await settled(world);
  const { db } = await world.stores.stock();
  const [first] = await db.read().find(Departure, { departs: { $like: '2026-03-24%' }, total: 2 });
  const hear = async (...events: OrderNews[]) => {
    await publish(world.wiring.bus, events);
    await settled(world);
  };
  return { world, departure: first!.id, hear, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

test('a sold-out departure is offered in no brand and currency, its flight on other days still is, and it returns with its seats', async () => {
  await using shop = await openShop();
  const { world, departure, hear } = shop;
  assert.deepEqual(await offered(world), ['1000.00', '1500.00', '3000.00']);
  await hear(placed('ord_1', { [departure]: 1 }));
  assert.deepEqual(await offered(world), ['1000.00', '1500.00', '3000.00']);
  await hear(placed('ord_2', { [departure]: 1 }));
  assert.deepEqual(await offered(world), ['3000.00']);
  assert.deepEqual(await offered(world, { currency: 'USD' }), []);
  assert.deepEqual(await offered(world, { departureDate: '2026-03-25' }), ['1000.00']);
  await hear(closing('ord_1'));
  assert.deepEqual(await offered(world), ['1000.00', '1500.00', '3000.00']);
  assert.deepEqual(await offered(world, { currency: 'USD' }), ['20.00']);
});

test('a fare filed for a sold-out departure is not offered until there are seats', async () => {
  await using shop = await openShop();
  const { world, departure, hear } = shop;
  await hear(placed('ord_1', { [departure]: 2 }));
  await world.file([aFare({ flightNumber: '1', amount: 90_000, brand: 'LIGHT' })]);
  await settled(world);
  assert.deepEqual(await offered(world), ['3000.00']);
  await hear(closing('ord_1'));
  assert.deepEqual(await offered(world), ['900.00', '1000.00', '1500.00', '3000.00']);
});

test('a departure that opens without seats is not offered', async () => {
  await using world = await openWorld();
  await world.file([aFare({ capacity: 0 }), aFare({ flightNumber: '2', amount: 300_000 })]);
  await settled(world);
  assert.deepEqual(await offered(world), ['3000.00']);
});

test('repeated or late events, and events about departures without a fare, change no offers', async () => {
  await using shop = await openShop();
  const { world, departure } = shop;
  const news = (type: 'stock.sold-out' | 'stock.back-on-sale', sequence: number, departureId = departure) =>
    event(
      type,
      { source: '/stock', subject: departureId, sequence, now: world.clock.now() },
      { departureId, origin: 'DEL', destination: 'BLR' },
    );
  const hear = async (...events: ReturnType<typeof news>[]) => {
    const messages = events.map((each) => ({ topic: 'seats', key: each.subject, value: JSON.stringify(each) }));
    await world.wiring.bus.publish(messages);
    await settled(world);
  };
  const soldOut = news('stock.sold-out', 7);
  await hear(soldOut, news('stock.back-on-sale', 6), news('stock.sold-out', 9, 'another name'));
  assert.deepEqual(await offered(world), ['3000.00']);
  await hear(soldOut, news('stock.back-on-sale', 5));
  assert.deepEqual(await offered(world), ['3000.00']);
  await hear(news('stock.back-on-sale', 8));
  await hear(soldOut);
  assert.deepEqual(await offered(world), ['1000.00', '1500.00', '3000.00']);
});
