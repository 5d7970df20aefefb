// The list of offers as a frontend team uses it: order, pages, tokens and seats.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { readOffer } from '../../schema/terms/offer-token.ts';
import type { Filing } from '../../subgraphs/fare/rules/filing.ts';
import { eventually } from '../kit/eventually.ts';
import { graphqlRequest, withIdentity } from '../kit/signed.ts';
import { aFare, on, openWorld, type World } from '../kit/world.ts';

interface Offer {
  id: string;
  brand: string;
  total: { amount: string };
  seatsLeft: number | null;
  offerToken: string;
  slices: { departure: string; arrival: string; duration: string; stops: object[]; segments: { carrier: { code: string } }[] }[]; // prettier-ignore
}
interface Page {
  edges: { cursor: string; node: Offer }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
}

const input = { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' };
const NODE =
  'id brand total { amount } slices { departure arrival duration stops { code } segments { carrier { code } } }';

async function page(world: World, args: object, node = NODE, change: object = {}): Promise<Page> {
  const { data, errors } = await world.graph<{ shopping: { offers: Page } }>(
    `query($input: ShoppingInput!, $first: Int, $after: String, $sort: OfferSort, $filter: OfferFilter) {
      shopping(input: $input) { offers(first: $first, after: $after, sort: $sort, filter: $filter) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor node { ${node} } } } } }`,
    { input: { ...input, ...change }, ...args },
  );
  assert.equal(errors, undefined);
  return data.shopping.offers;
}

/** All offers, read page by page with the cursor of the page before; `meanwhile` happens after each page. */
async function pagedThrough(world: World, args: object, meanwhile = async () => {}): Promise<Offer[]> {
  const offers: Offer[] = [];
  let endCursor: string | null = null;
  do {
    const { edges, pageInfo }: Page = await page(world, { ...args, after: endCursor });
    offers.push(...edges.map(({ node }) => node));
    assert.equal(pageInfo.endCursor, edges.at(-1)?.cursor ?? null);
    assert.ok(edges.length || !endCursor, 'another page was promised');
    assert.ok(offers.length <= 100, 'the cursors do not loop');
    endCursor = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    await meanwhile();
  } while (endCursor);
  return offers;
}

const clockTime = (minutes: number) =>
  [minutes / 60, minutes % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');

/** Twenty-four offers of twelve flights; many share a price, a departure, a duration or a carrier. */
const crowd: Filing[] = Array.from({ length: 24 }, (_, i) => {
  const flight = i >> 1;
  const departs = 360 + (flight % 4) * 60;
  return aFare({
    carrier: ['6E', 'AI', 'UK'][flight % 3]!,
    flightNumber: String(100 + flight),
    via: [[], ['BOM'], ['BOM', 'HYD']][flight % 5 < 3 ? 0 : (flight % 5) - 2]!,
    departs: clockTime(departs),
    arrives: clockTime(departs + 150 + (flight % 3) * 30),
    arrivalDays: 0,
    brand: i % 2 ? 'FLEX' : 'LIGHT',
    amount: 300_000 + ((i * 7) % 6) * 10_000,
    fareBasis: `B${i}`,
  });
});

const sorts: Record<string, (offer: Offer) => number> = {
  PRICE: ({ total }) => Number(total.amount),
  DEPARTURE: ({ slices }) => Date.parse(slices[0]!.departure),
  ARRIVAL: ({ slices }) => Date.parse(slices[0]!.arrival),
  DURATION: ({ slices }) => Date.parse(slices[0]!.arrival) - Date.parse(slices[0]!.departure),
};

describe('a list of offers', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await world.file(crowd);
  });
  after(() => world[Symbol.asyncDispose]());

  for (const [sort, value] of Object.entries(sorts)) {
    test(`by ${sort} is in order; ties are sorted by earlier departure, then carrier, then id`, async () => {
      const { edges, totalCount } = await page(world, { sort, first: 100 });
      const offers = edges.map(({ node }) => node);
      assert.equal(new Set(offers.map(({ id }) => id)).size, 24);
      assert.equal(totalCount, 24);
      const places = offers.map((offer) => {
        const { departure, segments } = offer.slices[0]!;
        return [value(offer), Date.parse(departure), segments[0]!.carrier.code, offer.id] as const;
      });
      const before = (a: readonly (string | number)[], b: readonly (string | number)[]): boolean => {
        const at = a.findIndex((part, i) => part !== b[i]);
        return a[at]! < b[at]!;
      };
      for (const [i, place] of places.slice(1).entries()) assert.ok(before(places[i]!, place), `${sort} at ${i}`);
      assert.ok(new Set(places.map(([first]) => first)).size < 24); // there were ties
    });

    for (const first of [1, 5, 24]) {
      test(`by ${sort} read by ${first} at a time has each offer once, in the same order`, async () => {
        const { edges } = await page(world, { sort, first: 100 });
        const whole = edges.map(({ node }) => node);
        assert.deepEqual(await pagedThrough(world, { sort, first }), whole);
      });
    }
  }

  for (const [filter, keeps] of [
    [{ maxStops: 0 }, ({ slices }) => slices[0]!.stops.length === 0],
    [{ maxStops: 1 }, ({ slices }) => slices[0]!.stops.length <= 1],
    [{ carriers: ['AI', 'UK'] }, ({ slices }) => slices[0]!.segments[0]!.carrier.code !== '6E'],
    [{ brands: ['FLEX'] }, ({ brand }) => brand === 'FLEX'],
    [
      { maxStops: 0, carriers: ['6E'], brands: ['LIGHT'] },
      ({ brand, slices: [slice] }) =>
        brand === 'LIGHT' && slice!.stops.length === 0 && slice!.segments[0]!.carrier.code === '6E',
    ],
    [{ carriers: ['BA'] }, () => false],
  ] as [object, (offer: Offer) => boolean][]) {
    // prettier-ignore
    test(`filtered by ${JSON.stringify(filter)} has only matching offers, counted and paged`, async () => {
      const { edges } = await page(world, { first: 100 });
      const kept = edges.map(({ node }) => node).filter(keeps);
      const filtered = await page(world, { first: 100, filter });
      assert.deepEqual(
        filtered.edges.map(({ node }) => node),
        kept,
      );
      assert.equal(filtered.totalCount, kept.length);
      assert.deepEqual(await pagedThrough(world, { first: 3, filter }), kept);
    });
  }

  test('has twenty offers by price by default', async () => {
    const { edges, pageInfo } = await page(world, {});
    assert.equal(edges.length, 20);
    assert.equal(pageInfo.hasNextPage, true);
    assert.deepEqual(edges, (await page(world, { sort: 'PRICE', first: 20 })).edges);
  });
});

