// Operators handle dead letters with the command and in the graph.
import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { textOf } from '../../infra/messaging/byte-text.ts';
import { event } from '../../schema/events.ts';
import { runDeadLetters } from '../../infra/system/commands/dead-letters.ts';
import { eventually } from '../kit/eventually.ts';
import { signedUp } from '../kit/person.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

const deadLettersOf = async ({ stores }: World) => (await stores.operations()).deadLetters;

async function command(world: World, args: string) {
  const said = { out: '', err: '' };
  const to = (name: 'out' | 'err') =>
    new Writable({ write: (chunk, _, done) => ((said[name] += String(chunk)), done()) });
  const open = async () => ({ deadLetters: await deadLettersOf(world), [Symbol.asyncDispose]: async () => undefined });
  return { code: await runDeadLetters(args.split(' '), { open, out: to('out'), err: to('err') }), ...said };
}

/** An event of a later version than the stock subgraph supports, with another event of the same key behind it. */
async function letterIn(world: World): Promise<string> {
  const about = { source: '/fare', subject: 'DEL-BLR', sequence: 1, now: world.clock.now() };
  const departure = {
    ...{ id: 'dep_1', carrier: '6E', flightNumber: null, origin: 'DEL', destination: 'BLR' },
    ...{ departs: '2026-03-24T22:20', cabin: 'ECONOMY' as const, capacity: 7 },
  };
  const later = { ...event('departure.scheduled', about, { departures: [departure] }), schemaversion: 2 };
  await world.wiring.bus.publish([{ topic: 'departures', key: 'DEL-BLR', value: JSON.stringify(later) }]);
  await eventually(async () => (await (await deadLettersOf(world)).list({ most: 9 })).length === 1);
  await world.file([aFare({ capacity: 5 })]);
  await eventually(async () => (await (await deadLettersOf(world)).list({ most: 9 })).length === 2);
  return (await (await deadLettersOf(world)).list({ most: 1 }))[0]!.id;
}

const SEATS = `{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) {
  offers { edges { node { seatsLeft } } } } }`;

async function seatsLeft(world: World): Promise<unknown> {
  const { data } = await world.graph<{ shopping: { offers: { edges: { node: { seatsLeft: unknown } }[] } } }>(SEATS);
  return data.shopping.offers.edges[0]?.node.seatsLeft;
}

