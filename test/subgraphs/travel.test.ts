// The travel subgraph: the airport type-ahead, and guides with sights, stays and reviews.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Database, openDatabase } from '../../infra/database/database.ts';
import { sqlite } from '../../infra/database/database.sqlite.ts';
import { openLog } from '../../infra/logging/log.ts';
import { airport, airports as allAirports } from '../../schema/terms/airports.ts';
import { biggest } from '../../subgraphs/travel/rules/big-airports.ts';
import { inAreas, renamed } from '../../subgraphs/travel/rules/city-names.ts';
import { fromStart } from '../../schema/terms/connection.ts';
import { decimals } from '../../schema/terms/money.ts';
import { demoGuides } from '../../subgraphs/travel/demo/demo.ts';
import { MOST_STRETCHES, openTravel, type Travel } from '../../subgraphs/travel/store/store.ts';
import { subgraphOn } from '../kit/parts.ts';
import { travel as definition } from '../../subgraphs/travel/subgraph.ts';
import { travelTables } from '../../subgraphs/travel/store/tables.ts';
import { serve, type ServedSubgraph } from '../../subgraphs/runtime/serve.ts';
import { keeping, signed } from '../kit/signed.ts';

const NOW = new Date('2026-03-01T06:30:00Z');
const DESTINATIONS = 'BKK BLR BOM CCU CDG COK DEL DXB GOI HYD JFK KWI LHR MAA NRT SFO SIN ZRH'.split(' ');

interface Page<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
interface Stay {
  id: string;
  rating: number | null;
  reviewCount: number;
  reviews: Page<{ id: string; rating: number; stayedOn: string }>;
}
interface Answer<Data> {
  data: Data;
  errors?: { message: string; path: string[]; extensions: { code: string; argument?: string } }[];
}

let statements: string[] = [];
let db: Database;
let travel: Travel;
let subgraph: ServedSubgraph;

before(async () => {
  const log = openLog({ level: 'error', json: false, to: 'stderr' });
  db = await openDatabase(travelTables, sqlite(':memory:'), log, { onQuery: (_, sql) => statements.push(sql) });
  travel = openTravel(db);
  assert.equal(await travel.isEmpty(), true);
  await travel.file(demoGuides(NOW));
  subgraph = await serve(await subgraphOn(definition, { stores: { travel }, platform: { now: () => NOW } }), {
    ...keeping('travel', () => NOW),
    log,
  });
});

after(async () => {
  await subgraph.close();
  await db.close();
});

async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<Data>> {
  statements = [];
  const { body } = await subgraph.handle(signed('travel', { query, variables }, { now: NOW }));
  return JSON.parse(String(body)) as Answer<Data>;
}

async function answer<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const { data, errors } = await ask<Data>(query, variables);
  assert.equal(errors, undefined);
  return data;
}

/** The only error of a query. */
async function refusal(query: string, variables: Record<string, unknown> = {}) {
  const { errors } = await ask(query, variables);
  assert.equal(errors?.length, 1);
  const { message, extensions } = errors[0]!;
  return { message, code: extensions.code, argument: extensions.argument };
}

/** The codes of the airports that match a text. */
async function found(search: string | null, first = 100): Promise<string[]> {
  const { airports } = await answer<{ airports: Page<{ code: string }> }>(
    'query($search: String, $first: Int) { airports(search: $search, first: $first) { edges { node { code } } } }',
    { search, first },
  );
  return airports.edges.map(({ node }) => node.code);
}

/** Every node of a list, read page by page with the end cursor of the previous page. */
async function pagedThrough<Node>(read: (after: string | null) => Promise<Page<Node>>): Promise<Node[]> {
  const nodes: Node[] = [];
  let page: Page<Node> | undefined;
  do {
    page = await read(page?.pageInfo.endCursor ?? null);
    nodes.push(...page.edges.map(({ node }) => node));
  } while (page.pageInfo.hasNextPage);
  return nodes;
}

