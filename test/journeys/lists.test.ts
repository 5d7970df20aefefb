// Every list of the graph, read page by page from its start and from its end, on real stores.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { DeadLetterRow } from '../../subgraphs/operations/store/tables.ts';
import { move } from '../../subgraphs/payment/store/wallet-store.ts';
import { demoGuides } from '../../subgraphs/travel/demo/demo.ts';
import { aForm } from '../kit/managing.ts';
import { adult, contact, PLACE, type Placed } from '../kit/ordering.ts';
import { createSubgraph, loyaltySdl, publish, registryOf } from '../kit/publishing.ts';
import { onSale } from '../kit/seats.ts';
import { signedUp } from '../kit/person.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

interface Connection {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  edges: { cursor: string; node: object }[];
}

const SEARCH = '{ origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }';

/** A path to a list: the enclosing fields, with LIST as placeholder, and the field that identifies a node. */
interface List {
  around: string;
  field: string;
  args?: string;
  node: string;
}

let world: World;
let olga: Awaited<ReturnType<typeof signedUp>>;
let fare: string;
/** A fare from an imported file: its first revision has no entry in its history. */
let imported: string;
let stay: string;

const lists = (): Record<string, List> => ({
  'Shopping.offers': { around: `{ shopping(input: ${SEARCH}) { LIST } }`, field: 'offers', node: 'id' },
  'Shopping.offers by departure': { around: `{ shopping(input: ${SEARCH}) { LIST } }`, field: 'offers', args: 'sort: DEPARTURE', node: 'id' }, // prettier-ignore
  'Query.airports': { around: '{ LIST }', field: 'airports', args: 'search: "santa"', node: 'code' },
  'TravelGuide.sights': { around: '{ airport(code: "DEL") { guide { LIST } } }', field: 'sights', node: 'id' },
  'TravelGuide.stays': { around: '{ airport(code: "DEL") { guide { LIST } } }', field: 'stays', node: 'id' },
  'Stay.reviews': { around: `{ node(id: "${stay}") { ... on Stay { LIST } } }`, field: 'reviews', node: 'id' },
  'Query.fares': { around: '{ LIST }', field: 'fares', args: 'filter: { carrier: "6E" }', node: 'id' },
  'Query.fareHistory': { around: '{ LIST }', field: 'fareHistory', args: `fareId: "${fare}"`, node: 'revision' },
  'Fare.history': { around: `{ fare(id: "${fare}") { LIST } }`, field: 'history', node: 'revision' },
  'Fare.history of an import': { around: `{ fare(id: "${imported}") { LIST } }`, field: 'history', node: 'revision' },
  'Query.orders': { around: '{ LIST }', field: 'orders', node: 'id' },
  ...Object.fromEntries(
    ['NEWEST', 'OLDEST', 'DEPARTURE'].map((sort) => [
      `Account.orders ${sort}`,
      { around: '{ me { LIST } }', field: 'orders', args: `sort: ${sort}`, node: 'id' },
    ]),
  ),
  'Query.departures': { around: '{ LIST }', field: 'departures', node: 'id' },
  'Departure.ledger': { around: '{ departure(id: "dep_1") { LIST } }', field: 'ledger', node: 'revision' },
  'Query.deadLetters': { around: '{ LIST }', field: 'deadLetters', node: 'id' },
  'Query.supergraphVersions': { around: '{ LIST }', field: 'supergraphVersions', node: 'version' },
  'Wallet.entries': { around: '{ me { wallets { LIST } } }', field: 'entries', node: 'id' },
});

before(async () => {
  world = await openWorld();
  const { travel } = await world.stores.travel();
  await travel.file(demoGuides(world.clock.now()));
  await world.file(Array.from({ length: 7 }, (_, i) => aFare({ flightNumber: `21${i}`, amount: 389_700 + (i % 3) })));
  olga = await signedUp(world, 'olga@example.com', 'FARE_MANAGER', 'OPERATOR');
  await fill();
});
after(() => world[Symbol.asyncDispose]());

