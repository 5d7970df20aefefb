// Limits per request: the largest legitimate operation stays well below them, and a refusal states the limit.
import { Supergraph } from '@apollo/federation-internals';
import { getOperationAST, Lexer, parse, Source, TokenKind } from 'graphql';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { costOf } from '../../gateway/limits/cost.ts';
import { fragmentsOf, measureDocument } from '../../gateway/limits/document.ts';
import { type Limits, LIMITS } from '../../gateway/limits/limits.ts';
import { planningWork } from '../../gateway/limits/planning.ts';
import { readPrices } from '../../gateway/limits/prices.ts';
import { measureValue, partsOfJson } from '../../gateway/limits/values.ts';
import { type Honest, honestOperations } from '../kit/honest-operations.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

const sdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
const schema = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();
const prices = readPrices(sdl);
const ROOM = 3; // times what the largest legitimate operation needs

function tokensOf(query: string): number {
  const lexer = new Lexer(new Source(query));
  let count = 0;
  while (lexer.advance().kind !== TokenKind.EOF) count++;
  return count;
}

/** All limited measures of one operation. */
function measure({ query, variables }: Honest): Limits {
  const document = parse(query);
  const operation = getOperationAST(document)!;
  const fragments = fragmentsOf(document);
  const written = measureDocument(document, Infinity);
  const given = Object.values(variables).map((value) => measureValue(value, partsOfJson));
  return {
    ...written,
    listItems: Math.max(written.listItems, ...given.map(({ listItems }) => listItems)),
    nesting: Math.max(written.nesting, ...given.map(({ nesting }) => nesting)),
    values: given.reduce((sum, { values }) => sum + values, 0),
    tokens: tokensOf(query),
    planning: planningWork(operation, fragments, schema, Infinity),
    cost: costOf({ operation, fragments, variables, schema, prices }),
  };
}

for (const [what, limit] of Object.entries(LIMITS) as [keyof Limits, number][]) {
  test(`the legitimate operation with the most ${what} stays well below the limit`, (t) => {
    const measured = honestOperations.map((each) => ({ name: each.name, asks: measure(each)[what] }));
    const largest = measured.reduce((most, each) => (each.asks > most.asks ? each : most));
    t.diagnostic(`${largest.name} asks for ${largest.asks}, ${limit} are allowed`);
    assert.ok(largest.asks * ROOM <= limit, `${largest.name} asks for ${largest.asks} of ${limit}`);
  });
}

