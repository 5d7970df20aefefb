// What an operation uses of a schema: fields, arguments, values and inputs by their coordinates.
import assert from 'node:assert/strict';
import { buildSchema, parse } from 'graphql';
import { describe, test } from 'node:test';
import { coordinatesOf, MOST_COORDINATES } from '../../../schema/composition/usage.ts';

const schema = buildSchema(`
  directive @defer(label: String) on INLINE_FRAGMENT
  type Query { offer(id: ID, cabin: Cabin): Offer best(by: By): Best node: Node }
  interface Node { id: ID! } type Offer implements Node { id: ID! cabin: Cabin } type None { why: String }
  union Best = Offer | None
  input By { cabin: Cabin place: Place } input Place { code: String within: By }
  enum Cabin { ECONOMY FIRST }`);

const cases: [document: string, uses: string][] = [
  ['{ offer { id } }', 'Offer.id Query.offer'],
  ['{ a: offer(id: 1) { b: id } __typename }', 'Offer.id Query.offer Query.offer(id:)'],
  ['{ offer(cabin: FIRST) { cabin } }', 'Cabin.FIRST Offer.cabin Query.offer Query.offer(cabin:)'],
  ['{ node { id ... on Offer { cabin } } }', 'Node.id Offer Offer.cabin Query.node'],
  ['{ best { ...F } } fragment F on None { why }', 'None None.why Query.best'],
  ['{ best(by: { place: { code: "X" } }) { __typename } }', 'By By.place Place Place.code Query.best Query.best(by:)'],
  ['query Q($c: Cabin) { offer(cabin: $c) { id } }', 'Cabin.ECONOMY Cabin.FIRST Offer.id Query.offer Query.offer(cabin:)'],
  ['query Q($p: Place) { best(by: { place: $p }) { __typename } }', 'By By.cabin By.place Cabin.ECONOMY Cabin.FIRST Place Place.code Place.within Query.best Query.best(by:)'],
  ['{ offer { ... @defer(label: "x") { id } ... @skip(if: true) { id } } }', '@defer Offer.id Query.offer'],
  ['{ nothing(x: 1) { y } offer(z: 1) { id } }', 'Offer.id Query.offer'],
  ['{ __schema { types { name } } }', ''],
]; // prettier-ignore

describe('the coordinates of an operation', () => {
  for (const [document, uses] of cases) {
    test(`${document}: ${uses || 'none'}`, () => {
      assert.deepEqual(coordinatesOf(parse(document), schema), uses.split(' ').filter(Boolean));
    });
  }

  test('are bounded', () => {
    const fields = Array.from({ length: MOST_COORDINATES + 10 }, (_, n) => `f${n}: Int`);
    const wide = buildSchema(`type Query { q(by: By): Int } input By { ${fields.join(' ')} }`);
    assert.equal(coordinatesOf(parse('query Q($by: By) { q(by: $by) }'), wide).length, MOST_COORDINATES);
  });
});
