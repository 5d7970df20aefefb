// The nullability lint: it rejects fields whose failure would null the answer of another subgraph.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subgraphSdls } from '../../schema/composition/checkout.ts';
import { nullabilityFaults } from '../../schema/composition/nullability.ts';

/** The faults of subgraphs, given as SDL by name. */
const faultsOf = (sdls: Record<string, string>): string[] =>
  nullabilityFaults(Object.entries(sdls).map(([name, sdl]) => ({ name, sdl })));

const owner = 'type Order @key(fields: "id") { id: ID! number: String! note: String }';

const refused: [what: string, sdls: Record<string, string>, fault: RegExp][] = [
  [
    'a query that is not nullable',
    { order: 'type Query { orders: Int! }' },
    /^Query\.orders \(order\): make it nullable/,
  ],
  ['a mutation that is not nullable', { order: 'type Mutation { pay: [Int]! }' }, /^Mutation\.pay \(order\): make it/],
  [
    'a root field in an extension',
    { order: 'extend type Query { orders: Int! }' },
    /^Query\.orders \(order\): make it nullable/,
  ],
  [
    'a subscription that is not nullable',
    { order: 'type Subscription { orderChanged: ID! }' },
    /^Subscription\.orderChanged \(order\): make it nullable/,
  ],
  [
    'a field that another subgraph adds to an entity',
    { order: owner, payment: 'extend type Order @key(fields: "id") { id: ID! refunds: [Int]! }' },
    /^Order\.refunds \(payment\): make it nullable\. order owns Order, /,
  ],
  [
    'a field that a stub without a reference resolver adds',
    { order: owner, payment: 'type Order @key(fields: "id", resolvable: false) { id: ID! paid: Boolean! }' },
    /^Order\.paid \(payment\): make it nullable/,
  ],
  [
    'a field of a type that several subgraphs resolve in parts',
    { fare: 'type Shopping { price: Int }', travel: 'type Shopping { price: Int guide: Int! }' },
    /^Shopping\.guide \(travel\): make it nullable\. Others answer Shopping/,
  ],
  [
    'a field that requires a field of another subgraph',
    {
      order: owner.replace('note: String', 'note: String! @requires(fields: "paid") paid: Int @external'),
      payment: 'extend type Order @key(fields: "id") { id: ID! paid: Int }',
    },
    /^Order\.note \(order\): make it nullable\. It cannot be answered while/,
  ],
  [
    'a reference to an entity whose owner has non-null fields',
    {
      order: owner,
      payment: `type Payment { order: Order! } type Order @key(fields: "id", resolvable: false) { id: ID! }`,
    },
    /^Payment\.order \(payment\): make Order nullable here, or answer Order\.number in payment too/,
  ],
  [
    'the same in a list that is nullable',
    {
      order: owner,
      payment: `type Payment { orders: [Order!] } type Order @key(fields: "id", resolvable: false) { id: ID! }`,
    },
    /^Payment\.orders \(payment\): make Order nullable here/,
  ],
  [
    'an entity that two subgraphs claim to own',
    { order: owner, payment: 'type Order @key(fields: "id") { id: ID! paid: Int }' },
    /^Order: one subgraph owns an entity, and order and payment define it\. All but its owner say "extend type Order"/,
  ],
];

for (const [what, sdls, fault] of refused) {
  test(`${what} is refused with its name, its subgraph and the fix`, () => {
    const [first, ...others] = faultsOf(sdls);
    assert.match(first ?? 'no fault', fault);
    assert.deepEqual(others, []);
  });
}

test("an owner's own fields, copies of them, nullable additions and references to local entities are accepted", () => {
  const faults = faultsOf({
    order: `${owner} type Query { order: Order orders: [Order!] }`,
    payment: `type Payment { order: Order related: [Order] copied: Copied! }
      extend type Order @key(fields: "id") { id: ID! refunds: [Int!] }
      type Copied @key(fields: "id", resolvable: false) { id: ID! name: String! @shareable }`,
    travel: 'type Copied @key(fields: "id") { id: ID! name: String! @shareable guide: Int }',
  });
  assert.deepEqual(faults, []);
});

test('no subgraph of this repository has a field whose failure nulls another subgraph', () => {
  assert.deepEqual(nullabilityFaults(subgraphSdls()), []);
});
