// Single flight: concurrent equal queries are executed once, and every client that still waits gets the response.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildSchema, parse } from 'graphql';
import { Agent, request } from 'undici';
import type { GatewayContext } from '../../gateway/context.ts';
import { shareAnswers } from '../../gateway/execution/answers.ts';
import type { ExecutionRequest } from '../../gateway/execution/executor.ts';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { deadlineIn, Gone, limit, until } from '../../infra/http/deadline.ts';
import { openLog } from '../../infra/logging/log.ts';
import { SetClock } from '../../infra/process/set-clock.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { asking, type Reply } from '../kit/asking.ts';
import { eventually } from '../kit/eventually.ts';
import { DELHI, gate, KEPT_FOR, openTelling, SECOND, summaryIn } from '../kit/telling.ts';
import { NOON, openWorld } from '../kit/world.ts';

const LONG = 10_000; // ms

/** An anonymous request for an airport with this time left. */
function executionRequest(left: number): ExecutionRequest {
  const document = parse('{ airport }');
  return {
    ...{ schema: buildSchema('type Query { airport: String }'), document, operation: document.definitions[0] },
    ...{ queryHash: 'airport', request: {} },
    overallCachePolicy: { restrict: () => undefined, policyIfCacheable: () => null },
    context: { identity: anonymous('0'.repeat(32)), client: { refreshToken: null }, deadline: deadlineIn(left) },
  } as unknown as ExecutionRequest;
}

describe('the same query from many clients at once', () => {
  test('is executed once, before a response is cached and after it has expired', async () => {
    await using telling = await openTelling();
    for (const round of [1, 2]) {
      const held = gate();
      telling.through(held.through);
      const all = Array.from({ length: 50 }, (_, i) => (i % 2 ? telling.get(DELHI) : telling.post(DELHI)));
      await eventually(() => held.held() === 1);
      held.open();
      for (const reply of await Promise.all(all)) assert.equal(summaryIn(reply), `visitor ${round}`);
      telling.world.clock.advance(KEPT_FOR * SECOND);
    }
    assert.equal(telling.asked(), 2);
  });

  test('shares its errors, each with its own trace id, and the next query is executed again', async () => {
    await using telling = await openTelling();
    const held = gate();
    telling.through((call) => held.through(async (_request) => Promise.reject(new Error(`no ${call.length}`))));
    const all = Array.from({ length: 20 }, () => telling.post(DELHI));
    await eventually(() => held.held() === 1);
    held.open();
    const replies = await Promise.all(all);
    for (const { errors } of replies) assert.deepEqual(errors!.map(({ extensions }) => extensions['code']), ['DOWNSTREAM_ERROR']); // prettier-ignore
    assert.equal(new Set(replies.map(({ errors }) => errors![0]!.extensions['traceId'])).size, 20);
    const toldOf = ({ errors }: Reply) =>
      errors!.map(({ extensions: { traceId: _, ...others }, ...error }) => ({ ...error, ...others }));
    for (const reply of replies) assert.deepEqual(toldOf(reply), toldOf(replies[0]!));
    telling.through((call) => call);
    assert.equal(summaryIn(await telling.post(DELHI)), `visitor ${telling.asked()}`);
    assert.equal(telling.asked(), 2);
  });

  test('is answered for the remaining clients after the first client has disconnected', async () => {
    await using telling = await openTelling();
    const origin = await telling.world.gateway.listen({ port: 0, host: '127.0.0.1' });
    const agent = new Agent({ connections: 2 });
    const held = gate();
    telling.through(held.through);
    const ask = (signal: AbortSignal | null) =>
      request(`${origin}/graphql`, {
        ...{ method: 'POST', dispatcher: agent, signal },
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(DELHI),
      });
    const went = Promise.withResolvers<void>();
    let came = 0;
    telling.world.gateway.server.on('request', (_, response) => {
      if (++came === 1) response.once('close', went.resolve);
    });
    /** Long enough for earlier requests to get as far as they can. */
    const round = () => telling.post({ query: '{ __typename }' });
    const going = new AbortController();
    const first = assert.rejects(ask(going.signal));
    await eventually(() => held.held() === 1);
    const second = ask(null);
    await eventually(() => came === 2);
    await round();
    going.abort();
    await first;
    await went.promise; // the gateway has noticed
    await round();
    held.open();
    const { data } = (await (await second).body.json()) as Reply;
    assert.deepEqual(data, { airport: { guide: { summary: 'visitor 1' } } });
    await agent.close();
  });

  test('is aborted after all clients have disconnected, and a later client starts a new execution', async () => {
    await using telling = await openTelling();
    const origin = await telling.world.gateway.listen({ port: 0, host: '127.0.0.1' });
    const agent = new Agent({ connections: 2 });
    let asked = 0;
    let why: unknown;
    telling.through((call) => (question) => {
      asked++;
      if (asked > 1) return call(question);
      return new Promise(() =>
        question.signal!.addEventListener('abort', () => void (why = question.signal!.reason as unknown)),
      );
    });
    const going = new AbortController();
    const ask = () =>
      request(`${origin}/graphql`, {
        ...{ method: 'POST', dispatcher: agent, signal: going.signal },
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(DELHI),
      });
    let came = 0;
    telling.world.gateway.server.on('request', () => came++);
    const all = [ask(), ask()].map((one) => assert.rejects(one));
    await eventually(() => came === 2 && asked === 1);
    await telling.post({ query: '{ __typename }' }); // the second request has got as far as it can
    going.abort();
    await Promise.all(all);
    await eventually(() => why !== undefined);
    assert.ok(why instanceof Gone, 'its time is not over yet');
    const { data } = await telling.post(DELHI);
    assert.ok(data, 'it is answered');
    assert.equal(asked, 2);
    await agent.close();
  });

  test('has its own time: a client with little left neither shortens it for the others nor waits for it', async () => {
    const go = Promise.withResolvers<void>();
    const { now } = new SetClock(NOON);
    const execute = shareAnswers(
      async ({ context }) => {
        using limited = limit((context as GatewayContext).deadline.left(), () => new Error('late'));
        const result = await until(limited.signal, async () => (await go.promise, 'Delhi')).catch(() => null);
        return { data: { airport: result } };
      },
      {
        ...{ cache: openMemoryCache(now), now, log: openLog({ level: 'nothing', json: false }) },
        ...{ version: '', production: false, requestTimeout: LONG },
      },
    );
    const ask = async (left: number) => (await execute(executionRequest(left))).data;
    const first = ask(20);
    const others = [1, 2, 3].map(() => ask(LONG));
    assert.deepEqual(await first, { airport: null }, 'in its own time');
    go.resolve();
    for (const other of others) assert.deepEqual(await other, { airport: 'Delhi' });
  });

  test('of a cart is executed each time, as it must show its latest content', async () => {
    const carts: number[] = [];
    await using world = await openWorld({
      env: { ANSWER_CACHE: 'on' },
      between: (name, call) => (name === 'order' ? (request) => (carts.push(1), call(request)) : call),
    });
    const ask = () => asking(world).post({ query: '{ cart(id: "crt_x") { id } }' });
    await Promise.all([ask(), ask(), ask()]);
    assert.equal(carts.length, 3);
  });
});
