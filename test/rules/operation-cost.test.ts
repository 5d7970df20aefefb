// The cost of operations: cases on a small schema, and rules for the whole supergraph.
import { buildSchema, getNamedType, getNullableType, getOperationAST, isListType, isObjectType, parse } from 'graphql';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { costFunction, costOf } from '../../gateway/limits/cost.ts';
import { fragmentsOf } from '../../gateway/limits/document.ts';
import { readPrices } from '../../gateway/limits/prices.ts';

const page = '@listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)';
const sdl = `
  directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  type Query {
    name: String
    item: Item
    dear: Item @cost(weight: 7)
    text: String @cost(weight: 3)
    unsaid: [Item]
    seven: [Item] @listSize(assumedSize: 7)
    page(first: Int = 20): Page ${page}
    some(first: Int, last: Int): [Item] @listSize(assumedSize: 4, slicingArguments: ["first", "last"])
    either: Either
  }
  type Mutation { change: Item  pay: Item @cost(weight: 100) }
  type Page { edges: [Edge] total: Int }
  type Edge { node: Item }
  type Item { id: ID  item: Item  jewel: Jewel  page(first: Int = 20): Page ${page} }
  type Jewel @cost(weight: 5) { id: ID }
  union Either = Item | Jewel
`;
const schema = buildSchema(sdl);
const prices = readPrices(sdl);

function cost(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  const operation = getOperationAST(document)!;
  return costOf({ operation, fragments: fragmentsOf(document), variables, schema, prices });
}

describe('an operation costs', () => {
  for (const [what, query, expected, variables] of [
    ['nothing for a field without fields', '{ name __typename }', 0],
    ['one for a field with fields', '{ item { id } }', 1],
    ['one for each of them', '{ item { item { item { id } } } }', 3],
    ['the @cost of a field', '{ dear { id } text }', 10],
    ['the @cost of a type', '{ item { jewel { id } } }', 6],
    ['ten items for a list without @listSize', '{ unsaid { id } }', 10],
    ['the assumed size', '{ seven { jewel { id } } }', 42],
    ['the value of `first`, for the list below', '{ page(first: 3) { edges { node { id } } } }', 7],
    ['the value of a variable', 'query($n: Int) { page(first: $n) { edges { node { id } } } }', 11, { n: 5 }],
    ['the default of a variable', 'query($n: Int = 2) { page(first: $n) { edges { node { id } } } }', 5],
    ['the default of an argument', '{ page { edges { node { id } } } }', 41],
    ['nothing for rows that are only counted', '{ page(first: 100) { total } }', 1],
    ['the larger of two slicing arguments', '{ some(first: 2, last: 9) { id } }', 9],
    ['the assumed size without slicing arguments', '{ some { id } }', 4],
    ['lists within lists, multiplied', '{ page(first: 10) { edges { node { page(first: 10) { edges { node { id } } } } } } }', 231], // prettier-ignore
    ['each alias', '{ a: item { id } b: item { id } }', 2],
    ['a repeated field once', '{ item { id } item { item { id } } ...F } fragment F on Query { item { id } }', 2],
    ['the most expensive of the possible types', '{ either { ... on Item { id } ... on Jewel { id } } }', 1],
    [
      'the most expensive of the possible types, by their fields',
      '{ either { ... on Item { jewel { id } } ... on Jewel { id } } }',
      6,
    ],
    ['nothing for skipped fields', 'query($no: Boolean!) { item @include(if: $no) { id } ...F @skip(if: true) } fragment F on Query { dear { id } }', 0, { no: false }], // prettier-ignore
    ['twenty for a mutation', 'mutation { change { id } }', 20],
    ['the @cost of a mutation', 'mutation { a: pay { id } b: pay { id } }', 200],
  ] as [string, string, number, Record<string, unknown>?][])
    test(what, () => assert.equal(cost(query, variables), expected));
});

test('the cost of a kept operation follows its page sizes and conditions, and no other variable', () => {
  const document = parse(`query($n: Int = 2, $no: Boolean = false, $other: String) {
    page(first: $n) { edges { node { id } } } ...F @include(if: $no) __typename @skip(if: $no) } fragment F on Query { dear { id } }`);
  const operation = getOperationAST(document)!;
  const costOfKept = costFunction({ operation, fragments: fragmentsOf(document), schema, prices });
  const asked = [
    {},
    { n: 5 },
    { n: 5, no: true },
    { n: 5, other: 'x' },
    { other: 'y' },
    { n: 5, no: true, other: 'z' },
  ];
  assert.deepEqual([...asked, ...asked].map(costOfKept), [...[5, 11, 18, 11, 5, 18], ...[5, 11, 18, 11, 5, 18]]);
});

test('null and an absent variable, which has its default, do not share a kept cost', () => {
  const document = parse('query($no: Boolean = true) { dear @skip(if: $no) { id } }');
  const operation = getOperationAST(document)!;
  const costOfKept = costFunction({ operation, fragments: fragmentsOf(document), schema, prices });
  assert.deepEqual([{}, { no: null }, {}].map(costOfKept), [0, 7, 0]);
});

test('every list of the supergraph declares its size', () => {
  const supergraph = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
  const said = readPrices(supergraph);
  const types = Object.values(buildSchema(supergraph, { assumeValidSDL: true }).getTypeMap());
  const unsaid = types.filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => !type.name.startsWith('__') && field.name !== 'edges') // the edges of a page: sized by the connection field
      .filter(({ type: of }) => isListType(getNullableType(of)) || getNamedType(of).name.endsWith('Connection'))
      .map((field) => `${type.name}.${field.name}`)
      .filter((name) => !said.get(name)?.list),
  );
  assert.deepEqual(unsaid, []);
});
