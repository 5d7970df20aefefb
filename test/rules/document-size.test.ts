// The size of a document, counted without expanding its fragments.
import { parse } from 'graphql';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CircularFragment, measureDocument } from '../../gateway/limits/document.ts';
import { measureValue, partsOfJson } from '../../gateway/limits/values.ts';

const measure = (query: string) => measureDocument(parse(query), 1000);

test('a fragment counts each time it is spread, at the depth where it is spread', () => {
  const written = '{ a { b: c @x { d } b: c @x { d } } }';
  const spread = '{ a { ...F ...F } } fragment F on A { b: c @x { d } }';
  const [one, other] = [measure(written), measure(spread)];
  assert.deepEqual(
    { ...other, selections: other.selections - 2 }, // the two spreads
    one,
  );
  assert.deepEqual([one.depth, one.selections, one.aliases, one.directives, one.repeats], [3, 5, 2, 2, 2]);
});

test('the fields of each kind of operation are counted separately', () => {
  const { queries, mutations } = measure('query A { a ... { b } ...F } mutation B { c d } fragment F on Q { e { f } }');
  assert.deepEqual([queries, mutations], [3, 2]);
});

test('a field counts as repeated if the answer has one place for it', () => {
  assert.equal(measure('{ a { b } a { b } x: a { b } }').repeats, 2);
  assert.equal(measure('{ a { b b } ... { a { b } } }').repeats, 3, 'in fragments and below');
});

test('lists and objects are measured wherever they are written', () => {
  const { listItems, nesting } = measure('query($a: A = [[1, 2, 3]]) { a(b: { c: [{ d: [] }] }) @x(y: [1, 2]) }');
  assert.deepEqual([listItems, nesting], [3, 4]);
  assert.deepEqual(measureValue({ a: [1, { b: 2 }] }, partsOfJson), { values: 5, listItems: 2, nesting: 3 });
});

test('an unused fragment is counted on its own, and only once', () => {
  const { repeats, selections } = measure('{ a } fragment F on Q { b b ...G } fragment G on Q { b }');
  assert.deepEqual([repeats, selections], [3, 5]);
  assert.equal(measure('{ ...F } fragment F on Q { b b }').selections, 3);
});

test('the longest name is found wherever it is written', () => {
  for (const query of [
    '{ abcdefgh: a }',
    'query abcdefgh { a }',
    '{ ...abcdefgh } fragment abcdefgh on Q { a }',
    'query($abcdefgh: A) { a }',
  ])
    assert.equal(measure(query).name, 8, query);
});

test('fragments that double a hundred times are counted without expanding them', () => {
  const doubles = Array.from({ length: 100 }, (_, i) => `fragment F${i} on Q { ...F${i + 1} ...F${i + 1} }`).join(' ');
  assert.ok(measure(`{ ...F0 } ${doubles} fragment F100 on Q { a }`).selections > 2 ** 100);
});

test('a fragment that spreads itself has no size, wherever it is used', () => {
  for (const query of [
    '{ ...A } fragment A on Q { a { ...A } }',
    '{ a } fragment A on Q { ...B } fragment B on Q { ...A }',
  ])
    assert.throws(() => measure(query), CircularFragment);
});
