// Overload of the gateway: it sheds excess requests at once, answers those that it accepts, and recovers on its own.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs';
import { connect } from 'node:net';
import { test } from 'node:test';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { listen } from '../../infra/http/listen.ts';
import { eventually } from '../kit/eventually.ts';
import { openWorld, type World } from '../kit/world.ts';

const PLACES = 10;

/** A subgraph that does not answer until the test releases it. */
function held() {
  const go = Promise.withResolvers<void>();
  let asked = 0;
  const between = (name: string, call: Call): Call =>
    name === 'travel'
      ? async (request) => {
          asked++;
          await go.promise;
          return call(request);
        }
      : call;
  return { between, go: go.resolve, asked: () => asked };
}

async function ask({ gateway }: Pick<World, 'gateway'>, query = '{ airport(code: "DEL") { city } }') {
  const response = await gateway.inject({ method: 'POST', url: '/graphql', payload: { query } });
  return { status: response.statusCode, retryAfter: response.headers['retry-after'], text: response.body };
}

test('above the in-flight limit every request is 503 at once with a code and Retry-After; accepted ones are answered', async () => {
  const travel = held();
  await using world = await openWorld({ between: travel.between, env: { MAX_IN_FLIGHT: String(PLACES) } });
  const admitted = Array.from({ length: PLACES }, () => ask(world));
  await eventually(() => travel.asked() === PLACES);

  const refused = await Promise.all(Array.from({ length: 200 }, () => ask(world)));
  for (const { status, retryAfter, text } of refused) {
    assert.deepEqual([status, retryAfter], [503, '1']);
    assert.match(text, /"traceId":"[0-9a-f]{32}","code":"UNAVAILABLE","retryAfter":1/);
  }
  assert.equal(travel.asked(), PLACES, 'no work was done for the shed requests');
  const { metrics } = world.wiring;
  assert.match(await metrics.registry.metrics(), /fareloom_shed_total\{reason="in_flight"\} 200/);

  travel.go();
  for (const { status, text } of await Promise.all(admitted)) {
    assert.deepEqual([status, JSON.parse(text)], [200, { data: { airport: { city: 'Delhi' } } }]);
  }
  for (let n = 0; n < 2 * PLACES; n++) assert.equal((await ask(world)).status, 200);
});

test('health checks and webhooks are still served while GraphQL requests are shed', async () => {
  const travel = held();
  await using world = await openWorld({ between: travel.between, env: { MAX_IN_FLIGHT: '1' } });
  const admitted = ask(world);
  await eventually(() => travel.asked() === 1);
  assert.equal((await ask(world)).status, 503);
  for (const url of ['/livez', '/readyz']) assert.equal((await world.gateway.inject(url)).statusCode, 200, url);
  const webhook = await world.gateway.inject({ method: 'POST', url: '/webhooks/payments', payload: '{}' });
  assert.equal(webhook.statusCode, 401, 'it was processed: it has no signature');
  assert.equal((await world.gateway.inject('/tickets/none')).statusCode, 503);
  travel.go();
  assert.equal((await admitted).status, 200);
});

test('a client that disconnects frees its slot', async () => {
  const travel = held();
  await using world = await openWorld({ between: travel.between, env: { MAX_IN_FLIGHT: '1' } });
  const port = await listen(world.gateway, { host: '127.0.0.1', port: 0 });
  const leaving = new AbortController();
  const gone = fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ airport(code: "DEL") { city } }' }),
    signal: leaving.signal,
  });
  await eventually(() => travel.asked() === 1);
  assert.equal((await ask(world)).status, 503);
  leaving.abort();
  await assert.rejects(gone);
  await eventually(async () => (await ask(world, '{ __typename }')).status === 200);
  travel.go();
});

test('a client that does not complete its request body occupies no slot', async () => {
  await using world = await openWorld({ env: { MAX_IN_FLIGHT: '2' } });
  const port = await listen(world.gateway, { host: '127.0.0.1', port: 0 });
  const head = 'POST /graphql HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{';
  let heard = 0;
  world.gateway.server.on('request', () => heard++);
  const begun = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'));
  for (const socket of begun) {
    await once(socket, 'connect');
    socket.on('error', () => undefined).write(head);
  }
  await eventually(() => heard === begun.length);
  assert.equal((await ask(world, '{ __typename }')).status, 200);
  for (const socket of begun) socket.destroy();
});

test('requests that arrive while the event loop is blocked are shed, and later ones are not', async () => {
  await using world = await openWorld({ env: { MAX_LOOP_DELAY: '60' } });
  const port = await listen(world.gateway, { host: '127.0.0.1', port: 0 });
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  await eventually(async () => (await ask(world, '{ __typename }')).status === 200);
  const answered = once(socket, 'data');
  // a block within the callback of a read, with a request on its way: timers run before the loop reads the request
  readFile(import.meta.filename, () => {
    socket.write('GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: here\r\napollo-require-preflight: 1\r\n\r\n');
    for (const until = performance.now() + 200; performance.now() < until;);
  });
  const [reply] = (await answered) as [Buffer];
  assert.match(String(reply), /^HTTP\/1\.1 503 .*\r\nretry-after: 1\r\n/s);
  assert.match(await world.wiring.metrics.registry.metrics(), /fareloom_shed_total\{reason="loop_delay"\} 1/);
  await eventually(async () => (await ask(world, '{ __typename }')).status === 200);
  socket.destroy();
});
