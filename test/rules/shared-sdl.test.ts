// The definitions that several subgraphs share: added where they are used, and only there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Kind, parse } from 'graphql';
import { subgraphSdls } from '../../schema/composition/checkout.ts';
import { compose } from '../../schema/composition/compose.ts';
import { complete } from '../../schema/composition/shared.ts';

/** The types and directives that an SDL defines. */
const definedIn = (sdl: string): string[] =>
  parse(sdl)
    .definitions.flatMap((each) => ('name' in each && each.name ? [each.name.value] : []))
    .toSorted();

test('an SDL gets the shared definitions that it uses, directly or through others', () => {
  const sdl = 'type Query { rooms(cabin: Cabin): [Room] }\ntype Room { price: Money! }';
  const completed = complete(sdl);
  assert.deepEqual(
    definedIn(completed),
    ['Cabin', 'CurrencyCode', 'Decimal', 'Money', 'Query', 'Room', 'access', 'cacheControl'].toSorted(),
  );
  assert.ok(completed.startsWith(sdl), 'errors in the own part keep their line and column');
  assert.ok(parse(completed).definitions.some(({ kind }) => kind === Kind.SCHEMA_EXTENSION));
});

test('an SDL that only adds to the schema gets the link to federation', () => {
  const sdl = 'extend schema @errorCodes(codes: ["POINTS_LOCKED"])\ntype Query { points: Int }';
  assert.match(complete(sdl), /extend schema @link\(url: "https:\/\/specs\.apollo\.dev\/federation\/v2\.9"/);
  assert.match(complete(sdl), /directive @errorCodes/);
});

test('a definition of its own takes precedence over the shared one', () => {
  const own = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])\n';
  const sdl = `${own}scalar Decimal\ntype Money @shareable { amount: Decimal! }\ntype Query { price: Money }`;
  assert.equal(complete(sdl), sdl);
});

test('a complete SDL stays as it is, and so does one with a syntax error', () => {
  for (const { sdl } of subgraphSdls()) assert.equal(complete(sdl), sdl);
  assert.equal(complete('type Query {\n  price: Money'), 'type Query {\n  price: Money');
});

test('a subgraph of another repository composes with its own complete SDL', () => {
  const loyalty = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
    scalar Decimal
    scalar CurrencyCode
    type Money @shareable { amount: Decimal! currency: CurrencyCode! }
    type Query { milesWorth: Money }`;
  assert.match(compose([...subgraphSdls(), { name: 'loyalty', sdl: loyalty }]), /milesWorth: Money @join__field/);
});

test('no subgraph repeats a shared definition, and each has several users', () => {
  const root = join(import.meta.dirname, '../..');
  const shared = definedIn(readFileSync(join(root, 'schema/shared.graphql'), 'utf8'));
  const ownOf = (name: string) =>
    definedIn(readFileSync(join(root, 'subgraphs', name, 'schema.graphql'), 'utf8')).map((type) => `${name}: ${type}`);
  const repeated = subgraphSdls().flatMap(({ name }) =>
    ownOf(name).filter((own) => shared.includes(own.split(': ')[1]!)),
  );
  assert.deepEqual(repeated, ['travel: Airport']); // its owner
  const used = Map.groupBy(
    subgraphSdls().flatMap(({ sdl }) => definedIn(sdl)),
    (name) => name,
  );
  assert.deepEqual(
    shared.filter((name) => (used.get(name)?.length ?? 0) < 2),
    ['errorCodes'], // for subgraphs of other repositories; ours have no codes of their own
  );
});
