// The whole system with little memory and a low request limit, and many more clients than it can serve.
import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Agent } from 'undici';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { eventually } from '../kit/eventually.ts';
import { spawned } from '../kit/spawned.ts';
import { NOON } from '../kit/world.ts';

const CLIENTS = 200;
const ASKS_EACH = 3;
const WARM = 50; // requests; left out, so that neither run measures its start
const HEAP = 400; // MB; the need of one process of everything, and a hundred more
const SHEDS = { MAX_IN_FLIGHT: '20', MAX_LOOP_DELAY: '200' };
const TAKES_ALL = { MAX_IN_FLIGHT: '100000', MAX_LOOP_DELAY: '60000' };

const QUERY = '{ airports(search: "a", first: 100) { edges { cursor node { code name city country timeZone } } } }';

/** What many clients see of a system with little memory, and its state before and after. */
async function rush(limits: Record<string, string>) {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'overload-'));
  const [port, provider, issuer] = (await freePorts(3)) as [number, number, number];
  await using system = spawned(
    'everything',
    ['node', `--max-old-space-size=${HEAP}`, 'infra/start.ts'],
    {
      ...{ DATABASE_URL: `sqlite:${dir.path}`, KAFKA_URL: `sqlite:${dir.path}`, MAIL_URL: `file:${dir.path}/mail` },
      DEMO_DATA: 'off',
      PAYMENT_PROVIDER_URL: `demo:${dir.path}/payment-provider?port=${provider}`,
      TICKET_ISSUER_URL: `demo:${dir.path}/ticket-issuer?port=${issuer}`,
      ANSWER_CACHE: 'off', // all clients send the same query
      ...{ CLOCK: NOON, PORT: String(port), ...limits },
    },
    port,
  );
  await system.ready().catch(system.ready); // on a busy machine a start can take up to twice the limit
  const dispatcher = new Agent({ connections: CLIENTS, pipelining: 1 });
  let took: Record<number, number[]> = {};

  async function ask(query = QUERY): Promise<number> {
    const since = performance.now();
    const { statusCode, headers, body } = await dispatcher.request({
      ...{ origin: system.url, path: '/graphql', method: 'POST' },
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await body.json()) as Answer;
    (took[statusCode] ??= []).push(performance.now() - since);
    if (statusCode === 200)
      assert.ok(data && !errors && data.airports?.edges.length !== 0, 'accepted requests are answered completely');
    else
      assert.deepEqual([statusCode, errors?.[0]?.extensions.code, headers['retry-after']], [503, 'UNAVAILABLE', '1']);
    return statusCode;
  }
  async function client(): Promise<void> {
    for (let n = 0; n < ASKS_EACH; n++) await ask();
  }

  for (let n = 0; n < WARM; n++) await ask();
  // Node accepts one connection in each turn of its loop, so connect first: the measurement covers only open
  // connections
  await Promise.all(Array.from({ length: CLIENTS }, () => ask('{ __typename }')));
  took = {};
  const since = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const seconds = (performance.now() - since) / 1000;
  const [answered, shed] = [[...(took[200] ?? [])], took[503] ?? []];
  await eventually(async () => (await ask()) === 200); // it recovers by itself
  await dispatcher.close();
  assert.equal(await system.end('SIGTERM'), 0, 'it has not run out of memory');
  answered.sort((a, b) => a - b);
  const slowest = answered[Math.floor(answered.length * 0.99)]!;
  return { answered: answered.length, shed: shed.length, slowest, rate: answered.length / seconds };
}

interface Answer {
  data?: { airports?: { edges: object[] } };
  errors?: { extensions: { code: string } }[];
}

test('of many more clients than it can serve some get 503, and those that are answered wait less', async (t) => {
  const [all, some] = [await rush(TAKES_ALL), await rush(SHEDS)];
  for (const [how, { answered, shed, slowest, rate }] of Object.entries({ 'takes all': all, sheds: some })) {
    const fast = `${Math.round(rate)} a second, 99 % within ${Math.round(slowest)} ms`;
    t.diagnostic(`${how}: ${answered} answered, ${fast}; ${shed} shed`);
  }
  assert.equal(all.answered, CLIENTS * ASKS_EACH);
  assert.ok(some.shed > 0 && some.answered > 0);
  assert.ok(some.slowest < all.slowest);
});
