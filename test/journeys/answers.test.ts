// Public responses are cached for as long as the subgraphs allow, and no longer.
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, type GraphQLRequestContext } from '@apollo/server';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hashOf } from '../../gateway/documents/document-folder.ts';
import { shareAnswers } from '../../gateway/execution/answers.ts';
import type { GatewayContext } from '../../gateway/context.ts';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { deadlineIn } from '../../infra/http/deadline.ts';
import { openLog } from '../../infra/logging/log.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { asking, type Question } from '../kit/asking.ts';
import { eventually } from '../kit/eventually.ts';
import { failing, times } from '../kit/failing.ts';
import { DELHI, KEPT_FOR, openTelling, SECOND, summaryIn } from '../kit/telling.ts';
import { SetClock } from '../../infra/process/set-clock.ts';
import { aFare, NOON, openWorld, type World } from '../kit/world.ts';

type CachePolicy = GraphQLRequestContext<GatewayContext>['overallCachePolicy'];
const quiet = openLog({ level: 'nothing', json: false });

describe('a public response', () => {
  test('is cached as long as the subgraphs allow, states its age, and is then refetched', async () => {
    await using telling = await openTelling();
    const { post, get, world } = telling;
    const first = await get(DELHI);
    assert.deepEqual([summaryIn(first), first.headers['age']], ['visitor 1', undefined]);
    world.clock.advance(120 * SECOND);
    for (const ask of [get, post]) {
      const again = await ask(DELHI);
      assert.deepEqual([summaryIn(again), again.headers['age']], ['visitor 1', '120']);
    }
    assert.equal((await get(DELHI)).headers['cache-control'], `public, max-age=${KEPT_FOR}`); // Age counts against it
    world.clock.advance((KEPT_FOR - 120) * SECOND);
    assert.equal(summaryIn(await get(DELHI)), 'visitor 2');
  });

  test('with prices is never older than five seconds', async () => {
    await using telling = await openTelling();
    const input = { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' };
    const query =
      'query Both($input: ShoppingInput!) { shopping(input: $input) { price { asOf } travel { summary } } }';
    const ask = async () => (await telling.post({ query, variables: { input } })).text;
    const first = await ask();
    telling.world.clock.advance(4.999 * SECOND);
    assert.equal(await ask(), first);
    telling.world.clock.advance(0.001 * SECOND);
    assert.notEqual(await ask(), first);
  });

  test('is the same for equal variables in any order, and another for other variables', async () => {
    await using telling = await openTelling();
    const query =
      'query Q($a: AirportCode!, $b: Boolean = true) { airport(code: $a) @include(if: $b) { guide { summary } } }';
    const ask = async (question: Question) => summaryIn(await telling.post(question));
    assert.equal(await ask({ query, variables: { a: 'DEL', b: true } }), 'visitor 1');
    assert.equal(await ask({ query, variables: { b: true, a: 'DEL' } }), 'visitor 1');
    assert.equal(await ask({ query, variables: { a: 'BLR', b: true } }), 'visitor 2');
    assert.equal(await ask({ query: `${query} `, variables: { a: 'DEL', b: true } }), 'visitor 3');
    const two =
      'query A { airport(code: "DEL") { guide { summary } } } query B { airport(code: "BLR") { guide { summary } } }';
    assert.equal(await ask({ query: two, operationName: 'A' }), 'visitor 4');
    assert.equal(await ask({ query: two, operationName: 'B' }), 'visitor 5');
    assert.equal(await ask({ query: two, operationName: 'A' }), 'visitor 4');
  });

  test('is refetched if the client sends no-cache', async () => {
    await using telling = await openTelling();
    for (const n of [1, 2, 3])
      assert.equal(summaryIn(await telling.post(DELHI, { 'cache-control': 'no-cache' })), `visitor ${n}`);
  });

  test('is shared by all gateways with the same cache', async () => {
    const shared = openMemoryCache(new SetClock(NOON).now);
    await using first = await openTelling({ cache: () => shared });
    await using second = await openTelling({ cache: () => shared });
    assert.equal(summaryIn(await first.post(DELHI)), 'visitor 1');
    assert.equal((await second.post(DELHI)).headers['age'], '0');
    assert.equal(second.asked(), 0);
  });

  test('with prices is invalidated for all gateways with the same cache once a fare of its route changes, in every form of the query', async () => {
    const shared = openMemoryCache(new SetClock(NOON).now); // the clock stands still, so nothing expires
    const keys = { INTERNAL_KEYS: Buffer.alloc(32).toString('base64'), ANSWER_CACHE: 'on' };
    let fare: Call;
    await using first = await openWorld({
      env: keys,
      cache: () => shared,
      between: (name, call) => (name === 'fare' ? (fare = call) : call),
    });
    let asked = 0;
    await using second = await openWorld({
      env: keys,
      cache: () => shared,
      between: (name, call) => (name === 'fare' ? (request) => (asked++, fare(request)) : call),
    });
    const PRICE = '{ price { total { amount } } }';
    const variables = { input: { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' } };
    const questions: Question[] = [
      { query: `query ($input: ShoppingInput!) { shopping(input: $input) ${PRICE} }`, variables },
      { query: `query ($o: AirportCode!) { shopping(input: { origin: $o, destination: "BLR", departureDate: "2026-03-24" }) ${PRICE} }`, variables: { o: 'DEL' } }, // prettier-ignore
      { query: `query ($input: ShoppingInput = { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) { ...F } fragment F on Query { mine: shopping(input: $input) ${PRICE} }` }, // prettier-ignore
    ];
    const other = { query: questions[0]!.query!, variables: { input: { ...variables.input, origin: 'BLR', destination: 'DEL' } } }; // prettier-ignore
    const pricesIn = async (world: World) => {
      const replies = await Promise.all(questions.map((question) => asking(world).post(question)));
      return replies.map(({ text }) => /"amount":"([\d.]+)"/.exec(text)?.[1]);
    };
    const everywhere = async (amount: string) =>
      assert.deepEqual([...(await pricesIn(first)), ...(await pricesIn(second))], Array(6).fill(amount));

    await first.file([aFare()]);
    await eventually(() => everywhere('3897.00'));
    await eventually(async () => (await asking(second).post(other)).headers['age'] === '0');
    const before = asked;
    await everywhere('3897.00');
    assert.equal(asked, before, 'it is kept');
    await first.file([aFare({ amount: 350_000 })]);
    await eventually(() => everywhere('3500.00'));
    const after = asked;
    assert.equal((await asking(second).post(other)).headers['age'], '0', 'another route stays');
    assert.equal(asked, after);
  });

  test('of one supergraph is not used by a gateway with another supergraph', async () => {
    const shelf = { cache: openMemoryCache(new SetClock(NOON).now), now: new SetClock(NOON).now, log: quiet };
    let asked = 0;
    const travel: GraphQLDataSource<GatewayContext> = {
      async process(options) {
        if ('incomingRequestContext' in options)
          (options.incomingRequestContext.overallCachePolicy as CachePolicy).restrict({ maxAge: 60 });
        return { data: { airport: { city: `answer ${++asked}` } } };
      },
    };
    const answerOf = async (supergraphSdl: string) => {
      const gateway = new ApolloGateway({ supergraphSdl, logger: quiet, buildService: () => travel });
      gateway.executor = shareAnswers(gateway.executor, {
        ...shelf,
        version: hashOf(supergraphSdl),
        production: false,
        requestTimeout: 10_000,
      });
      const server = new ApolloServer<GatewayContext>({ gateway, logger: quiet });
      const visitor = { identity: anonymous('0'.repeat(32)), client: { refreshToken: null } };
      const contextValue = { ...visitor, deadline: deadlineIn(Infinity) } as GatewayContext;
      const { body } = await server.executeOperation({ query: '{ airport(code: "DEL") { city } }' }, { contextValue });
      await server.stop();
      assert.ok(body.kind === 'single');
      return (body.singleResult.data as { airport: { city: string } }).airport.city;
    };
    const sdl = readFileSync(join(import.meta.dirname, '../../schema/supergraph.graphql'), 'utf8');
    const changed = sdl.replace('"The city it serves."', '"Its city."');
    assert.notEqual(changed, sdl);
    const answers = [await answerOf(sdl), await answerOf(sdl), await answerOf(changed)];
    assert.deepEqual(answers, ['answer 1', 'answer 1', 'answer 2']);
  });

  test('with an error is not cached, nor one without data', async () => {
    await using telling = await openTelling();
    const fails = times(2);
    telling.through((call) => (request) => (fails() ? Promise.reject(new Error('no')) : call(request)));
    const query = '{ airport(code: "DEL") { guide { summary } } __typename }';
    for (const n of [1, 2]) {
      const { data, errors } = await telling.post({ query });
      assert.deepEqual([data, errors!.length, telling.asked()], [{ airport: null, __typename: 'Query' }, 1, n]);
    }
    assert.equal(summaryIn(await telling.post({ query })), 'visitor 3');
    assert.equal(summaryIn(await telling.post({ query })), 'visitor 3');
  });

  test('with a null that the schema does not allow is cached neither by the gateway nor by clients', async () => {
    await using telling = await openTelling();
    telling.through((call) => async (request) => {
      const answer = await call(request);
      return { ...answer, body: String(answer.body).replace('"city":"Delhi"', '"city":null') };
    });
    const query = '{ airport(code: "DEL") { city } }';
    for (const n of [1, 2]) {
      const { data, headers } = await telling.get({ query });
      assert.deepEqual([data, telling.asked()], [{ airport: null }, n]);
      assert.equal(headers['cache-control'], 'private, no-store');
    }
  });

  test('is not cached if no subgraph allows it', async () => {
    await using telling = await openTelling();
    telling.through((call) => async (request) => {
      const { headers, ...answer } = await call(request);
      const { 'cache-control': _, ...others } = headers;
      return { ...answer, headers: others };
    });
    for (const n of [1, 2]) assert.equal(summaryIn(await telling.get(DELHI)), `visitor ${n}`);
    assert.equal((await telling.get(DELHI)).headers['cache-control'], 'private, no-store');
  });

  test('is available while the cache is unavailable, as each query is executed', async () => {
    const isAway = () => true;
    await using telling = await openTelling({
      cache: (shipped) => failing(failing(shipped, 'getMany', isAway), 'putMany', isAway),
    });
    for (const n of [1, 2]) assert.equal(summaryIn(await telling.post(DELHI)), `visitor ${n}`);
  });

  test('is refetched if the cache entry is damaged', async () => {
    for (const found of ['', '{"result":{"da', 'null', '[]', '{"maxAge":300}', '{"result":{"data":null}}']) {
      await using telling = await openTelling({
        cache: (shipped) => ({ ...shipped, getMany: async (keys) => keys.map(() => found) }),
      });
      for (const n of [1, 2]) assert.equal(summaryIn(await telling.post(DELHI)), `visitor ${n}`, found);
    }
  });

  test('is fetched each time if caching is off', async () => {
    await using telling = await openTelling({ env: { ANSWER_CACHE: 'off' } });
    for (const n of [1, 2]) assert.equal(summaryIn(await telling.post(DELHI)), `visitor ${n}`);
  });
});