describe('the guide', () => {
  test('a shopping query returns the sights and stays of its destination', async () => {
    const { shopping } = await answer<{ shopping: { travel: Record<string, unknown> } }>(
      `query($input: ShoppingInput!) { shopping(input: $input) { travel {
        airport { code city country } summary
        sights(first: 5) { edges { node { name kind rating } } }
        stays(first: 5) { edges { node { name nightlyPrice { amount currency } rating reviewCount } } }
      } } }`,
      { input: { origin: 'DEL', destination: 'ZRH', departureDate: '2026-03-24' } },
    );
    const { airport, summary, sights, stays } = shopping.travel as {
      airport: object;
      summary: string;
      sights: Page<object>;
      stays: Page<{ nightlyPrice: { amount: string; currency: string } }>;
    };
    assert.deepEqual(airport, { code: 'ZRH', city: 'Zürich', country: 'CH' });
    assert.match(summary, /Limmat/);
    assert.deepEqual(sights.edges[0]!.node, { name: 'Uetliberg', kind: 'NATURE', rating: 4.7 });
    assert.equal(sights.edges.length, 5);
    assert.equal(stays.edges.length, 5);
    for (const { node } of stays.edges) {
      assert.equal(node.nightlyPrice.currency, 'CHF');
      assert.match(node.nightlyPrice.amount, /^\d{3}\.00$/);
    }
  });

  test('an invalid shopping query is refused, and the error names every fault', async () => {
    const { errors } = await ask('query($input: ShoppingInput!) { shopping(input: $input) { travel { summary } } }', {
      input: { origin: 'DEL', destination: 'DEL', departureDate: '2026-02-27' },
    });
    assert.equal(errors?.[0]?.extensions.code, 'BAD_USER_INPUT');
    assert.match(errors[0].message, /input\.destination: .+ input\.departureDate: 2026-02-27 is past/);
  });

  test('an airport and a shopping query return the same guide', async () => {
    const guide = 'airport { code } summary stays { edges { cursor node { id } } }';
    const data = await answer<{ airport: { guide: object }; shopping: { travel: object } }>(
      `query($input: ShoppingInput!) {
        airport(code: "GOI") { guide { ${guide} } } shopping(input: $input) { travel { ${guide} } } }`,
      { input: { origin: 'DEL', destination: 'GOI', departureDate: '2026-03-24' } },
    );
    assert.deepEqual(data.airport.guide, data.shopping.travel);
  });

  test('an airport without a written guide has an empty guide', async () => {
    const empty = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
    const page = '{ edges { cursor } pageInfo { hasNextPage endCursor } }';
    const data = await answer<{ airport: object }>(
      `{ airport(code: "OSL") { city guide { airport { code } summary sights ${page} stays ${page} } } }`,
    );
    assert.deepEqual(data.airport, {
      city: 'Oslo',
      guide: { airport: { code: 'OSL' }, summary: null, sights: empty, stays: empty },
    });
  });

  test('the gateway resolves airports, sights, stays and reviews by their keys, and unknown keys as null', async () => {
    const { _entities } = await answer<{ _entities: unknown[] }>(
      `query($of: [_Any!]!) { _entities(representations: $of) {
        ... on Airport { code city } ... on Sight { id name } ... on Stay { id name } ... on Review { id }
      } }`,
      {
        of: [
          { __typename: 'Airport', code: 'LHR' },
          { __typename: 'Airport', code: 'QQQ' },
          { __typename: 'Sight', id: 'sgt_del01' },
          { __typename: 'Stay', id: 'sty_del01' },
          { __typename: 'Stay', id: 'sty_none' },
          { __typename: 'Review', id: 'rev_del0101' },
        ],
      },
    );
    assert.deepEqual(_entities, [
      { code: 'LHR', city: 'London' },
      null,
      { id: 'sgt_del01', name: 'Red Fort' },
      { id: 'sty_del01', name: 'Neem Courtyard House' },
      null,
      { id: 'rev_del0101' },
    ]);
  });
});

