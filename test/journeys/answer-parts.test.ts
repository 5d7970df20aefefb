// @defer: an answer in parts, each as soon as its subgraphs have answered.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Agent, request } from 'undici';
import { gunzipSync } from 'node:zlib';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { applied, type Payload, readParts } from '../kit/answer-parts.ts';
import { inAddress } from '../kit/asking.ts';
import { eventually } from '../kit/eventually.ts';
import { gate } from '../kit/telling.ts';
import { aFare, openWorld, type WorldOptions } from '../kit/world.ts';

const PARTS = 'multipart/mixed;deferSpec=20220824, application/json';
const INPUT = 'input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }';
const SEARCH = `{ shopping(${INPUT}) { price { total { amount } } ... @defer(label: "travel") { travel { airport { code } summary } } } }`;
const withoutDefer = (query: string) => query.replaceAll(/@defer(\([^)]*\))?/g, '');

/** A gateway on a port, whose calls of travel pass `between`. */
async function openPort(through: (call: Call) => Call = (call) => call, options: WorldOptions = {}) {
  const between = (name: string, call: Call): Call => (name === 'travel' ? through(call) : call);
  const world = await openWorld({ between, ...options, env: { SUBGRAPH_TIMEOUT: '10000', ...options.env } });
  await world.file([aFare()]);
  const origin = await world.gateway.listen({ port: 0, host: '127.0.0.1' });
  const agent = new Agent();
  async function ask(
    query: string,
    headers: Record<string, string> = {},
    variables: object = {},
    signal?: AbortSignal,
  ) {
    const response = await request(`${origin}/graphql`, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/json', accept: PARTS, ...headers },
      body: JSON.stringify({ query, variables }),
      ...(signal && { signal }),
    });
    return { status: response.statusCode, headers: response.headers, body: response.body };
  }
  return {
    world,
    origin,
    ask,
    async payloads(query: string, variables: object = {}): Promise<Payload[]> {
      const { body } = await ask(query, {}, variables);
      return allOf(readParts(body));
    },
    async [Symbol.asyncDispose]() {
      await agent.destroy();
      await world[Symbol.asyncDispose]();
    },
  };
}

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const partsIn = (payloads: readonly Payload[]) => payloads.flatMap(({ incremental = [] }) => incremental);

/** The answer with its parts equals the same operation without @defer. */
async function assertSame(port: Awaited<ReturnType<typeof openPort>>, query: string, variables: object = {}) {
  const payloads = await port.payloads(query, variables);
  const whole = await port.world.graph(withoutDefer(query), variables);
  assert.deepEqual(applied(payloads[0]?.data, partsIn(payloads)), whole.data);
  return payloads;
}

