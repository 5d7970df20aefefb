// The stock subgraph as operators see it in the graph.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderNews } from '../../subgraphs/stock/rules/hold.ts';
import { Departure } from '../../subgraphs/stock/store/tables.ts';
import { closing, counters, givenBack, NOW, onSale, paid, placed } from '../kit/seats.ts';
import { signedUp } from '../kit/person.ts';
import { openWorld } from '../kit/world.ts';

interface Seats {
  id: string;
  revision: number;
  total: number;
  available: number;
  held: number;
  sold: number;
}
interface Outcome extends Partial<Seats> {
  __typename: 'Departure' | 'StockRefusal';
  code?: string;
  message?: string;
  least?: number | null;
  current?: Seats | null;
}

const SEATS = 'id revision total available held sold';

/** A world with an operator, and these capacities on sale on the evening of 24 March 2026. */
async function openOffice(capacities: Record<string, number | null>) {
  const world = await openWorld();
  const { db, holds } = await world.stores.stock();
  await onSale(db, capacities);
  const { ask } = await signedUp(world, 'operator@example.com', 'OPERATOR');
  const query = async <T>(text: string, variables: object = {}): Promise<T> => {
    const { data, errors } = await ask<T>(text, variables);
    assert.equal(errors, undefined);
    return data;
  };
  const CHANGE = `mutation($id: ID!, $total: Int!, $expected: Int) {
    outcome: changeCapacity(departureId: $id, total: $total, expectedRevision: $expected) { __typename
      ... on Departure { ${SEATS} } ... on StockRefusal { code message least current { ${SEATS} } } } }`;
  return {
    db,
    ask,
    query,
    hear: (...events: OrderNews[]) => holds.follow('hold-stock', events, NOW),
    hearNextDay: (...events: OrderNews[]) => holds.follow('hold-stock', events, new Date('2026-03-02T12:00:00Z')),
    change: async (id: string, total: number, expected: number | null = null) =>
      (await query<{ outcome: Outcome }>(CHANGE, { id, total, expected })).outcome,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

test('a capacity cannot go below the seats held and sold, and the refusal names that number', async () => {
  await using office = await openOffice({ a: 10 });
  await office.hear(placed('ord_1', { a: 2 }), placed('ord_2', { a: 3 }), paid('ord_2'));
  const seats = { id: 'a', revision: 4, total: 10, available: 5, held: 2, sold: 3 };
  assert.deepEqual(await office.change('a', 4), {
    __typename: 'StockRefusal',
    code: 'BELOW_SOLD',
    message: '2 seats are held and 3 are sold: the total can be 5 at least.',
    least: 5,
    current: seats,
  });
  assert.deepEqual(await office.change('a', 5), {
    __typename: 'Departure',
    ...seats,
    revision: 5,
    total: 5,
    available: 0,
  });
  const larger = { __typename: 'Departure', ...seats, revision: 6, total: 12, available: 7 };
  for (const _ of ['it is changed', 'it is that already']) assert.deepEqual(await office.change('a', 12), larger);
});

test('a capacity change is refused for an outdated revision, an unknown departure, and a number out of range', async () => {
  await using office = await openOffice({ a: 10 });
  assert.equal((await office.change('a', 9, 1)).revision, 2);
  const { code, least, current } = await office.change('a', 8, 1);
  assert.deepEqual([code, least, current?.total], ['CONFLICT', 0, 9]);
  assert.deepEqual((await office.change('none', 8)).code, 'DEPARTURE_NOT_FOUND');
  for (const total of [-1, 1001]) {
    const { errors } = await office.ask(
      `mutation { changeCapacity(departureId: "a", total: ${total}) { __typename } }`,
    );
    assert.equal(errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
  }
});

test('a capacity filed later does not replace one that an operator set', async () => {
  await using office = await openOffice({ usual: null });
  await office.change('usual', 100);
  await onSale(office.db, { usual: 20 });
  assert.deepEqual(await counters(office.db, 'usual'), [100, 0, 0]);
});

test("a departure's ledger lists every seat change in pages, newest first, and its sales list every day", async () => {
  await using office = await openOffice({ a: 10, b: 5 });
  await office.hear(placed('ord_1', { a: 2 }), paid('ord_1'));
  await office.hearNextDay(placed('ord_2', { a: 3 }), closing('ord_2'), placed('ord_3', { a: 1 }), paid('ord_3'));
  await office.hearNextDay(givenBack('ord_1', 'back', { a: 2 }));
  await office.change('a', 11);

  type Ledger = {
    edges: { node: { kind: string; orderId: string | null } }[];
    pageInfo: { endCursor: string; hasNextPage: boolean };
  };
  const lines: (string | null)[][] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: { departure: { ledger: Ledger } } = await office.query(
      'query($after: String) { departure(id: "a") { ledger(first: 3, after: $after) { edges { node { kind orderId } } pageInfo { endCursor hasNextPage } } } }',
      { after },
    );
    const { edges, pageInfo } = page.departure.ledger;
    lines.push(...edges.map(({ node }) => [node.kind, node.orderId]));
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  assert.deepEqual(lines, [
    ['CAPACITY', null],
    ['RETURNED', 'ord_1'],
    ['CONFIRMED', 'ord_3'],
    ['HELD', 'ord_3'],
    ['RELEASED', 'ord_2'],
    ['HELD', 'ord_2'],
    ['CONFIRMED', 'ord_1'],
    ['HELD', 'ord_1'],
    ['OPENED', null],
  ]);

  const { departures } = await office.query<{ departures: { edges: { node: object }[] } }>(
    '{ departures { edges { node { id sold sales { date sold returned } } } } }',
  );
  assert.deepEqual(
    departures.edges.map(({ node }) => node),
    [
      {
        id: 'a',
        sold: 1,
        sales: [
          { date: '2026-03-01', sold: 2, returned: 0 },
          { date: '2026-03-02', sold: 1, returned: 2 },
        ],
      },
      { id: 'b', sold: 0, sales: [] },
    ],
  );
});

test('departures are listed by time, route and day, each exactly once over all pages', async () => {
  await using office = await openOffice({ d: 1, b: 1, c: 1, a: 1 });
  await office.db.write((em) => em.nativeUpdate(Departure, { id: 'd' }, { departs: '2026-03-24T06:00' }));
  await office.db.write((em) => em.nativeUpdate(Departure, { id: 'c' }, { departs: '2026-03-25T06:00' }));
  type Page = {
    departures: {
      edges: { cursor: string; node: { id: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  };
  const list = async (filter: object, first = 100) => {
    const ids: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Page = await office.query(
        `query($filter: DepartureFilter, $first: Int, $after: String) { departures(filter: $filter, first: $first, after: $after) {
          edges { cursor node { id origin { code city } } } pageInfo { hasNextPage endCursor } } }`,
        { filter, first, after },
      );
      ids.push(...page.departures.edges.map(({ node }) => node.id));
      [after, more] = [page.departures.pageInfo.endCursor, page.departures.pageInfo.hasNextPage];
    }
    return ids.join('');
  };
  for (const first of [1, 2, 3, 100]) assert.equal(await list({}, first), 'dabc');
  assert.equal(await list({ date: '2026-03-24' }), 'dab');
  assert.equal(await list({ origin: 'DEL', destination: 'BLR', date: '2026-03-25' }), 'c');
  assert.equal(await list({ origin: 'BLR' }), '');
});
