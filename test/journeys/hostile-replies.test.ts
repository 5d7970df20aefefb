// A subgraph's reply with a value of the wrong shape: that value is null with an error, and all others are returned.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { chance } from '../kit/chance.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

type Path = (string | number)[];

let broken = (data: unknown): unknown => data;
const between = (name: string, call: Call): Call =>
  name === 'travel'
    ? async (request) => {
        const reply = await call(request);
        const { data, ...result } = JSON.parse(String(reply.body)) as { data: unknown };
        return { ...reply, body: JSON.stringify({ ...result, data: broken(data) }) };
      }
    : call;

const QUERY = `{ other: airport(code: "BLR") { city }
  found: airports(search: "DEL") { edges { node { code called: name location { latitude } } } } }`;

const REPLY = {
  found: { edges: [{ node: { code: 'DEL', called: 'X', location: { latitude: 28.5 } } }] },
  other: { city: 'Bangalore' },
};

/** The travel subgraph's reply with one value replaced; undefined omits it. */
function replyWith(path: Path, value: unknown): unknown {
  const copy = structuredClone(REPLY) as never;
  const parent = path.slice(0, -1).reduce((at: Record<string | number, unknown>, step) => at[step] as never, copy);
  parent[path.at(-1)!] = value;
  return copy;
}

const node: Path = ['found', 'edges', 0, 'node'];
const hostile: [what: string, path: Path, value: unknown, nulled: unknown][] = [
  ['null for a text that is never null', [...node, 'called'], null, null],
  ['nothing for a field', [...node, 'called'], undefined, null],
  ['a list for a text', [...node, 'called'], [null], null],
  ['an object for a text', [...node, 'called'], {}, null],
  ['a number for a text', [...node, 'called'], 7, null],
  ['a text for a number', [...node, 'location', 'latitude'], 'x', { edges: [{ node: { code: 'DEL', called: 'X', location: null } }] }], // prettier-ignore
  ['a number for an object', [...node, 'location'], 5, { edges: [{ node: { code: 'DEL', called: 'X', location: null } }] }], // prettier-ignore
  ['numbers for edges', ['found', 'edges', 0], 7, null],
  ['a text for a list', ['found', 'edges'], 'xyz', null],
  ['an object for a list', ['found', 'edges'], {}, null],
  ['a number for a node', node, 5, null],
  ['a list for an object', ['found'], [], null],
];

async function asked(world: World) {
  const answer = await world.graph(QUERY);
  assert.doesNotMatch(answer.text, /valueCompletion/);
  return answer;
}

test('a value of the wrong shape is null with an error at its path, and the other fields are returned', async (t) => {
  await using world = await openWorld({ between });
  for (const [what, path, value, nulled] of hostile) {
    await t.test(what, async () => {
      broken = () => replyWith(path, value);
      const { status, data, errors } = await asked(world);
      assert.deepEqual([status, data], [200, { found: nulled, other: { city: 'Bangalore' } }]);
      assert.deepEqual(
        errors?.map((error) => [error.path, error.extensions['code'], error.extensions['service']]),
        [[path, 'DOWNSTREAM_ERROR', 'travel']],
      );
    });
  }
});

test('a null that the schema allows stays, without an error', async () => {
  await using world = await openWorld({ between });
  broken = () => replyWith([...node, 'location'], null);
  const { data, errors } = await asked(world);
  assert.deepEqual(errors, undefined);
  assert.deepEqual(data['found'], { edges: [{ node: { code: 'DEL', called: 'X', location: null } }] });
});

const TWICE = `query($no: Boolean = false) { airport(code: "BLR") @include(if: $no) { name location { latitude } }
  airport(code: "BLR") { city location { longitude } } }`;

test('a field omitted by @include beside another selection of its parent causes no error', async () => {
  await using world = await openWorld();
  const { data, errors } = await world.graph<{ airport: { location: object } }>(TWICE);
  assert.deepEqual(errors, undefined);
  assert.deepEqual(Object.keys(data.airport).sort(), ['city', 'location']);
  assert.deepEqual(Object.keys(data.airport.location), ['longitude']);
});