describe('paging', () => {
  const stays = (first: number, after: string | null) =>
    answer<{ airport: { guide: { stays: Page<Stay> } } }>(
      `query($first: Int, $after: String) { airport(code: "NRT") { guide { stays(first: $first, after: $after) {
        edges { cursor node { id rating reviewCount } } pageInfo { hasNextPage endCursor }
      } } } }`,
      { first, after },
    ).then(({ airport }) => airport.guide.stays);

  for (const size of [1, 3, 4, 8]) {
    test(`paging through the stays by ${size} returns each exactly once, best rated first`, async () => {
      const all = (await stays(100, null)).edges.map(({ node }) => node);
      assert.equal(all.length, 8);
      assert.deepEqual(await pagedThrough((after) => stays(size, after)), all);
      const order = all.toSorted((a, b) => b.rating! - a.rating! || (a.id < b.id ? -1 : 1));
      assert.deepEqual(all, order);
    });
  }

  test('equal ratings do not lose or repeat a sight between two pages', async () => {
    const sights = (first: number, after: string | null) =>
      answer<{ airport: { guide: { sights: Page<{ id: string }> } } }>(
        `query($first: Int, $after: String) { airport(code: "CDG") { guide { sights(first: $first, after: $after) {
          edges { node { id } } pageInfo { hasNextPage endCursor } } } } }`,
        { first, after },
      ).then(({ airport }) => airport.guide.sights);
    const all = (await sights(100, null)).edges.map(({ node }) => node);
    assert.deepEqual(await pagedThrough((after) => sights(1, after)), all); // five of the eight are rated 4.7
  });

  test('reviews are paged from newest to oldest, and the stay has their count', async () => {
    const stay = (first: number, after: string | null) =>
      answer<{ airport: { guide: { stays: Page<Stay> } } }>(
        `query($first: Int, $after: String) { airport(code: "NRT") { guide { stays(first: 1) { edges { node {
          reviewCount rating reviews(first: $first, after: $after) {
            edges { node { id rating stayedOn } } pageInfo { hasNextPage endCursor } } } } } } } }`,
        { first, after },
      ).then(({ airport }) => airport.guide.stays.edges[0]!.node);
    const { reviewCount, rating } = await stay(1, null);
    const reviews = await pagedThrough(async (after) => (await stay(2, after)).reviews);
    assert.equal(new Set(reviews.map(({ id }) => id)).size, reviewCount);
    assert.equal(reviews.length, reviewCount);
    const dates = reviews.map(({ stayedOn }) => stayedOn);
    assert.deepEqual(dates, dates.toSorted().reverse());
    const mean = reviews.reduce((sum, review) => sum + review.rating, 0) / reviewCount;
    assert.equal(rating, Math.round(mean * 10) / 10);
  });

  test('concurrent pages of one list do not mix', async () => {
    const all = (await stays(100, null)).edges;
    const page = (name: string, args: string) => `${name}: stays(${args}) { edges { node { id } } }`;
    const { airport } = await answer<{ airport: { guide: Record<string, Page<{ id: string }>> } }>(
      `{ airport(code: "NRT") { guide { ${page('two', 'first: 2')}
        ${page('next', `first: 3, after: "${all[1]!.cursor}"`)} ${page('last', `after: "${all[6]!.cursor}"`)}
        ${page('none', `after: "${all[7]!.cursor}"`)} } } }`,
    );
    const ids = all.map(({ node }) => node.id);
    const of = (name: string) => airport.guide[name]!.edges.map(({ node }) => node.id);
    assert.deepEqual(
      [of('two'), of('next'), of('last'), of('none')],
      [ids.slice(0, 2), ids.slice(2, 5), ids.slice(7), []],
    );
    assert.equal(statements.length, 1);
  });

  for (const [what, args, argument] of [
    ['a page of 101', 'first: 101', 'first'],
    ['a page of no items', 'first: 0', 'first'],
    ['a broken cursor', 'after: "not-a-cursor"', 'after'],
  ] as const) {
    for (const list of [`airports(${args}) { edges { cursor } }`, guided('stays', args), guided('sights', args)]) {
      test(`${what} is refused by ${/airports|stays|sights/.exec(list)![0]} and the argument is named`, async () => {
        const refused = await refusal(`{ ${list} }`);
        assert.equal(refused.code, 'BAD_USER_INPUT');
        assert.equal(refused.argument, argument);
        assert.ok(refused.message.startsWith(`${argument}: `), refused.message);
      });
    }
  }

  test('the cursor of another airport, list or search is refused', async () => {
    const cursor = (await stays(1, null)).pageInfo.endCursor!;
    for (const query of [
      `{ airport(code: "DEL") { guide { stays(after: "${cursor}") { edges { cursor } } } } }`,
      `{ airport(code: "NRT") { guide { sights(after: "${cursor}") { edges { cursor } } } } }`,
      `{ airports(after: "${cursor}") { edges { cursor } } }`,
    ]) {
      assert.equal((await refusal(query)).argument, 'after');
    }
    const { airports } = await answer<{ airports: Page<object> }>(
      '{ airports(search: "lon", first: 1) { edges { cursor } pageInfo { hasNextPage endCursor } } }',
    );
    const other = `{ airports(search: "par", after: "${airports.pageInfo.endCursor}") { edges { cursor } } }`;
    assert.equal((await refusal(other)).argument, 'after');
  });

  function guided(list: string, args: string): string {
    return `airport(code: "DEL") { guide { ${list}(${args}) { edges { cursor } } } }`;
  }
});