describe('an answer in parts', () => {
  test('has the price while travel is held back, and then travel', async () => {
    const held = gate();
    await using port = await openPort(held.through);
    const { status, headers, body } = await port.ask(SEARCH);
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'multipart/mixed; boundary="-"; deferSpec=20220824');
    assert.equal(headers['cache-control'], 'private, no-store');
    const parts = readParts(body);
    const { value: first } = (await parts.next()) as { value: Payload };
    assert.deepEqual(first, { data: { shopping: { price: { total: { amount: '3897.00' } } } }, hasNext: true });
    held.open();
    const { value: second } = (await parts.next()) as { value: Payload };
    const [part] = second.incremental ?? [];
    assert.equal(second.hasNext, false);
    assert.deepEqual([part?.path, part?.label], [['shopping'], 'travel']);
    assert.equal((part?.data?.['travel'] as { airport: { code: string } }).airport.code, 'BLR');
    assert.ok((await parts.next()).done);
  });

  test('is packed by gzip, each part at once', async () => {
    const held = gate();
    await using port = await openPort(held.through);
    const { headers, body } = await port.ask(SEARCH, { 'accept-encoding': 'gzip, br' });
    assert.equal(headers['content-encoding'], 'gzip');
    const chunks: Buffer[] = [];
    for await (const chunk of body) {
      chunks.push(chunk as Buffer);
      held.open(); // the first part has left the gateway
    }
    const text = gunzipSync(Buffer.concat(chunks)).toString();
    assert.equal((await allOf(readParts([text] as never))).length, 2);
  });

  test('equals the answer without @defer: nested, in lists, on the root, with aliases and fragments', async () => {
    await using port = await openPort();
    const queries = [
      `{ shopping(${INPUT}) { offers(first: 3) { edges { node { id ... @defer(label: "seats") { seatsLeft } } } } } ... @defer { airport(code: "LHR") { city } } }`,
      `{ shopping(${INPUT}) { price { asOf } ... @defer(label: "a") { travel { airport { city } ... @defer(label: "b") { summary } } } } }`,
      `{ __typename ... on Query @defer { id: airport(code: "DEL") { __typename: city code: timeZone } } }`,
      `{ shopping(${INPUT}) { ...More @defer } } fragment More on Shopping { price { total { amount } } t: travel { airport { ...Place @defer } } } fragment Place on Airport { city code }`,
      `{ ... @defer { __schema { queryType { name } } airport(code: "DEL") { city } } }`,
      `{ ... @defer { __typename } }`,
    ];
    for (const query of queries) await assertSame(port, query);
  });

  test('comes at once where @defer has the condition false, or the client reads no parts', async () => {
    await using port = await openPort();
    const query = SEARCH.replace('{', 'query ($late: Boolean!) {').replace('@defer(', '@defer(if: $late, ');
    assert.equal((await port.payloads(query, { late: true })).length, 2);
    for (const [variables, accept] of [
      [{ late: false }, PARTS],
      [{ late: true }, 'application/json'],
      [{ late: true }, '*/*'],
      [{ late: true }, 'multipart/mixed, application/json'],
    ] as const) {
      const { headers, body } = await port.ask(query, { accept }, variables);
      assert.match(String(headers['content-type']), /^application\/json/);
      const { data } = (await body.json()) as { data: { shopping: { travel: object } } };
      assert.ok(data.shopping.travel);
    }
  });

  test('is given to a client that reads parts only', async () => {
    await using port = await openPort();
    const { status, body } = await port.ask(SEARCH, { accept: 'multipart/mixed; deferSpec=20220824' });
    assert.equal(status, 200);
    assert.equal((await allOf(readParts(body))).length, 2);
  });

  test('has the errors of a failed subgraph in its own part, masked and with the trace id', async () => {
    await using port = await openPort(() => () => Promise.reject(new Error('secret')));
    const [first, second] = await port.payloads(SEARCH);
    assert.equal(first?.errors, undefined);
    const [part] = second?.incremental ?? [];
    assert.deepEqual(part?.data, { travel: null });
    assert.equal(part?.errors?.length, 1);
    const [error] = part?.errors ?? [];
    assert.deepEqual(error?.path, ['shopping', 'travel']);
    assert.equal(error?.extensions['code'], 'DOWNSTREAM_ERROR');
    assert.match(String(error?.extensions['traceId']), /^[0-9a-f]{32}$/);
    assert.ok(!JSON.stringify(part).includes('secret'));
  });

  test('ends with an error in the late part when the time of the request is over', async () => {
    const held = gate();
    await using port = await openPort(held.through, { env: { REQUEST_TIMEOUT: '3000' } });
    const [first, second] = await port.payloads(SEARCH);
    assert.ok(first?.data?.['shopping']);
    assert.equal(second?.incremental?.[0]?.errors?.[0]?.extensions['code'], 'DOWNSTREAM_TIMEOUT');
    held.open();
  });

  test('is not begun where the operation is refused', async () => {
    await using port = await openPort();
    const refused: [query: string, code: string][] = [
      [`{ ... @defer(label: "x") { __typename } ... @defer(label: "x") { __typename } }`, 'GRAPHQL_VALIDATION_FAILED'],
      [`query ($l: String) { ... @defer(label: $l) { __typename } }`, 'GRAPHQL_VALIDATION_FAILED'],
      ['mutation { ... @defer { signOut { __typename } } }', 'GRAPHQL_VALIDATION_FAILED'],
      ['{ ... @defer(label: 3) { __typename } }', 'GRAPHQL_VALIDATION_FAILED'],
      [`{ ... @defer(label: "${'x'.repeat(101)}") { __typename } }`, 'OPERATION_TOO_LARGE'],
    ];
    for (const [query, code] of refused) {
      const { status, headers, body } = await port.ask(query);
      assert.equal(status, 400);
      assert.match(String(headers['content-type']), /^application\/json/);
      const { errors } = (await body.json()) as { errors: { extensions: { code: string } }[] };
      assert.equal(errors[0]?.extensions.code, code, query);
    }
    const nothing = await port.ask('query ($d: Boolean) { ... @defer(if: $d) { __typename } }', {}, { d: null });
    assert.equal(nothing.status, 400);
    await nothing.body.dump();
  });

  test('cancels what is in flight when the client disconnects', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const held = gate();
    await using port = await openPort((call) => (asked) => {
      signals.push(asked.signal);
      return held.through(call)(asked);
    });
    const leaving = new AbortController();
    const { body } = await port.ask(SEARCH, {}, {}, leaving.signal);
    const parts = readParts(body);
    await parts.next();
    leaving.abort();
    await assert.rejects(parts.next());
    await eventually(() => signals[0]?.aborted === true);
    held.open();
  });

  test('is finished by a gateway that shuts down meanwhile', async () => {
    const held = gate();
    await using port = await openPort(held.through);
    const { body } = await port.ask(SEARCH);
    const parts = readParts(body);
    await parts.next();
    const closed = port.world.gateway.close();
    await eventually(() => port.world.gateway.isDraining);
    held.open();
    const { value } = (await parts.next()) as { value: Payload };
    assert.equal(value.hasNext, false);
    assert.ok((await parts.next()).done);
    await closed;
  });

  test('is explained in its last part, with the calls of all', async () => {
    await using port = await openPort();
    const { body } = await port.ask(SEARCH, { 'fareloom-explain': '1' });
    const payloads = await allOf(readParts(body));
    assert.equal(payloads[0]?.extensions, undefined);
    const told = payloads.at(-1)?.extensions?.['explain'] as { fetches: { service: string }[] };
    assert.deepEqual(told.fetches.map(({ service }) => service).sort(), ['fare', 'travel']);
  });

  test('by GET is kept in no cache', async () => {
    await using port = await openPort();
    const url = inAddress({ query: SEARCH });
    const { headers } = await port.world.gateway.inject({ method: 'GET', url, headers: { accept: PARTS } });
    assert.equal(headers['cache-control'], 'private, no-store');
    assert.match(String(headers['content-type']), /^multipart\/mixed/);
  });

  test('comes at once from the executor of Apollo', async () => {
    await using port = await openPort(undefined, { env: { EXECUTOR: 'apollo' } });
    const { headers, body } = await port.ask(SEARCH);
    assert.match(String(headers['content-type']), /^application\/json/);
    const { data } = (await body.json()) as { data: { shopping: { travel: object } } };
    assert.ok(data.shopping.travel);
  });
});
