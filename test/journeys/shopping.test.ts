// The shopping query as a frontend team uses it: the contract's names, and the lowest price.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Filing } from '../../subgraphs/fare/rules/filing.ts';
import { aFare, on, openWorld, type World } from '../kit/world.ts';

/** The contract with the frontend teams, word for word. */
const CONTRACT = `query Shopping($input: ShoppingInput!) {
  shopping(input: $input) {
    price    { total { amount currency } perTraveller { type count each { amount currency } } offer { id } asOf expiresAt }
    calendar { days { date price { amount currency } isLowest isSelected asOf } lowest { date } }
    offers(first: 10, sort: PRICE, filter: { maxStops: 1 }) {
      edges { cursor node { id total { amount currency } brand cabin seatsLeft offerToken expiresAt
        slices { origin { code city timeZone } destination { code } departure arrival duration stops { code }
                 segments { carrier { code name } flightNumber } } } }
      pageInfo { hasNextPage endCursor } }
    travel   { airport { code city country } summary sights(first: 5) { edges { node { name kind rating } } }
               stays(first: 5) { edges { node { name nightlyPrice { amount currency } rating reviewCount } } } }
  }
}`;

interface Money {
  amount: string;
  currency: string;
}
interface Offer {
  id: string;
  total: Money;
  seatsLeft: number | null;
  offerToken: string;
  expiresAt: string;
}
interface Shopping {
  price: {
    total: Money;
    perTraveller: { type: string; count: number; each: Money }[];
    offer: Offer;
    asOf: string;
    expiresAt: string;
  } | null;
  calendar: { days: { date: string; price: Money | null; isLowest: boolean }[]; lowest: { date: string } | null };
  offers: { edges: { cursor: string; node: Offer }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  travel: object;
}

const input = { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' };
const party = (...[adults, children, infants]: number[]) =>
  [
    { type: 'ADULT', count: adults ?? 0 },
    { type: 'CHILD', count: children ?? 0 },
    { type: 'INFANT', count: infants ?? 0 },
  ].filter(({ count }) => count);

async function shop(world: World, change: object = {}, query = CONTRACT): Promise<Shopping> {
  const { data, errors } = await world.graph<{ shopping: Shopping }>(query, { input: { ...input, ...change } });
  assert.equal(errors, undefined);
  return data.shopping;
}

/** The lowest price, asserted to be the same in price, calendar and offers. */
async function lowest(world: World, change: object = {}): Promise<string | undefined> {
  const { price, calendar, offers } = await shop(world, change);
  const amounts = [price?.total, calendar.days[7]!.price, offers.edges[0]?.node.total].map((money) => money?.amount);
  assert.equal(new Set(amounts).size, 1, amounts.join());
  assert.equal(price?.offer.id, offers.edges[0]?.node.id);
  return amounts[0];
}

async function worldWith(...filings: Filing[]): Promise<World> {
  const world = await openWorld();
  await world.file(filings);
  return world;
}

const child = (amount: number, change: Partial<Filing> = {}) => aFare({ travellerType: 'CHILD', amount, ...change });
const second = (change: Partial<Filing> = {}) => aFare({ flightNumber: '2', departs: '06:00', arrives: '08:50', arrivalDays: 0, ...change }); // prettier-ignore

describe('the answer', () => {
  test('has exactly the names of the contract, and the filed values', async () => {
    await using world = await worldWith(aFare({ via: ['BOM'] }), second({ amount: 500_000, brand: 'FLEX' }));
    const { travel, ...fare } = await shop(world);
    const [first, other] = fare.offers.edges;
    const soon = '2026-03-01T12:20:00.000Z';
    assert.deepEqual(fare.price, {
      total: { amount: '3897.00', currency: 'INR' },
      perTraveller: [{ type: 'ADULT', count: 1, each: { amount: '3897.00', currency: 'INR' } }],
      offer: { id: first!.node.id },
      asOf: '2026-03-01T12:00:00.000Z',
      expiresAt: soon,
    });
    const { id, offerToken, ...shown } = first!.node;
    assert.match(id, /^off_[\w-]+$/);
    assert.match(offerToken, /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.deepEqual({ ...shown, seatsLeft: null }, {
      total: { amount: '3897.00', currency: 'INR' },
      brand: 'STANDARD',
      cabin: 'ECONOMY',
      seatsLeft: null,
      expiresAt: soon,
      slices: [
        {
          origin: { code: 'DEL', city: 'Delhi', timeZone: 'Asia/Kolkata' },
          destination: { code: 'BLR' },
          departure: '2026-03-24T22:20:00+05:30',
          arrival: '2026-03-25T01:10:00+05:30',
          duration: 'PT2H50M',
          stops: [{ code: 'BOM' }],
          segments: Array.from({ length: 2 }, () => ({ carrier: { code: '6E', name: 'IndiGo' }, flightNumber: '2131' })),
        },
      ],
    }); // prettier-ignore
    assert.deepEqual(fare.offers.pageInfo, { hasNextPage: false, endCursor: other!.cursor });
    assert.equal(fare.calendar.days.length, 15);
    assert.deepEqual(fare.calendar.lowest, { date: '2026-03-24' });
    assert.deepEqual(fare.calendar.days[6], { date: '2026-03-23', price: null, isLowest: false, isSelected: false, asOf: fare.price.asOf }); // prettier-ignore
    assert.deepEqual(Object.keys(travel), ['airport', 'summary', 'sights', 'stays']);
  });

  test('for a known route without fares is empty without an error', async () => {
    await using world = await openWorld();
    const { price, calendar, offers } = await shop(world);
    assert.equal(price, null);
    assert.deepEqual(offers, { edges: [], pageInfo: { hasNextPage: false, endCursor: null } });
    assert.equal(calendar.days.length, 15);
    assert.ok(calendar.days.every(({ price, isLowest }) => price === null && !isLowest));
    assert.equal(calendar.lowest, null);
  });
});

describe('the price', () => {
  test('is that of the flight with the lowest total for the party, not the sum of the lowest for each traveller', async () => {
    await using world = await worldWith(aFare({ amount: 100_000 }), child(90_000), second({ amount: 110_000 }), { ...second(), travellerType: 'CHILD', amount: 10_000 }); // prettier-ignore
    assert.equal(await lowest(world), '1000.00');
    assert.equal(await lowest(world, { travellers: party(1, 1) }), '1200.00'); // each on their own: 1100.00
    assert.equal(await lowest(world, { travellers: party(9) }), '9000.00');
  });

  test('of children and infants without a filed fare is their share of the adult fare, rounded per traveller', async () => {
    await using world = await worldWith(aFare({ amount: 389_702 })); // a child 292,276.5, an infant 38,970.2
    assert.equal(await lowest(world, { travellers: party(2, 3, 1) }), '16952.05');
    const { price } = await shop(world, { travellers: party(2, 3, 1) });
    assert.deepEqual(
      price!.perTraveller.map(({ type, count, each }) => [type, count, each.amount]),
      [['ADULT', 2, '3897.02'], ['CHILD', 3, '2922.77'], ['INFANT', 1, '389.70']], // prettier-ignore
    );
  });

  test('of a child is the share configured for the carrier', async () => {
    await using world = await openWorld({ env: { TRAVELLER_SHARES: '6E=50:0' } });
    await world.file([aFare({ amount: 1000 }), second({ carrier: 'UK', amount: 1000 })]);
    assert.equal(await lowest(world, { travellers: party(1, 1, 1) }), '15.00');
  });

  test('is the lowest of several fares filed for the same flight', async () => {
    await using world = await worldWith(aFare({ amount: 500_000 }), aFare({ amount: 400_000 }), aFare({ amount: 450_000, note: 'x' })); // prettier-ignore
    assert.equal(await lowest(world), '4000.00');
    assert.equal((await shop(world)).offers.edges.length, 1);
  });

  test('is stable among equal prices: the earlier departure, then the carrier', async () => {
    const equal = [
      aFare({ carrier: 'AI', departs: '09:00', arrives: '12:00', arrivalDays: 0 }),
      aFare({ carrier: 'UK', departs: '07:00', arrives: '12:00', arrivalDays: 0 }),
      aFare({ carrier: 'AI', departs: '07:00', arrives: '12:00', arrivalDays: 0 }),
    ];
    for (const filings of [equal, equal.toReversed()]) {
      await using world = await worldWith(...filings);
      const slices = '{ slices { departure segments { carrier { code } } } }';
      const { price, offers } = await shop(world, {}, `query($input: ShoppingInput!) { shopping(input: $input) {
        price { offer ${slices} } offers { edges { node ${slices} } } } }`); // prettier-ignore
      assert.deepEqual(price!.offer, {
        slices: [{ departure: '2026-03-24T07:00:00+05:30', segments: [{ carrier: { code: 'AI' } }] }],
      });
      assert.deepEqual(offers.edges[0]!.node, price!.offer);
    }
  });

  test('is of the requested cabin and currency: other fares are neither compared nor offered', async () => {
    await using world = await worldWith(aFare(), second({ currency: 'USD', amount: 1 }), second({ cabin: 'BUSINESS', amount: 900_000 })); // prettier-ignore
    for (const [change, amount] of [
      [{}, '3897.00'],
      [{ currency: 'USD' }, '0.01'],
      [{ currency: 'EUR' }, undefined],
      [{ cabin: 'BUSINESS' }, '9000.00'],
      [{ cabin: 'FIRST' }, undefined],
    ] as const) {
      // prettier-ignore
      assert.equal(await lowest(world, change), amount);
      assert.equal((await shop(world, change)).offers.edges.length, amount ? 1 : 0);
    }
  });

  for (const [origin, destination, currency, amount] of [
    ['NRT', 'SFO', 'JPY', '120000'],
    ['KWI', 'DEL', 'KWD', '120.000'],
    ['SFO', 'NRT', 'USD', '1200.00'],
  ] as const) {
    test(`from ${origin} is in ${currency} with its decimals by default`, async () => {
      await using world = await worldWith(aFare({ origin, destination, currency, amount: 120_000 }), aFare({ origin, destination, amount: 1 })); // prettier-ignore
      const { price } = await shop(world, { origin, destination });
      assert.deepEqual(price!.total, { amount, currency });
    });
  }

  test('today is that of flights that have not departed', async () => {
    const today = on('2026-03-01'); // 17:30 in Delhi
    await using world = await worldWith(second({ ...today, departs: '17:30', arrives: '20:00', amount: 1 }), aFare(today)); // prettier-ignore
    assert.equal(await lowest(world, { departureDate: '2026-03-01' }), '3897.00');
    const { calendar } = await shop(world, { departureDate: '2026-03-02' });
    assert.equal(calendar.days[6]!.price!.amount, '3897.00');
    world.clock.advance(5 * 3_600_000);
    assert.equal(await lowest(world, { departureDate: '2026-03-01' }), undefined);
  });
});

describe('the calendar', () => {
  test('has the lowest price of each day, and marks all days with the lowest price of all', async () => {
    const fares = [['2026-03-17', 7], ['2026-03-20', 5], ['2026-03-31', 5], ['2026-04-01', 1]] as const; // prettier-ignore
    await using world = await worldWith(...fares.map(([date, amount]) => aFare({ ...on(date), amount })));
    const { calendar } = await shop(world);
    const priced = calendar.days.filter(({ price }) => price).map((day) => [day.date, day.price!.amount, day.isLowest]);
    assert.deepEqual(priced, [['2026-03-17', '0.07', false], ['2026-03-20', '0.05', true], ['2026-03-31', '0.05', true]]); // prettier-ignore
    assert.deepEqual(calendar.lowest, { date: '2026-03-20' });
  });

  test('has a fare on every day from its first to its last', async () => {
    await using world = await worldWith(aFare({ firstDate: '2026-03-20', lastDate: '2026-03-26' }));
    const { calendar } = await shop(world);
    assert.equal(calendar.days.map(({ price }) => (price ? 'x' : '-')).join(''), '---xxxxxxx-----');
  });
});