async function fill(): Promise<void> {
  const { data } = await olga.ask<{
    createFare: { id: string };
  }>('mutation ($input: FareInput!) { createFare(input: $input) { ... on Fare { id } } }', { input: aForm });
  fare = data.createFare.id;
  const { edges: filed } = await read('Query.fares', 'first: 1');
  imported = (filed[0]!.node as { id: string }).id;
  for (const id of [fare, imported]) {
    for (const [i, note] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      const change = `changeFare(id: "${id}", expectedRevision: ${i + 1}, input: { note: "${note}" }) { __typename }`;
      assert.equal((await olga.ask(`mutation { ${change} }`)).errors, undefined);
    }
  }
  const offers = await read('Shopping.offers', 'first: 3', 'id offerToken');
  for (const [i, { node }] of offers.edges.entries()) {
    const { offerToken: token } = node as { offerToken: string };
    const input = { offers: [{ token, travellers: [{ ...adult, name: `Asha ${'ABC'[i]}` }] }], contact };
    const variables = { input: { ...input, idempotencyKey: `lists-${i}` } };
    assert.ok((await olga.ask<{ placeOrder: Placed }>(PLACE, variables)).data.placeOrder.id);
  }
  const { edges } = await read('TravelGuide.stays', 'first: 1');
  stay = (edges[0]!.node as { id: string }).id;

  const { db: stock } = await world.stores.stock();
  await onSale(stock, { dep_1: 10, dep_2: 10, dep_3: 10, dep_4: 10 });
  for (const total of [11, 12, 13]) {
    const change = `changeCapacity(departureId: "dep_1", total: ${total}) { __typename }`;
    assert.equal((await olga.ask(`mutation { ${change} }`)).errors, undefined);
  }
  const { db: payment } = await world.stores.payment();
  for (const transaction of ['pay_1', 'pay_2', 'pay_3', 'pay_4', 'pay_5']) {
    const top = { movement: 'TOP_UP' as const, transaction, payment: transaction, account: olga.id };
    await payment.write(async (em) => {
      await move(em, { ...top, amount: 100, currency: 'INR', now: world.clock.now() });
    });
  }
  const registry = registryOf(world);
  await createSubgraph(registry, 'loyalty');
  await publish(registry, 'loyalty', loyaltySdl());
  for (const version of [1, 2, 1])
    await registry('POST', '/supergraph/rollback', { version, force: true, reason: 'a longer list' });
  const { db } = await world.stores.operations();
  await db.write(async (em) => {
    for (const id of ['let_1', 'let_2', 'let_3', 'let_4']) {
      const where = { consumer: 'notify', lane: id, topic: 'orders', partition: 0, offset: '1' };
      await em.insert(DeadLetterRow, { ...where, id, state: 'DEAD', headers: '{}', cause: 'x', parkedAt: new Date(0) });
    }
  });
}

async function read(name: string, page: string, node?: string): Promise<Connection> {
  const { around, field, args = '', ...list } = lists()[name]!;
  const connection = `${field}(${args} ${page}) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { ${node ?? list.node} } } }`;
  const { data, errors } = await olga.ask<object>(around.replace('LIST', connection));
  assert.equal(errors, undefined, `${name} ${page}`);
  return found(data, field);
}

/** The list in a response, at any depth. */
function found(value: object, field: string): Connection {
  const [inner] = Object.entries(value).flatMap(([key, each]) =>
    key === field ? [each as Connection] : typeof each === 'object' && each ? [found(each as object, field)] : [],
  );
  return inner!;
}

/** All pages of a list, read from one of its ends. */
async function walk(name: string, end: 'first' | 'last', size: number): Promise<string[]> {
  const all: string[] = [];
  for (let cursor: string | null = null, more = true; more;) {
    const place: string = cursor === null ? '' : `${end === 'first' ? 'after' : 'before'}: "${cursor}"`;
    const { edges, pageInfo } = await read(name, `${end}: ${size} ${place}`);
    const nodes = edges.map(({ node }) => JSON.stringify(node));
    assert.ok(nodes.length > 0 && nodes.length <= size, name);
    assert.deepEqual([pageInfo.startCursor, pageInfo.endCursor], [edges[0]!.cursor, edges.at(-1)!.cursor]);
    assert.equal(end === 'first' ? pageInfo.hasPreviousPage : pageInfo.hasNextPage, cursor !== null, name);
    if (end === 'first') all.push(...nodes);
    else all.unshift(...nodes);
    more = end === 'first' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
    cursor = end === 'first' ? pageInfo.endCursor : pageInfo.startCursor;
    assert.ok(all.length <= 200, 'it ends');
  }
  return all;
}

describe('every list', () => {
  test('is covered by this test', () => {
    const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema/api.graphql'), 'utf8'));
    const all = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields()).flatMap((field) =>
            getNamedType(field.type).name.endsWith('Connection') ? [`${type.name}.${field.name}`] : [],
          )
        : [],
    );
    assert.deepEqual(all.toSorted(), [...new Set(Object.keys(lists()).map((name) => name.split(' ')[0]!))].toSorted());
  });

  for (const name of Object.keys(lists())) {
    test(`${name} has the same nodes from its end as from its start, as many as totalCount`, async () => {
      const forward = await walk(name, 'first', 2);
      const backward = await walk(name, 'last', 2);
      assert.ok(forward.length > 2, name);
      assert.equal(new Set(forward).size, forward.length);
      assert.deepEqual(backward, forward);
      assert.equal((await read(name, 'first: 1')).totalCount, forward.length);
      assert.equal((await read(name, 'last: 1')).totalCount, forward.length);
      const { edges } = await read(name, 'first: 100');
      const between = await read(name, `last: 100, after: "${edges[0]!.cursor}", before: "${edges.at(-1)!.cursor}"`);
      assert.deepEqual(
        between.edges.map(({ node }) => JSON.stringify(node)),
        forward.slice(1, Math.min(forward.length, 100) - 1),
      );
    });
  }
});
