// Operations that Apollo's planner plans wrongly: the gateway plans them otherwise, and its answer is the right one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMadeUp, type Parts, ref, refs } from '../made-up/supergraph.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@interfaceObject"])'; // prettier-ignore

async function assertRight(parts: Parts, query: string, variables: object = {}): Promise<void> {
  await using opened = await openMadeUp(parts);
  const { data, errors } = await opened.ask(query, variables);
  assert.deepEqual({ data, errors }, await opened.plain(query, variables));
}

const shelves: Parts = {
  subgraphs: {
    plain: {
      sdl: `${link} type Query { shelf: Shelf } type Shelf @key(fields: "id") { id: ID! items: Int }`,
      rows: { low: { __typename: 'Shelf', id: 's1', items: 4 } },
      fields: { 'Query.shelf': () => ref('low') },
    },
    labels: {
      sdl: `${link} type Shelf @key(fields: "id") { id: ID! items: Int @external weight: Int
        label: String @requires(fields: "items") }`,
      rows: { low: { __typename: 'Shelf', id: 's1', weight: 12 } },
      fields: { 'Shelf.label': ({ items }: { items: number }) => `${items} items` },
    },
  },
  joined: {},
};

test('a field is fetched beside one that is skipped and requires others', async () => {
  await assertRight(shelves, '{ shelf { weight label @skip(if: true) } }');
  const query = 'query($no: Boolean!) { shelf { weight label @include(if: $no) ... @skip(if: $no) { items } } }';
  for (const no of [true, false]) await assertRight(shelves, query, { no });
});

test('the operation that the request names is planned, also if the document has others', async () => {
  await using opened = await openMadeUp(shelves);
  const query = 'query A { shelf { id } } query B($no: Boolean!) { shelf { label @skip(if: $no) weight } }';
  const { data } = await opened.ask(query, { no: false }, 'B');
  assert.deepEqual(data, { shelf: { label: '4 items', weight: 12 } });
});

const places: Parts = {
  subgraphs: {
    cities: {
      sdl: `${link} type Query { cities: [City!] } interface Media @key(fields: "id") { id: ID! }
        interface Item { rank: Int } type City implements Media & Item @key(fields: "id") { id: ID! rank: Int }`,
      rows: { delhi: { __typename: 'City', id: 'c1', rank: 1 }, pune: { __typename: 'City', id: 'c2', rank: 7 } },
      fields: { 'Query.cities': () => refs('delhi', 'pune') },
    },
    names: {
      sdl: `${link} type Media @key(fields: "id") @interfaceObject { id: ID! near: [Media!] }`,
      rows: { delhi: { __typename: 'Media', id: 'c1' }, pune: { __typename: 'Media', id: 'c2' } },
      fields: { 'Media.near': ({ id }: { id: string }) => refs(id === 'c1' ? 'pune' : 'delhi') },
    },
  },
  joined: { 'City.near': ({ id }: { id: string }) => refs(id === 'c1' ? 'pune' : 'delhi') },
};

test('a fragment on another interface is planned where an interface is one object in a subgraph', async () => {
  await assertRight(places, '{ cities { near { ... on Item { __typename } } } }');
  await assertRight(places, '{ cities { ...Near } } fragment Near on Media { near { ... on Item { rank } id } }');
});