const SHOPPING = `query($input: ShoppingInput!) { shopping(input: $input) {
  price { total { amount currency } }
  offers(first: 10) { edges { node { total { amount } slices {
    origin { called: code city timeZone } destination { code city } segments { carrier { code name } } } } } }
  travel { airport { code city country } summary
    sights(first: 5) { edges { node { name kind rating } } } stays(first: 5) { edges { node { name rating } } } } } }`;
const input = { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' };

/** The paths in a reply that belong to a client's fields, without those that the gateway selects for itself. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (value === null) return []; // a wrong value there becomes null, too, so nothing is lost
  if (typeof value !== 'object') return [path];
  const below = Object.entries(value).filter(([name]) => !name.startsWith('_') || name === '_entities');
  const steps = below.map(([name, each]) => [Array.isArray(value) ? Number(name) : name, each] as const);
  return [...(path.length ? [path] : []), ...steps.flatMap(([step, each]) => placesOf(each, [...path, step]))];
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce((at: unknown, step) => (at as Record<string | number, unknown> | null)?.[step], data);

/** Values of the wrong shape in place of this one. */
function wrongFor(value: unknown): unknown[] {
  if (Array.isArray(value)) return [7, 'xyz', {}, true];
  if (typeof value === 'object') return [7, 'xyz', [], [[7]]];
  return typeof value === 'string' ? [7, {}, [null], false] : ['xyz', {}, [null], [[1]]];
}

/** The outermost paths at which the response differs from the expected one. */
function differences(right: unknown, answer: unknown, path: Path = []): Path[] {
  if (JSON.stringify(right) === JSON.stringify(answer)) return [];
  if (typeof right !== 'object' || typeof answer !== 'object' || right === null || answer === null) return [path];
  const steps = Object.keys(right).map((name) => (Array.isArray(right) ? Number(name) : name));
  return steps.flatMap((step) => differences(valueAt(right, [step]), valueAt(answer, [step]), [...path, step]));
}

test('wherever the reply of a subgraph is broken, each differing field is null with an error, and the other fields are returned', async (t) => {
  const dice = chance(t);
  let breakReply: ((data: unknown) => unknown) | null = null;
  await using world = await openWorld({
    between: (name, call) =>
      name !== 'travel'
        ? call
        : async (request) => {
            const reply = await call(request);
            const { data, ...result } = JSON.parse(String(reply.body)) as { data: unknown };
            return { ...reply, body: JSON.stringify({ ...result, data: breakReply ? breakReply(data) : data }) };
          },
  });
  await world.file([aFare()]);
  const ask = () => world.graph<{ shopping: { price: unknown } }>(SHOPPING, { input });
  const right = await ask();
  assert.equal(right.errors, undefined);

  for (let run = 0; run < 60; run++) {
    let what = '';
    breakReply = (data) => {
      const places = placesOf(data);
      const path = places[dice(places.length)]!;
      const wrong = wrongFor(valueAt(data, path));
      const value = wrong[dice(wrong.length)];
      what += `${path.join('.')} = ${JSON.stringify(value)}; `;
      const copy = structuredClone(data);
      (valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown>)[path.at(-1)!] = value;
      return copy;
    };
    const { status, data, errors = [] } = await ask();
    assert.equal(status, 200, what);
    assert.deepEqual(data.shopping.price, right.data.shopping.price, what);
    const changed = differences(right.data, data);
    assert.ok(changed.length, what);
    for (const path of changed) {
      assert.equal(valueAt(data, path), null, what);
      const isTold = errors.some((error) => path.every((step, at) => error.path?.[at] === step));
      assert.ok(isTold, `${what}${path.join('.')} is null without an error`);
    }
    for (const { extensions } of errors)
      assert.deepEqual([extensions['code'], extensions['service']], ['DOWNSTREAM_ERROR', 'travel'], what);
  }
});
