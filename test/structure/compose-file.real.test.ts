// docker-compose.yml on private servers: exactly the file's commands and environment, in its order.
import assert from 'node:assert/strict';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { inOrder, ours, readCompose, root } from '../kit/compose-file.ts';
import { runToEnd, type Spawned, spawned } from '../kit/spawned.ts';

const services = await openServices(['mariadb', 'redis', 'kafka']);
after(() => services[Symbol.asyncDispose]());

const volumes = await mkdtempDisposable(join(tmpdir(), 'volumes-'));
after(() => volumes.remove());

const compose = readCompose({ DEMO_DATA: 'on' });
const names = inOrder(compose, ours(compose));
const free = await freePorts(names.length);
const portOf = (name: string) => free[names.indexOf(name)]!;

/** Each container has its own network, but here all share one: host names become ports of this machine. */
function environmentOf(name: string): Record<string, string> {
  const here = Object.entries({ mysql: services.mariadb.port, redis: services.redis.port, kafka: services.kafka.port });
  const entries = Object.entries(compose[name]!.environment!).map(([variable, value]): [string, string] => {
    const server = here.reduce(
      (text, [host, port]) => text.replace(new RegExp(`\\b${host}:\\d+`), `127.0.0.1:${port}`),
      value,
    );
    const subgraph = server.replace(
      /^http:\/\/(?!localhost)([\w-]+):4000(?=\/|$)/,
      (_, host: string) => `http://127.0.0.1:${portOf(host)}`,
    );
    const folder = subgraph.replace('/var/lib/partners', volumes.path);
    return [variable, folder.replace(/fareloom:[^@]+@/, 'root@')]; // the private server has no other user
  });
  return { ...Object.fromEntries(entries), PORT: String(portOf(name)) };
}

/** The image's own health check, which the engine runs in each container. */
async function healthCheck(): Promise<string[]> {
  const dockerfile = await readFile(join(root, 'infra/deploy/Dockerfile'), 'utf8');
  return JSON.parse(/HEALTHCHECK[^]*?CMD (\[.*\])/.exec(dockerfile)![1]!) as string[];
}

test('every command of the file starts in its order, becomes healthy, answers a search and stops with 0 within 15 s', async (t) => {
  await using running = new AsyncDisposableStack();
  const processes: Spawned[] = [];
  for (const name of names) {
    const { command } = compose[name]!;
    if (['migrate', 'demo-data'].includes(name)) {
      await runToEnd(name, command!, environmentOf(name));
      continue;
    }
    const process = running.use(spawned(name, command!, environmentOf(name), portOf(name)));
    processes.push(process);
    await process.ready();
    await runToEnd(`the health check of ${name}`, await healthCheck(), { PORT: String(portOf(name)) });
  }

  const departureDate = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const query = `query($input: ShoppingInput!) { shopping(input: $input) {
    price { total { amount currency } } travel { summary } offers(first: 1) { edges { node { seatsLeft } } } } }`;
  const response = await fetch(`http://127.0.0.1:${portOf('gateway')}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { origin: 'DEL', destination: 'BLR', departureDate } } }),
  });
  const { data, errors } = (await response.json()) as {
    data: { shopping: { price: { total: { currency: string } }; travel: { summary: string } } };
    errors?: unknown;
  };
  assert.equal(errors, undefined);
  assert.equal(data.shopping.price.total.currency, 'INR');
  assert.ok(data.shopping.travel.summary.length > 20);

  for (const each of processes.reverse()) {
    const asked = performance.now();
    assert.equal(await each.end('SIGTERM'), 0, `${each.name}:\n${each.lines.join('\n')}`);
    const took = performance.now() - asked;
    t.diagnostic(`${each.name} stopped after ${Math.round(took)} ms`);
    assert.ok(took < 15_000);
  }
});