test('prices that change between pages neither lose nor repeat offers whose price is unchanged', async () => {
  await using world = await openWorld();
  await world.file(crowd);
  const before = await page(world, { first: 100 });
  const ids = before.edges.map(({ node }) => node.id);
  // a listed offer becomes dear, an unlisted one becomes cheap, and the last one of the first page becomes dearer
  const moved = new Map([[ids[1]!, 900_000], [ids[4]!, 800_000], [ids[20]!, 1]]); // prettier-ignore
  const filings = await Promise.all(
    [...moved].map(async ([id, amount]) => ({ ...(await filingOf(world, id)), amount })),
  );
  let changed = false;
  const seen = await pagedThrough(world, { first: 5 }, async () => {
    if (changed) return;
    changed = true;
    assert.equal((await world.file(filings)).updated, 3);
    await eventually(async () => (await page(world, { first: 1 })).edges[0]!.node.total.amount === '0.01');
  });
  const standing = ids.filter((id) => !moved.has(id));
  assert.deepEqual(
    seen.map(({ id }) => id).filter((id) => !moved.has(id)),
    standing,
  );
});

/** The fare that an offer of the crowd was made from. */
async function filingOf(world: World, id: string): Promise<Filing> {
  const { edges } = await page(world, { first: 100 }, 'id brand slices { departure segments { flightNumber } }');
  const { brand, slices } = edges.find(({ node }) => node.id === id)!.node;
  const { flightNumber } = slices[0]!.segments[0] as unknown as { flightNumber: string };
  return crowd.find((filing) => filing.flightNumber === flightNumber && filing.brand === brand)!;
}