describe('airports', () => {
  test('an airport is found by its code, and an unknown code is null', async () => {
    const data = await answer(
      '{ known: airport(code: "KWI") { code city timeZone location { latitude longitude } } unknown: airport(code: "QQQ") { code } }',
    );
    assert.deepEqual(data, {
      known: {
        code: 'KWI',
        city: 'Kuwait City',
        timeZone: 'Asia/Kuwait',
        location: { latitude: 29.226567, longitude: 47.968928 },
      },
      unknown: null,
    });
  });

  test('an exact code comes first, whatever else starts with it', async () => {
    assert.equal((await found('del'))[0], 'DEL');
    assert.equal((await found('goa'))[0], 'GOA'); // Genoa's code, before the city of Goa
    assert.ok((await found('goa')).includes('GOI'));
  });

  test('matches at the start of a name come before matches at the start of a word, the biggest first, then by code', async () => {
    const codes = await found('london');
    assert.deepEqual(codes.slice(0, 8), ['LHR', 'LGW', 'STN', 'LTN', 'LCY', 'BQH', 'LOZ', 'SEN']);
    assert.deepEqual(codes.slice(-2), ['ELS', 'GON']); // East London, Groton-New London
  });

  for (const [text, code] of [
    ['zurich', 'ZRH'],
    ['ZÜRICH', 'ZRH'],
    ['malaga', 'AGP'],
    ['alesund', 'AES'],
    ['lodz', 'LCJ'],
    ['oslo gardermoen', 'OSL'],
    ['new york kennedy', 'JFK'],
    ["o'hare", 'ORD'],
    ['OHare', 'ORD'],
    ['  charles   de g', 'CDG'],
    ['st. john', 'YYT'],
    ['heathrow', 'LHR'],
    ['new delhi', 'DEL'],
    ['delhi indira', 'DEL'],
    ['bangal', 'BLR'],
    ['bangu', 'BGF'],
  ] as const) {
    test(`"${text}" finds ${code}`, async () => {
      assert.ok((await found(text)).includes(code));
    });
  }

  for (const [text, codes] of [
    ['bangalore', ['BLR']],
    ['New Delhi', ['DEL']],
    ['münchen', ['MUC', 'AGB']],
    ['bombay', ['BOM', 'NMI']],
    ['saigon', ['SGN', 'LTH']],
    ['Madras', ['MAA', 'MDJ']],
  ] as const) {
    test(`"${text}", the other name of a city, finds its airports first`, async () => {
      assert.deepEqual((await found(text)).slice(0, codes.length), codes);
    });
  }

  for (const [text, codes] of [
    ['LON', ['LHR', 'LGW', 'STN', 'LTN', 'LCY', 'SEN']],
    ['nyc', ['JFK', 'EWR', 'LGA', 'SWF']],
    ['TYO', ['HND', 'NRT']],
  ] as const) {
    test(`"${text}", the code of a city with several airports, finds them, the biggest first`, async () => {
      assert.deepEqual((await found(text)).slice(0, codes.length), codes);
    });
  }

  test('big airports come before small ones that match alike: "bang" finds Bangkok and Bengaluru among the first three', async () => {
    assert.deepEqual((await found('bang', 3)).slice(0, 2), ['BKK', 'BLR']);
    assert.equal((await found('san', 1))[0], 'SAN');
  });

  test('every airport in the lists of city codes and biggest airports exists, and is listed once', () => {
    const codes = new Set([...allAirports()].map(({ code }) => code));
    assert.deepEqual(
      [...inAreas, ...biggest].filter((code) => !codes.has(code)),
      [],
    );
    assert.equal(new Set(biggest).size, biggest.length);
  });

  test('every city with another name has an airport', () => {
    const cities = new Set([...allAirports()].map(({ country, city }) => `${country} ${city}`));
    assert.deepEqual(
      renamed.filter((city) => !cities.has(city)),
      [],
    );
  });

  test('an exact city comes before longer city names', async () => {
    const codes = await found('san jose');
    const { airports } = await answer<{ airports: Page<{ code: string; city: string }> }>(
      '{ airports(search: "san jose") { edges { node { code city } } } }',
    );
    const cities = airports.edges.map(({ node }) => /^San Jos[eé]$/.test(node.city));
    assert.deepEqual(
      cities,
      [...cities].sort((a, b) => Number(b) - Number(a)),
    );
    assert.ok(codes.includes('SJC') && cities.includes(false));
  });

  test('a text of only punctuation matches nothing', async () => {
    for (const text of ['?', "'", '...', ' - ']) assert.deepEqual(await found(text), [], text);
  });

  test('a text inside a word, or in no name, matches nothing', async () => {
    assert.ok(!(await found('urich')).includes('ZRH'));
    assert.deepEqual(await found('qwertyuiop'), []);
  });

  test('without a text, or with a blank one, all airports are listed by code', async () => {
    const all = await found(null);
    assert.deepEqual(all.slice(0, 3), ['AAA', 'AAB', 'AAC']);
    assert.deepEqual(await found(''), all);
    assert.deepEqual(await found('   '), all);
  });

  test('paging through search results returns each exactly once, across the ranks', async () => {
    const codes = await pagedThrough(async (after) => {
      const { airports } = await answer<{ airports: Page<{ code: string }> }>(
        `query($after: String) { airports(search: "san", first: 7, after: $after) {
          edges { node { code } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      return airports;
    });
    assert.equal(new Set(codes.map(({ code }) => code)).size, codes.length);
    assert.deepEqual(
      codes.slice(0, 100).map(({ code }) => code),
      await found('san'),
    );
    assert.ok(codes.length > 100);
  });

  test('a text of more than 100 characters is refused, and the error names the argument', async () => {
    const query = 'query($search: String) { airports(search: $search) { edges { cursor } } }';
    const refused = await refusal(query, { search: 'x'.repeat(101) });
    assert.deepEqual(refused, {
      message: 'search: 101 characters are too many; 100 are allowed.',
      code: 'BAD_USER_INPUT',
      argument: 'search',
    });
    assert.deepEqual(await found('x'.repeat(100)), []);
  });
});

describe('statements', () => {
  const reviews = 'stays { edges { node { reviews(first: 2) { edges { node { id } } } } } }';

  test('reviews are read in one statement, whether of one stay or of all stays of all airports', async () => {
    await answer(
      '{ airport(code: "DEL") { guide { stays(first: 1) { edges { node { reviews { edges { cursor } } } } } } } }',
    );
    assert.equal(statements.length, 2);
    const airports = DESTINATIONS.map((code) => `${code}: airport(code: "${code}") { guide { summary ${reviews} } }`);
    const data = await answer<Record<string, { guide: { stays: Page<Stay> } }>>(`{ ${airports.join(' ')} }`);
    assert.equal(statements.length, 3); // the summaries, the stays, the reviews
    const pages = Object.values(data).flatMap(({ guide }) => guide.stays.edges.map(({ node }) => node.reviews));
    assert.equal(pages.length, 144);
    assert.ok(pages.every(({ edges }) => edges.length === 2));
  });

  test('the maximum number of pages is read in one statement', async () => {
    const stretches = Array.from({ length: MOST_STRETCHES }, (_, at) => {
      const owner = `sty_${DESTINATIONS[at % 18]!.toLowerCase()}01`;
      return { ...fromStart(1), owner, after: ['2026-01-01', ''] as const };
    });
    statements = [];
    const pages = await travel.reviews.read(stretches);
    assert.equal(statements.length, 1);
    assert.deepEqual(
      pages.map(([review]) => review?.stay),
      stretches.map(({ owner }) => owner),
    );
  });

  test('a page is read from its index, starting at the cursor', async () => {
    statements = [];
    await travel.stays.read([{ ...fromStart(1), owner: 'DEL', after: [45, ''] }]);
    await travel.reviews.read([{ ...fromStart(1), owner: 'sty_del01', after: ['2026-01-01', ''] }]);
    const plans: string[] = [];
    for (const statement of [...statements]) {
      const steps: unknown = await db.read().getConnection().execute(`explain query plan ${statement}`);
      plans.push(JSON.stringify(steps));
    }
    assert.match(plans[0]!, /SEARCH stay USING COVERING INDEX stay_by_rating \(airport=\? AND rating<\?\)/);
    assert.match(plans[1]!, /SEARCH review USING COVERING INDEX review_by_date \(stay=\? AND stayed_on<\?\)/);
    for (const plan of plans) assert.doesNotMatch(plan, /SCAN (s0|r0|stay|review)\b/);
  });
});

describe('the demo', () => {
  test('the demo has a complete guide to each of its eighteen destinations', () => {
    const guides = demoGuides(NOW);
    assert.deepEqual(guides.map((guide) => guide.airport).sort(), DESTINATIONS);
    for (const { airport: code, summary, sights, stays } of guides) {
      const sentences = summary!.split(/[.!] |\.$/).filter(Boolean).length;
      assert.ok(sentences >= 2 && sentences <= 3, code);
      assert.ok(sights.length >= 6 && sights.length <= 8, code);
      assert.ok(
        sights.every(({ rating }) => Number.isInteger(rating) && rating >= 10 && rating <= 50),
        code,
      );
      assert.equal(stays.length, 8);
      for (const stay of stays) {
        assert.equal(stay.currency, airport(code)!.currency);
        assert.ok(Number.isSafeInteger(stay.nightlyPrice) && stay.nightlyPrice > 0, stay.name);
        assert.ok(stay.reviews.length >= 3 && stay.reviews.length <= 12, stay.name);
        assert.equal(new Set(stay.reviews.map(({ text }) => text)).size, stay.reviews.length, stay.name);
        assert.ok(stay.reviews.every(({ stayedOn }) => stayedOn < '2026-03-01' && stayedOn > '2024-03-01'));
      }
    }
    const ids = guides.flatMap(({ sights, stays }) => [
      ...sights.map(({ id }) => id),
      ...stays.flatMap(({ id, reviews }) => [id, ...reviews.map((review) => review.id)]),
    ]);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(new Set(guides.flatMap(({ stays }) => stays.map(({ name }) => name))).size, 144);
  });

  test('prices have the decimals of the currency', async () => {
    for (const code of DESTINATIONS) {
      const { airport: of } = await answer<{
        airport: { guide: { stays: Page<{ nightlyPrice: { amount: string; currency: string } }> } };
      }>(`{ airport(code: "${code}") { guide { stays { edges { node { nightlyPrice { amount currency } } } } } } }`);
      for (const { node } of of.guide.stays.edges) {
        const { amount, currency } = node.nightlyPrice;
        assert.equal((amount.split('.')[1] ?? '').length, decimals(currency), `${amount} ${currency}`);
      }
    }
  });

  test('the same `now` gives the same demo guides', () => {
    assert.deepEqual(demoGuides(NOW), demoGuides(new Date(NOW)));
  });

  test('saving guides again changes nothing, and saving one leaves the others', async () => {
    const everything = `{ ${DESTINATIONS.map(
      (code) => `${code}: airport(code: "${code}") { guide { summary sights { edges { node { id name rating } } }
        stays { edges { node { id name rating reviewCount reviews { edges { node { id text stayedOn } } } } } } } }`,
    ).join(' ')} }`;
    const first = await answer(everything);
    await travel.file(demoGuides(NOW));
    assert.deepEqual(await answer(everything), first);
    await travel.file(demoGuides(NOW).slice(0, 1));
    assert.deepEqual(await answer(everything), first);
    assert.equal(await travel.isEmpty(), false);
  });

  test('a guide that is saved again replaces the previous one', async () => {
    const [guide] = demoGuides(NOW);
    const query = `{ airport(code: "${guide!.airport}") { guide { summary sights { edges { node { id rating } } }
      stays { edges { node { rating reviewCount reviews { edges { cursor } } } } } } } }`;
    const unrated = { ...guide!.stays[0]!, reviews: [] };
    const sights = [{ ...guide!.sights[0]!, rating: 0 }];
    await travel.file([{ airport: guide!.airport, summary: null, sights, stays: [unrated] }]);
    assert.deepEqual(await answer(query), {
      airport: {
        guide: {
          summary: null,
          sights: { edges: [{ node: { id: sights[0]!.id, rating: null } }] },
          stays: { edges: [{ node: { rating: null, reviewCount: 0, reviews: { edges: [] } } }] },
        },
      },
    });
    await travel.file([guide!]);
  });

  test('a guide with a text only is saved, without sights and stays', async () => {
    const [guide] = demoGuides(NOW);
    await travel.file([{ airport: guide!.airport, summary: 'A text.', sights: [], stays: [] }]);
    const query = `{ airport(code: "${guide!.airport}") { guide { summary
      sights { edges { cursor } } stays { edges { cursor } } } } }`;
    const none = { edges: [] };
    assert.deepEqual(await answer(query), { airport: { guide: { summary: 'A text.', sights: none, stays: none } } });
    await travel.file([guide!]);
  });
});
