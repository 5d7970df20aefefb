// The rules of the graph that a check applies to an SDL: conventions warn, what endangers other subgraphs is refused.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, codesOf, fare, only, subgraph } from './proposals.ts';

const field = (definition: string, more = '') =>
  subgraph('loyalty', `type Query { "A." ${definition} @access(to: "anyone") } ${more}`);
const OFFER = '@key(fields: "id") @access(to: "anyone") { id: ID!';

// prettier-ignore
const cases: [what: string, changed: { name: string; sdl: string }, findings: string[]][] = [
  ['a good field', field('points: Int'), []],
  ['a field without a description', subgraph('loyalty', 'type Query { points: Int @access(to: "anyone") }'), ['WARNING DESCRIPTION_MISSING']],
  ['an argument without a description', field('points(of: Int): Int'), ['WARNING DESCRIPTION_MISSING']],
  ['an enum and its value without descriptions', field('tier: Tier', 'enum Tier { GOLD }'), ['WARNING DESCRIPTION_MISSING', 'WARNING DESCRIPTION_MISSING']],
  ['the key of a stub', field('offer2: Offer', `extend type Offer ${OFFER} }`), []],
  ['an amount as Float', field('price: Float'), ['WARNING AMOUNT_AS_FLOAT']],
  ['an amount in an argument', field('points("P." minPrice: Float): Int'), ['WARNING AMOUNT_AS_FLOAT']],
  ['a rating as Float', field('rating: Float'), []],
  ['a list of unknown size', field('points: [Int!]'), ['WARNING LIST_SIZE_MISSING']],
  ['a list with its size', field('points: [Int!] @listSize(assumedSize: 3)'), []],
  ['a list of entities', field('offers: [Offer]', `extend type Offer ${OFFER} }`), ['WARNING LIST_NOT_CONNECTION']],
  ['a short list of entities', field('offers: [Offer] @listSize(assumedSize: 3)', `extend type Offer ${OFFER} }`), []],
  ['a list in pages that is no connection', field('points("F." first: Int): [Int!] @listSize(assumedSize: 3)'), ['WARNING LIST_NOT_CONNECTION']],
  ['the edges of a connection', field('all: PointConnection', '"P." type PointConnection @access(to: "anyone") { "E." edges: [Int!]! }'), []],
  ['a deprecation without a date', field('points: Int @deprecated(reason: "Old.")'), ['WARNING DEPRECATION_UNDATED']],
  ['a deprecation with a date', field('points: Int @deprecated(reason: "Use p. Since 0.2.0, until 2027-06-01.")'), []],
  ['a root field that is not nullable', field('points: Int!'), ['ERROR NON_NULL_ENDANGERS_OTHERS']],
  ['a field on an entity of others that is not nullable', field('p: Int', `extend type Offer ${OFFER} "P." points: Int! }`), ['ERROR NON_NULL_ENDANGERS_OTHERS']],
  ['one in a definition that extends nothing', field('p: Int', `type Offer ${OFFER} "P." points: Int! }`), ['ERROR NON_NULL_ENDANGERS_OTHERS', 'WARNING SEVERAL_OWNERS', 'SAFE NODE_PREFIX_MISSING']],
  ['a nullable field on an entity of others', field('p: Int', `extend type Offer ${OFFER} "P." points: Int }`), []],
  ['an own field that needs others and is not nullable', field('p: Tier', '"T." type Tier @access(to: "anyone") { "O." offer: Offer! } type Offer @key(fields: "id", resolvable: false) @access(to: "anyone") { id: ID! }'), ['WARNING NON_NULL_DEPENDS_ON_OTHERS']],
  ['an entity that node does not find', field('p: Tier', `"T." type Tier ${OFFER.replace('id: ID!', '"Id." id: ID!')} }`), ['SAFE NODE_PREFIX_MISSING']],
];

describe('of the rules', () => {
  for (const [what, changed, expected] of cases) {
    test(`${what} ${expected.length ? `gets ${expected.join(', ')}` : 'is fine'}`, () => {
      const { findings, supergraph } = check([fare], [changed]);
      const rules = findings.filter(({ change, subgraph: of }) => change === null && of === 'loyalty');
      assert.ok(supergraph, codesOf(findings).join());
      assert.deepEqual(codesOf(rules), expected);
    });
  }

  test('a fault has its place, what to do, and why', () => {
    const { findings } = check([fare], [field('p: Int', `extend type Offer ${OFFER}\n    "P." points: Int! }`)]);
    const { line, column, message, advice } = only(findings, 'NON_NULL_ENDANGERS_OTHERS');
    assert.deepEqual([line, column, advice], [5, 10, 'Make it nullable.']);
    assert.equal(message, 'Offer.points: fare owns Offer, and a failure of loyalty would take its fields along.');
  });
});

describe('a subgraph that takes a field from another one', () => {
  const sdl = (override: string) =>
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@override"])
     extend type Offer ${OFFER} price: String! ${override} @access(to: "anyone") }`;
  const taking = { name: 'loyalty', sdl: subgraph('', sdl('@override(from: "fare")')).sdl.replace(/extend schema.*\n/, '').replace('"@override"', '"@override", "@key"') }; // prettier-ignore

  test('is refused, though clients see no change, until it is approved', () => {
    const { passed, findings } = check([fare], [taking], { countedSince: new Date('2027-01-01') });
    const { message, change, severity, line } = only(findings, 'FIELD_TAKEN_OVER');
    assert.deepEqual([passed, severity, line], [false, 'BREAKING', 4]);
    assert.match(message, /^Offer\.price would be answered by loyalty in place of fare/);
    const approvals = [{ change: change ?? '', expiresAt: new Date('2027-07-01') }];
    assert.equal(only(check([fare], [taking], { approvals }).findings, 'FIELD_TAKEN_OVER').isApproved, true);
  });

  test('may do so in a change of both, and has it later', () => {
    const both = check([fare], [taking, { ...fare, sdl: `${fare.sdl}\n` }]);
    assert.ok(!codesOf(both.findings).includes('BREAKING FIELD_TAKEN_OVER'));
    const later = check([fare, taking], [{ ...taking, sdl: `${taking.sdl}\n` }]);
    assert.ok(!codesOf(later.findings).includes('BREAKING FIELD_TAKEN_OVER'));
  });
});