describe('an offer token', () => {
  test('contains all that an order needs, and cannot be forged', async () => {
    await using world = await openWorld();
    await world.file([aFare({ via: ['BOM'], note: 'no meal', brand: 'FLEX' })]);
    const travellers = [{ type: 'ADULT', count: 2 }, { type: 'INFANT', count: 1 }]; // prettier-ignore
    const { edges } = await page(world, {}, 'id offerToken', { travellers });
    const { id, offerToken } = edges[0]!.node;
    const { departureId, ...promised } = readOffer(offerToken, world.wiring.offerKeys, world.clock.now()) as { departureId: string }; // prettier-ignore
    assert.match(departureId, /^dep_/);
    assert.deepEqual(promised, {
      offerId: id,
      cabin: 'ECONOMY',
      brand: 'FLEX',
      conditions: { refundable: true, refundFeePercent: 0, refundableUntilHours: 0, note: 'no meal' },
      slices: [{ origin: 'DEL', destination: 'BLR', departure: '2026-03-24T22:20:00+05:30', arrival: '2026-03-25T01:10:00+05:30', stops: ['BOM'], carrier: '6E', flightNumber: '2131' }],
      travellers: [{ type: 'ADULT', count: 2, each: 389_700 }, { type: 'INFANT', count: 1, each: 38_970 }],
      total: 818_370,
      currency: 'INR',
      asOf: '2026-03-01T12:00:00.000Z',
      expiresAt: '2026-03-01T12:20:00.000Z',
    }); // prettier-ignore
    world.clock.advance(20 * 60_000 + 30_000); // and the tolerance
    assert.equal(readOffer(offerToken, world.wiring.offerKeys, world.clock.now()), 'EXPIRED');
  });

  test('is valid until the departure at the latest', async () => {
    await using world = await openWorld();
    await world.file([aFare({ ...on('2026-03-01'), departs: '17:40' })]); // in ten minutes
    const { edges } = await page(world, {}, 'offerToken expiresAt', { departureDate: '2026-03-01' });
    const { offerToken, expiresAt } = edges[0]!.node as unknown as { offerToken: string; expiresAt: string };
    assert.equal(expiresAt, '2026-03-01T12:10:00.000Z');
    const promised = readOffer(offerToken, world.wiring.offerKeys, world.clock.now());
    assert.equal((promised as { expiresAt: string }).expiresAt, expiresAt);
  });

  test('is signed only for the offers whose token is selected', async () => {
    const secretOfOurs = Buffer.alloc(32, 1).toString('base64');
    await using world = await openWorld({ env: { OFFER_SIGNING_KEYS: secretOfOurs } });
    await world.file(crowd);
    const [key] = world.wiring.offerKeys;
    const { hmac } = key;
    let signed = 0;
    Object.defineProperty(key, 'hmac', { get: () => (signed++, hmac) });
    await page(world, { first: 100 });
    assert.equal(signed, 0);
    await page(world, { first: 7 }, 'id offerToken');
    assert.equal(signed, 7);
  });
});

describe('the seats left', () => {
  test('are as filed, nine at most, absent when sold out, and shared by the brands', async () => {
    await using world = await openWorld({ env: { CAPACITY: 'ECONOMY=4' } });
    const flights = [[0, 0], [1, 1], [8, 8], [9, 9], [150, 9], [null, 4]] as const; // prettier-ignore
    await world.file(flights.map(([capacity], i) => aFare({ flightNumber: String(i), amount: 100 + i, capacity })));
    await world.file([aFare({ flightNumber: '1', brand: 'FLEX', amount: 200, capacity: 77 })]);
    const shown = [...flights.map(([, seats]) => seats), 1];
    const seats = async () => (await page(world, {}, 'seatsLeft')).edges.map(({ node }) => node.seatsLeft);
    await eventually(async () => !(await seats()).includes(null));
    assert.deepEqual(await seats(), shown);
  });

  test('are unknown until the departure is open for sale', async () => {
    await using world = await openWorld({
      bus: (shipped) => ({ ...shipped, publish: () => Promise.reject(new Error('the bus is away')) }),
    });
    await world.file([aFare({ capacity: 5 })]);
    assert.equal((await page(world, {}, 'seatsLeft')).edges[0]!.node.seatsLeft, null);
  });
});

test('an offer is found by its id while it is on offer; an invalid id finds nothing and causes no error', async () => {
  let fare!: Call;
  await using world = await openWorld({ between: (name, call) => (name === 'fare' ? (fare = call) : call) });
  await world.file([aFare(), aFare(on('2026-03-02'))]);
  const idOn = async (departureDate: string) => (await page(world, {}, 'id', { departureDate })).edges[0]!.node.id;
  const [id, tomorrows] = [await idOn('2026-03-24'), await idOn('2026-03-02')];
  const forged = (from: string, to: string) => `off_${Buffer.from(Buffer.from(id.slice(4), 'base64url').toString().replace(from, to)).toString('base64url')}`; // prettier-ignore
  const ids = [id, tomorrows, '', 'off_', 'ord_1', forged('BLR', 'QQQ'), forged('ECONOMY', 'ROOF'), forged('1 0 0', '1 0 2'), forged('2026', '1999'), forged('STANDARD', 'FLEX')]; // prettier-ignore
  const visitor = anonymous('0'.repeat(31) + '1');
  const find = async () => {
    const representations = ids.map((each) => ({ __typename: 'FareOffer', id: each }));
    const query = 'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on FareOffer { id total { amount } } } }'; // prettier-ignore
    const request = graphqlRequest(JSON.stringify({ query, variables: { representations } }));
    const keys = world.wiring.subgraphKeys('fare');
    const { body } = await fare(withIdentity(request, visitor, 'fare', keys, world.clock.now())); // as from the gateway
    return JSON.parse(String(body)) as object;
  };
  const total = { amount: '3897.00' };
  const nothing = ids.slice(2).map(() => null);
  assert.deepEqual(await find(), { data: { _entities: [{ id, total }, { id: tomorrows, total }, ...nothing] } });
  world.clock.advance(2 * 86_400_000);
  assert.deepEqual(await find(), { data: { _entities: [{ id, total }, null, ...nothing] } });
});