test('the command lists dead letters, shows one in full, and replays and discards it', async () => {
  await using world = await openWorld();
  const id = await letterIn(world);
  const { out } = await command(world, 'list');
  assert.match(out, new RegExp(`^${id}  DEAD +open-departures  departures  DEL-BLR  Error: departure.scheduled has v`));
  assert.match(out, /BEHIND.*\n2 dead letters wait\.\n$/);
  assert.match((await command(world, 'list --group rebuild-fares')).out, /^0 dead letters wait\.\n$/);
  const shown = (await command(world, `show ${id}`)).out;
  assert.match(shown, /cause: Error: departure.scheduled has version 2; this consumer knows 1\n/);
  assert.match(shown, /value: \{"specversion":"1\.0"/);

  assert.match((await command(world, `replay ${id}`)).out, /is replayed as soon as open-departures runs/);
  await eventually(async () => (await (await deadLettersOf(world)).show(id))!.state === 'DEAD'); // this version still cannot handle it
  assert.equal(await seatsLeft(world), null);
  assert.match((await command(world, `discard ${id}`)).out, /is discarded; those behind it follow/);
  await eventually(async () => (await seatsLeft(world)) === 5);
  assert.match((await command(world, 'list')).out, /^0 dead letters wait/);
});

test('a dead letter with any bytes is listed, shown and discarded without printing terminal control bytes', async () => {
  await using world = await openWorld();
  const key = `a\u0000\u001b[2J\u202e${textOf(Buffer.from([0xff]))}${'k'.repeat(5000)}`;
  const value = '{"a": "\u001b]0;title\u0007"';
  await world.wiring.bus.publish([{ topic: 'departures', key, value }]);
  await eventually(async () => (await (await deadLettersOf(world)).list({ most: 9 })).length === 1);
  const listed = await (await deadLettersOf(world)).list({ most: 9 });
  const { id } = listed.find(({ consumer }) => consumer === 'open-departures')!;
  const { out } = await command(world, 'list');
  const shown = await command(world, `show ${id}`);
  for (const text of [out, shown.out])
    assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  assert.ok(out.split('\n').every((line) => line.length < 400));
  assert.match(shown.out, /key: data:;base64,YQAbWzJK/);
  assert.match(shown.out, /value: \{"a": "\\u001b\]0;title\\u0007"\n$/);

  const { ask } = await signedUp(world, 'operator@example.com', 'OPERATOR');
  world.clock.advance(6000);
  const { data } = await ask<{ deadLetter: { key: string; payload: string | null } }>(
    `{ deadLetter(id: "${id}") { key payload } }`,
  );
  assert.match(data.deadLetter.key, /^data:;base64,YQAbWzJK.{170,190}…$/);
  assert.equal(data.deadLetter.payload, null);
  assert.equal((await ask(DISCARD, { id })).errors, undefined);
});

test('an impossible command exits with 1 and explains itself, with the usage where that helps', async () => {
  await using world = await openWorld();
  const misused = ['', 'destroy', 'replay', 'list more', 'show dlt_1 --group x', 'list --all'];
  for (const args of misused) {
    const { code, err } = await command(world, args);
    assert.deepEqual([code, err.includes('usage: npm run dead-letters')], [1, true], args);
  }
  for (const args of ['show dlt_1', 'replay dlt_1', 'discard dlt_1']) {
    const { code, err } = await command(world, args);
    assert.deepEqual([code, err], [1, 'There is no dead letter dlt_1.\n'], args);
  }
});

const LIST = `query($after: String) { deadLetters(first: 1, after: $after) { pageInfo { hasNextPage endCursor }
  edges { node { id group topic key state cause payload parkedAt settledAt } } } }`;
const DISCARD = `mutation($id: ID!) { discardDeadLetter(id: $id) { __typename
  ... on DeadLetter { id state settledAt } ... on DeadLetterRefusal { code message } } }`;

interface Page {
  deadLetters: {
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: Record<string, string | null> }[];
  };
}

test('an operator lists, shows and discards dead letters in the graph, page by page', async () => {
  await using world = await openWorld();
  const id = await letterIn(world);
  const { ask } = await signedUp(world, 'operator@example.com', 'OPERATOR');
  world.clock.advance(6000); // a role takes effect within five seconds
  const { data } = await ask<Page>(LIST);
  const [{ node } = assert.fail('a letter')] = data.deadLetters.edges;
  const { cause, ...rest } = node;
  assert.match(cause!, /version 2/);
  assert.deepEqual(rest, {
    ...{ id, group: 'open-departures', topic: 'departures', key: 'DEL-BLR', state: 'DEAD' },
    ...{ payload: null, parkedAt: '2026-03-01T12:00:00.000Z', settledAt: null },
  });
  const next = await ask<Page>(LIST, { after: data.deadLetters.pageInfo.endCursor });
  const [behind] = next.data.deadLetters.edges;
  assert.deepEqual([behind!.node['state'], next.data.deadLetters.pageInfo.hasNextPage], ['BEHIND', false]);
  assert.match(behind!.node['payload']!, /"type":"departure.scheduled"/);

  const discarded = await ask(DISCARD, { id });
  const settledAt = '2026-03-01T12:00:06.000Z';
  const letter = { __typename: 'DeadLetter', id, state: 'DISCARDED', settledAt };
  assert.deepEqual(discarded.data, { discardDeadLetter: letter });
  const again = await ask(DISCARD, { id });
  const refusal = { __typename: 'DeadLetterRefusal', code: 'SETTLED', message: 'It was discarded already.' };
  assert.deepEqual(again.data, { discardDeadLetter: refusal });
  await eventually(async () => (await seatsLeft(world)) === 5);
});

test('only operators can read, replay or discard dead letters', async () => {
  await using world = await openWorld();
  const id = await letterIn(world);
  const { ask } = await signedUp(world, 'manager@example.com', 'FARE_MANAGER');
  world.clock.advance(6000);
  for (const query of [
    LIST,
    `{ deadLetter(id: "${id}") { id } }`,
    `mutation { replayDeadLetter(id: "${id}") { __typename } }`,
  ]) {
    // prettier-ignore
    assert.equal((await ask(query)).errors?.[0]?.extensions['code'], 'FORBIDDEN', query);
    assert.equal((await world.graph(query)).errors?.[0]?.extensions['code'], 'UNAUTHENTICATED', query);
  }
  assert.equal((await (await deadLettersOf(world)).show(id))!.state, 'DEAD');
});
