// extensions.explain: how a response was produced, only for developers and operators who request it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import { deprecatedIn } from '../../gateway/execution/explain.ts';
import { eventually } from '../kit/eventually.ts';
import { signedUp } from '../kit/person.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

const ASK = { 'fareloom-explain': '1' };
const SHOPPING = `query Shop { shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) {
  offers(first: 1) { edges { node { total { amount } seatsLeft } } } travel { summary } } }`;

interface Explained {
  took: number;
  plan: string | null;
  cost: { of: number };
  deprecated: string[];
  fetches: {
    service: string;
    startedAt: number;
    took: number;
    bytes: number | null;
    cache?: { cacheHits: number; cacheMisses: number };
  }[];
}

/** The gateway's response with its headers. */
async function asked(world: World, query: string, headers: Record<string, string> = {}) {
  const answer = await world.gateway.inject({ method: 'POST', url: '/graphql', payload: { query }, headers });
  const { data, extensions } = answer.json<{ data: object | null; extensions?: { explain?: Explained } }>();
  return { data, explain: extensions?.explain, headers: answer.headers, text: answer.body };
}

describe('in development', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await world.file([aFare()]);
  });
  after(() => world[Symbol.asyncDispose]());

  test('every client can see the plan, and each subgraph’s time, bytes and cache', async () => {
    const { explain, headers } = await asked(world, SHOPPING, ASK);
    assert.ok(explain);
    assert.match(explain.plan!, /^QueryPlan \{[^]*Fetch\(service: "fare"\)[^]*Flatten\(path: "shopping\.offers/);
    assert.deepEqual(explain.fetches.map(({ service }) => service).sort(), ['fare', 'stock', 'travel']);
    for (const { service, startedAt, took, bytes } of explain.fetches) {
      assert.ok(bytes! > 20, `${service} answered ${bytes} bytes`);
      assert.ok(startedAt >= 0 && took > 0 && startedAt + took <= explain.took + 1, service);
    }
    const [fare, stock] = ['fare', 'stock'].map((name) => explain.fetches.find(({ service }) => service === name)!);
    assert.ok(stock!.startedAt >= fare!.startedAt + fare!.took, 'stock is asked about what fare answered');
    assert.deepEqual(explain.deprecated, []);
    assert.equal(typeof explain.cost.of, 'number');
    assert.equal(headers['cache-control'], 'private, no-store');
  });

  test('the cache hits of the fare subgraph are shown: none the first time, all of them later', async () => {
    const reads = async () => {
      const { explain } = await asked(world, SHOPPING.replace('2026-03-24', '2026-03-23'), ASK);
      return explain!.fetches.find(({ service }) => service === 'fare')!.cache!;
    };
    const first = await reads();
    assert.ok(first.cacheMisses > 0, JSON.stringify(first));
    await eventually(async () => assert.deepEqual(await reads(), { cacheHits: first.cacheMisses, cacheMisses: 0 }));
  });

  test('a response is the same with and without it', async () => {
    const [plain, explained] = [await asked(world, SHOPPING), await asked(world, SHOPPING, ASK)];
    assert.deepEqual(explained.data, plain.data);
    assert.equal(plain.explain, undefined);
  });

  test('a subgraph that fails is shown with the time it took', async () => {
    await using failing = await openWorld({
      between: (name, call) => (name === 'travel' ? () => Promise.reject(new Error('gone')) : call),
    });
    const { explain } = await asked(failing, SHOPPING, ASK);
    assert.equal(explain!.fetches.find(({ service }) => service === 'travel')!.bytes, null);
  });

  test('the planner’s own header for the plan has no effect', async () => {
    const { text } = await asked(world, SHOPPING, { 'apollo-query-plan-experimental': '1' });
    assert.doesNotMatch(text, /QueryPlan|__queryPlan/);
  });
});

test('in production an operator can use it, but not an anonymous caller, a traveller or a fare manager', async () => {
  await using world = await openWorld({ env: { NODE_ENV: 'production' } });
  const fields = '{ airports(first: 1) { edges { node { code } } } }';
  const roles = { nobody: null, traveller: [], manager: ['FARE_MANAGER'], operator: ['OPERATOR'] } as const;
  for (const [who, granted] of Object.entries(roles)) {
    const somebody = granted && (await signedUp(world, `${who}@example.com`, ...granted));
    world.clock.advance(6000); // a role takes effect within five seconds
    const { explain, data, text } = await asked(world, fields, { ...ASK, ...somebody?.headers });
    assert.ok(data, text);
    assert.equal(explain !== undefined, who === 'operator', `${who}: ${text}`);
    assert.doesNotMatch(who === 'operator' ? '' : text, /extensions|QueryPlan/);
  }
});

test('deprecated fields, arguments and values are named once each, with the reason', () => {
  const schema = buildSchema(`
    enum Sort { PRICE, NAME @deprecated(reason: "sort yourself") }
    input Filter { stops: Int @deprecated(reason: "use maxStops"), maxStops: Int }
    type Offer { id: ID!, price: Int @deprecated(reason: "use total") }
    type Query { offers(filter: Filter, sort: Sort, first: Int @deprecated(reason: "all come")): [Offer] }`);
  const document = parse(`{ a: offers(filter: { stops: 1 }, sort: NAME, first: 2) { id price }
    b: offers(sort: PRICE) { ...F } } fragment F on Offer { price }`);
  assert.deepEqual(deprecatedIn(document, schema).sort(), [
    'Filter.stops: use maxStops',
    'NAME: sort yourself',
    'Offer.price: use total',
    'Query.offers(first:): all come',
  ]);
});
