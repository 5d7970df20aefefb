// A subgraph that breaks behind a real socket costs only its own fields: each is null with a coded error; other data is
// complete.
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { type BrokenSubgraph, brokenAtOnce, brokenForEver, openBrokenSubgraph } from '../kit/broken-subgraph.ts';
import { eventually } from '../kit/eventually.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

const QUERY = `query($input: ShoppingInput!) {
  shopping(input: $input) { price { total { amount } } travel { summary } }
}`;
const variables = { input: { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' } };
type Shopping = { shopping: { price: object | null; travel: object | null } };

let travel: BrokenSubgraph;
let order: BrokenSubgraph;
let world: World;
before(async () => {
  travel = await openBrokenSubgraph();
  order = await openBrokenSubgraph();
  world = await openWorld({
    env: { SUBGRAPH_TIMEOUT: '30000,travel=1000' },
    between: (name, call) => ({ travel, order })[name]?.insteadOf(call) ?? call,
  });
  await world.file([aFare()]);
  await answers();
});
after(async () => {
  await world[Symbol.asyncDispose]();
  await travel[Symbol.asyncDispose]();
  await order[Symbol.asyncDispose]();
});

/** The response is complete. */
async function answers(): Promise<void> {
  travel.breakage = undefined;
  const { data, errors } = await world.graph<Shopping>(QUERY, variables);
  assert.deepEqual([errors, Boolean(data.shopping.price), Boolean(data.shopping.travel)], [undefined, true, true]);
}

/** Travel's fields are null with an error; fare's fields have values. */
async function losesTravelOnly(code: string, message: RegExp): Promise<void> {
  const { status, data, errors, text } = await world.graph<Shopping>(QUERY, variables);
  assert.equal(status, 200);
  assert.deepEqual(data.shopping.price, { total: { amount: '3897.00' } });
  assert.equal(data.shopping.travel, null);
  assert.deepEqual(
    errors?.map(({ path, extensions }) => [path, extensions['code'], extensions['service']]),
    [[['shopping', 'travel'], code, 'travel']],
  );
  assert.match(errors[0]!.message, message);
  assert.doesNotMatch(text, /hunter2|127\.0\.0\.1|ECONN|UND_ERR/);
}

describe('over a real socket, a subgraph that breaks costs only its own fields, and is used again after it recovers', () => {
  for (const [what, breakage] of Object.entries(brokenAtOnce)) {
    test(`one that ${what}: DOWNSTREAM_ERROR`, async () => {
      travel.breakage = breakage;
      await losesTravelOnly('DOWNSTREAM_ERROR', /^The travel service did not answer; its fields are null\.$/);
      await answers();
    });
  }

  for (const [what, breakage] of Object.entries(brokenForEver)) {
    test(`one that ${what}: DOWNSTREAM_TIMEOUT once its own time is over, and its connection is closed`, async () => {
      travel.breakage = breakage;
      const { abandoned } = travel;
      await losesTravelOnly('DOWNSTREAM_TIMEOUT', /^The travel service did not answer within 1000 ms; its fields/);
      await eventually(() => travel.abandoned === abandoned + 1);
      await answers();
    });
  }

  test('one that cuts the connection is called once more for a query, never for a mutation', async () => {
    let cuts = 1;
    travel.breakage = (response) => {
      if (cuts-- > 0) response.socket!.destroy();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"airport":{"city":"Delhi"}}}');
    };
    const { data } = await world.graph('{ airport(code: "DEL") { city } }');
    assert.deepEqual(data, { airport: { city: 'Delhi' } });

    order.breakage = (response) => void response.socket!.destroy();
    const { asked } = order;
    const { errors } = await world.graph('mutation { addToCart(token: "x") { __typename } }');
    assert.deepEqual([errors?.[0]?.extensions['code'], order.asked - asked], ['DOWNSTREAM_ERROR', 1]);
  });

  test('one whose port is closed', async () => {
    await using gone = await openBrokenSubgraph();
    await using without = await openWorld({
      between: (name, call) => (name === 'travel' ? gone.insteadOf(call) : call),
    });
    await gone.die();
    const { data, errors } = await without.graph('{ airport(code: "DEL") { city } __typename }');
    assert.deepEqual(data, { airport: null, __typename: 'Query' });
    assert.deepEqual(
      errors?.map(({ path, extensions: { code } }) => [path, code]),
      [[['airport'], 'DOWNSTREAM_ERROR']],
    );
  });
});

test('when a client disconnects, its calls of subgraphs are aborted', async () => {
  order.breakage = () => undefined;
  const { asked, abandoned } = order;
  await world.gateway.listen({ port: 0, host: '127.0.0.1' });
  const { port } = world.gateway.server.address() as AddressInfo;
  const client = new AbortController();
  const answer = fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ cart(id: "crt_1") { id } }' }),
    signal: client.signal,
  });
  await eventually(() => order.asked === asked + 1);
  assert.equal(order.abandoned, abandoned);
  client.abort();
  await assert.rejects(answer, { name: 'AbortError' });
  await eventually(() => order.abandoned === abandoned + 1); // long before its 30 s are over
});
