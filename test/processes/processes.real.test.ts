// The list of processes, on MariaDB and Redis: processes of every kind report themselves, and one that is killed is gone.
import assert from 'node:assert/strict';
import { mkdtempDisposable } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { migrate } from '../../infra/system/commands/migrate.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import type { ServiceName } from '../../infra/system/services.ts';
import { eventually } from '../kit/eventually.ts';
import { INTERNAL_KEYS, signed, signedInAs } from '../kit/signed.ts';
import { spawned } from '../kit/spawned.ts';

const services = await openServices(['mariadb', 'redis']);
after(() => services[Symbol.asyncDispose]());

interface Answer {
  data: { processes: { id: string; name: string; kind: string; state: string; version: string }[] | null };
  errors?: unknown[];
}

test('a killed process is shown as gone, a stopped one is not listed, and none needs the cache to run', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'processes-'));
  await using running = new AsyncDisposableStack();
  const env = {
    ...{ DATABASE_URL: services.mariadb.url, REDIS_URL: services.redis.url, KAFKA_URL: `sqlite:${dir.path}` },
    ...{ MAIL_URL: `file:${dir.path}/mail`, PAYMENT_PROVIDER_URL: `demo:${dir.path}/payment-provider` },
    ...{ INTERNAL_KEYS, OFFER_SIGNING_KEYS: randomBytes(32).toString('base64'), DEMO_DATA: 'off' },
  };
  await migrate(env, false);

  async function start(name: ServiceName, more: Record<string, string> = {}) {
    const [port] = (await freePorts(1)) as [number];
    const command = ['node', 'infra/start.ts', name];
    const program = running.use(spawned(name, command, { ...env, ...more, PORT: String(port) }, port));
    await program.ready();
    return program;
  }
  const operations = await start('operations');
  const gateway = await start('gateway', { OPERATIONS_URL: operations.url });
  const worker = await start('send-account-mails');
  const partner = await start('payment-provider');

  async function ask(): Promise<Answer> {
    const query = '{ processes { id name kind state version } }';
    const operator = signedInAs({ roles: ['OPERATOR'] });
    const { body, headers } = signed('operations', { query }, { who: operator, now: new Date() });
    return (await (await fetch(`${operations.url}/graphql`, { method: 'POST', headers, body })).json()) as Answer;
  }
  async function list(): Promise<string[]> {
    const { data } = await ask();
    return data.processes!.map(({ name, kind, state }) => `${name} ${kind} ${state}`);
  }

  const all = [
    ...['gateway GATEWAY RUNNING', 'operations SUBGRAPH RUNNING'],
    ...['payment-provider PARTNER RUNNING', 'send-account-mails WORKER RUNNING'],
  ];
  await eventually(async () => assert.deepEqual(await list(), all));

  await worker.end('SIGKILL');
  assert.equal(await partner.end('SIGTERM'), 0);
  const left = [...all.slice(0, 2), 'send-account-mails WORKER GONE'];
  await eventually(async () => assert.deepEqual(await list(), left));
  await start('send-account-mails');
  const replaced = [...left, 'send-account-mails WORKER RUNNING'];
  await eventually(async () => assert.deepEqual(await list(), replaced));

  await services.redis.kill();
  await eventually(async () => {
    const { data, errors } = await ask();
    assert.deepEqual([data, errors?.length], [{ processes: null }, 1]);
  });
  for (const { url } of [operations, gateway]) assert.equal((await fetch(`${url}/readyz`)).status, 200);
  await services.redis.restart();
  await eventually(async () => {
    const listed = new Set(await list());
    for (const one of [...all.slice(0, 2), 'send-account-mails WORKER RUNNING']) assert.ok(listed.has(one), one);
  });
  assert.ok(![operations, gateway].some(({ hasEnded }) => hasEnded()));
});
