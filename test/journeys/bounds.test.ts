// Limits on the calls of a subgraph and on the time of a request: bulkhead, queue, circuit breaker, shared deadline.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { TIME_LEFT_HEADER } from '../../schema/wire/time-left.ts';
import { eventually } from '../kit/eventually.ts';
import { type Answer, aFare, openWorld } from '../kit/world.ts';

const AIRPORT = '{ airport(code: "DEL") { city } }';
const ANSWER = {
  status: 200,
  body: '{"data":{"airport":{"city":"Delhi"}}}',
  headers: { 'content-type': 'application/json' },
};
const REFUSED = {
  ...ANSWER,
  body: '{"data":{"airport":null},"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}]}',
};

const BOTH = `query($input: ShoppingInput!) {
  shopping(input: $input) { offers(first: 1) { edges { node { seatsLeft } } } travel { summary } }
}`;
const variables = { input: { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' } };

const FARE_TAKES = 500; // ms

const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];

/** A world whose travel subgraph answers as the test determines. */
async function openTravel(env: Record<string, string> = {}) {
  const travel = { asked: 0, answer: (async () => ANSWER) as Call };
  const call: Call = (request) => {
    travel.asked++;
    return travel.answer(request);
  };
  const world = await openWorld({ env, between: (name, shipped) => (name === 'travel' ? call : shipped) });
  return Object.assign(travel, {
    world,
    ask: () => world.graph(AIRPORT),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  });
}

describe('a bulkhead', () => {
  test('limits the calls of a subgraph in flight and in the queue, and refuses more at once; other subgraphs are not delayed', async () => {
    await using travel = await openTravel({ SUBGRAPH_IN_FLIGHT: '2', SUBGRAPH_QUEUE: '1' });
    const held = Promise.withResolvers<void>();
    travel.answer = async () => held.promise.then(() => ANSWER);
    const taken = [travel.ask(), travel.ask(), travel.ask()];
    await eventually(() => travel.asked === 2);
    const more = await Promise.all([travel.ask(), travel.ask()]); // while three calls hang or wait
    assert.deepEqual(more.map(codeOf), ['DOWNSTREAM_ERROR', 'DOWNSTREAM_ERROR']);
    assert.equal(travel.asked, 2);
    assert.equal((await travel.world.graph('{ cart(id: "crt_1") { id } }')).errors, undefined);
    held.resolve();
    assert.deepEqual((await Promise.all(taken)).map(codeOf), [undefined, undefined, undefined]);
    assert.equal(travel.asked, 3);
  });

  test('releases the slot of a call that hangs, and calls that time out in the queue fail in time', async () => {
    await using travel = await openTravel({ SUBGRAPH_IN_FLIGHT: '1', SUBGRAPH_QUEUE: '5', SUBGRAPH_TIMEOUT: '300' });
    travel.answer = () => new Promise(() => undefined);
    const codes = (await Promise.all([travel.ask(), travel.ask(), travel.ask()])).map(codeOf);
    assert.deepEqual(codes, Array(3).fill('DOWNSTREAM_TIMEOUT'));
    travel.answer = async () => ANSWER;
    assert.equal(codeOf(await travel.ask()), undefined);
  });
});

describe('a circuit breaker', () => {
  /** Queries until the breaker refuses a call without making it. */
  async function opened(travel: Awaited<ReturnType<typeof openTravel>>): Promise<void> {
    await eventually(async () => {
      const { asked } = travel;
      assert.equal(codeOf(await travel.ask()), 'DOWNSTREAM_ERROR');
      return travel.asked === asked;
    });
  }

  test('stops calling a subgraph that only fails, probes it with one call at a time, and lets all calls through once it answers', async () => {
    await using travel = await openTravel();
    travel.answer = () => Promise.reject(new Error('no'));
    await opened(travel);
    assert.equal((await travel.world.graph('{ cart(id: "crt_1") { id } }')).errors, undefined, 'the others are asked');

    const held = Promise.withResolvers<void>();
    travel.answer = async () => held.promise.then(() => ANSWER);
    const { asked } = travel;
    let probe: Promise<Answer> | undefined;
    await eventually(async () => {
      const one = travel.ask();
      await Promise.race([one, eventually(() => travel.asked > asked)]);
      if (travel.asked > asked) probe = one;
      return probe !== undefined;
    });
    for (let n = 0; n < 5; n++) assert.equal(codeOf(await travel.ask()), 'DOWNSTREAM_ERROR', 'while it is tried');
    assert.equal(travel.asked, asked + 1);
    held.resolve();
    assert.equal(codeOf(await probe!), undefined);
    for (let n = 0; n < 5; n++) assert.equal(codeOf(await travel.ask()), undefined);
  });

  test('a deliberate refusal of a subgraph does not count as a failure', async () => {
    await using travel = await openTravel();
    travel.answer = async () => REFUSED;
    for (let n = 0; n < 30; n++) assert.equal(codeOf(await travel.ask()), 'FORBIDDEN');
    assert.equal(travel.asked, 30);
  });
});

describe('a deadline', () => {
  test('applies to the whole request: a later subgraph call has the remaining time, and never more than its own timeout', async () => {
    const left: Record<string, number> = {};
    await using world = await openWorld({
      env: { REQUEST_TIMEOUT: '20000', SUBGRAPH_TIMEOUT: '19900,travel=700' },
      between: (name, call) => async (request) => {
        left[name] = Number(request.headers[TIME_LEFT_HEADER]);
        const began = performance.now();
        if (name === 'fare') await eventually(() => performance.now() - began > FARE_TAKES);
        return call(request);
      },
    });
    await world.file([aFare({ capacity: 5 })]);
    await eventually(async () => (await world.graph(BOTH, variables)).text.includes('"seatsLeft":5'));
    assert.ok(left['travel']! <= 700, `travel ${left['travel']}`);
    assert.ok(left['fare']! <= 19_900 && left['fare']! > 700, `fare ${left['fare']}`);
    assert.ok(left['stock']! <= 20_000 - FARE_TAKES, `stock ${left['stock']}`);
  });

  for (const [optional, query, price] of [
    ['travel', '{ price { total { amount } } travel { summary } }', 'price'],
    ['stock', '{ offers(first: 1) { edges { node { total { amount } seatsLeft } } } }', 'offers'],
  ] as const) {
    test(`of ${optional} is short by default: while it hangs, a search has its prices long before the timeouts of others`, async () => {
      await using world = await openWorld({
        between: (name, call) => (request) => (name === optional ? new Promise(() => undefined) : call(request)),
      });
      await world.file([aFare()]);
      const began = performance.now();
      const search = `query ($input: ShoppingInput!) { shopping(input: $input) ${query} }`;
      const { data, errors } = await world.graph<{ shopping: Record<string, unknown> }>(search, variables);
      assert.match(JSON.stringify(data.shopping[price]), /"3897.00"/);
      assert.equal(errors?.[0]?.extensions['code'], 'DOWNSTREAM_TIMEOUT');
      const took = performance.now() - began;
      assert.ok(took < 4000, `${took} ms; 5000 is the deadline of others`);
    });
  }

  test('of a request that has passed aborts its calls and starts no more; that does not count as a failure of the subgraphs', async () => {
    await using travel = await openTravel({ REQUEST_TIMEOUT: '500', SUBGRAPH_TIMEOUT: '60000' });
    travel.answer = () => new Promise(() => undefined);
    for (const answer of await Promise.all(Array.from({ length: 20 }, travel.ask))) {
      assert.equal(codeOf(answer), 'DOWNSTREAM_TIMEOUT');
      assert.match(answer.errors![0]!.message, /within \d{1,3} ms/);
    }
    travel.answer = async () => ANSWER;
    assert.equal(codeOf(await travel.ask()), undefined, 'its breaker is closed');
  });

  test('that passes during two fetches from one subgraph is reported once for each field', async () => {
    await using world = await openWorld({
      env: { REQUEST_TIMEOUT: '1500', SUBGRAPH_TIMEOUT: '60000' },
      between: (name, call) => (name === 'stock' ? () => new Promise(() => undefined) : call),
    });
    await world.file([aFare()]);
    const { errors } = await world.graph(
      `query($input: ShoppingInput!) {
        a: shopping(input: $input) { offers { edges { node { seatsLeft } } } }
        b: shopping(input: $input) { offers { edges { node { seatsLeft } } } }
      }`,
      variables,
    );
    assert.deepEqual(errors!.map(({ path }) => path!.join('.')).sort(), [
      'a.offers.edges.0.node.seatsLeft',
      'b.offers.edges.0.node.seatsLeft',
    ]);
  });

  test('in process, too, the call of a subgraph is aborted when no client waits any more', async () => {
    await using travel = await openTravel({ SUBGRAPH_TIMEOUT: '100' });
    let signal: AbortSignal | undefined;
    travel.answer = (request) => {
      signal = request.signal;
      return new Promise(() => undefined);
    };
    assert.equal(codeOf(await travel.ask()), 'DOWNSTREAM_TIMEOUT');
    assert.equal(signal?.aborted, true);
  });
});