describe('a document or its variables', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await world.file([aFare()]);
  });
  after(() => world?.[Symbol.asyncDispose]());

  const many = (n: number, of: (i: number) => string) => Array.from({ length: n }, (_, i) => of(i)).join(' ');
  const nested = (n: number, open: string, core: string, close: string) => open.repeat(n) + core + close.repeat(n);
  /** Documents with this amount of each limited measure. */
  const askFor: Readonly<Record<keyof Limits, (n: number) => { query: string; variables?: object }>> = {
    tokens: (n) => ({ query: `{ ${many(n - 2, () => 'a')} }` }),
    depth: (n) => ({ query: `{ ${nested(Math.floor(n / 2), 'airport(code: "DEL") { guide {', 'summary', '} }')} }` }),
    selections: (n) => ({ query: `{ ${many(8, () => '...F')} } fragment F on Query { ${many(n / 8, () => 'a')} }` }),
    aliases: (n) => ({ query: `{ airports { ${many(n, (i) => `a${i}: __typename`)} } }` }),
    queries: (n) => ({ query: `{ ${many(n, (i) => `${'abcdefghijklmnopqrstuvwxyz'[i % 26]!}${i}: __typename`)} }` }),
    mutations: (n) => ({ query: `mutation { ${many(n, (i) => `a${i}: refreshSession { __typename }`)} }` }),
    directives: (n) => ({ query: `{ airports { ${many(n, () => '... @include(if: true) { __typename }')} } }` }),
    repeats: (n) => ({ query: `{ ${many(n, () => 'me { name }')} }` }),
    listItems: (n) => ({
      query: 'query($carriers: [String!]) { shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) { offers(filter: { carriers: $carriers }) { totalCount } } }', // prettier-ignore
      variables: { carriers: Array(n).fill('6E') },
    }),
    nesting: (n) => ({ query: `{ airports(search: ${nested(n, '[', '"x"', ']')}) { __typename } }` }),
    values: (n) => ({
      query: '{ __typename }',
      variables: Object.fromEntries(Array.from({ length: n / 1000 }, (_, i) => [`v${i}`, Array(1000).fill(1)])),
    }),
    cost: (n) => ({ query: 'query($n: Int) { airports(first: $n) { edges { node { guide { stays(first: 100) { edges { node { id } } } } } } } }', variables: { n: Math.ceil(n / 200) } }), // prettier-ignore
    name: (n) => ({ query: `{ ${'a'.repeat(n)}: __typename }` }),
    planning: () => ({ query: '{ __typename }' }),
  };

  for (const what of Object.keys(LIMITS) as (keyof Limits)[]) {
    if (what === 'planning') continue; // no interface of our schema makes it grow: see planning.test.ts
    test(`with too many ${what} is refused, with the number allowed`, async () => {
      const { query, variables } = askFor[what](LIMITS[what] * 1.5); // more values would exceed the body limit
      const { status, errors, text } = await world.graph(query, variables);
      assert.equal(status, 400, text);
      assert.ok(errors!.length <= 5);
      const allowed = LIMITS[what].toLocaleString('en');
      assert.ok(errors!.some(({ message }) => message.includes(allowed)), text); // prettier-ignore
      assert.equal(errors![0]!.extensions['code'], what === 'cost' ? 'QUERY_TOO_COSTLY' : 'OPERATION_TOO_LARGE');
      assert.equal(typeof errors![0]!.extensions['traceId'], 'string');
    });
  }

  test('with a circular fragment is refused, with its name', async () => {
    const { status, errors } = await world.graph('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }');
    assert.deepEqual([status, errors?.map(({ message }) => message)], [400, ['The fragment A spreads itself: leave that out.']]); // prettier-ignore
  });

  test('that uses all limits fully at once is answered', async () => {
    const { query, variables } = honestOperations.find(({ name }) => name === 'ResultPage')!;
    const { status, data, text } = await world.graph<{ out: object }>(query, variables);
    assert.equal(status, 200, text);
    assert.ok(data.out, text);
  });

  test('with five hundred fares is accepted', async () => {
    const { query, variables } = honestOperations.find(({ name }) => name === 'FileFares')!;
    const { errors } = await world.graph(query, { input: (variables['input'] as object[]).slice(0, 250) });
    assert.notEqual(errors?.[0]?.extensions['code'], 'QUERY_TOO_COSTLY');
    assert.equal(errors?.[0]?.message.includes('too many'), false);
  });
});

test('a response lists at most five client errors, and the number of the others', async () => {
  await using world = await openWorld();
  const invalid = await world.graph(`{ ${Array.from({ length: 20 }, (_, i) => `nothing${i}`).join(' ')} }`);
  assert.deepEqual([invalid.status, invalid.errors?.length], [400, 5]);
  const refused = await world.graph(
    `{ ${Array.from({ length: 8 }, (_, i) => `a${i}: airports(after: "not a cursor ${i}") { edges { cursor } }`).join(' ')} }`,
  );
  const { extensions } = JSON.parse(refused.text) as { extensions: object };
  assert.deepEqual([refused.errors?.length, extensions], [5, { errorsLeftOut: 3 }]);
});

test('when services fail, a response names each field that is null, however many there are', async () => {
  const away = new Set(['stock', 'travel']);
  await using world = await openWorld({
    between: (name, call) => (away.has(name) ? () => Promise.reject(new Error('no')) : call),
  });
  await world.file(Array.from({ length: 20 }, (_, i) => aFare({ flightNumber: String(100 + i) })));
  const { query, variables } = honestOperations.find(({ name }) => name === 'ResultPage')!;
  const { errors, text } = await world.graph(query, variables);
  const named = new Set(errors!.map(({ path }) => path!.join('.')));
  const offers = Array.from({ length: 20 }, (_, i) => `out.offers.edges.${i}.node.seatsLeft`);
  for (const place of [...offers, 'out.travel']) assert.ok(named.has(place), `${place} in ${text}`);
});
