// Servers that start after their clients, and faults that waiting does not heal.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { eventually } from '../kit/eventually.ts';
import { runToEnd, spawned } from '../kit/spawned.ts';

const servers = await openServices(['mariadb', 'redis', 'kafka']);
after(() => servers[Symbol.asyncDispose]());

const env = (more: Record<string, string> = {}) => ({
  ...{ DATABASE_URL: servers.mariadb.url, REDIS_URL: servers.redis.url, KAFKA_URL: servers.kafka.url },
  ...{ OFFER_SIGNING_KEYS: randomBytes(32).toString('base64'), DEMO_DATA: 'off' },
  ...{ NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning' },
  ...more,
});

await runToEnd('migrate', ['node', 'infra/system/commands/migrate.ts'], env());

test('a worker that started first works once its servers have started, one after the other, in the same process', async () => {
  await Promise.all([servers.mariadb.stop(), servers.redis.kill(), servers.kafka.stop()]);
  const [port] = (await freePorts(1)) as [number];
  await using worker = spawned(
    'rebuild-fares',
    ['node', 'infra/start.ts', 'rebuild-fares'],
    env({ PORT: String(port) }),
    port,
  );
  const saysOnce = (text: string) =>
    eventually(() => {
      assert.ok(!worker.hasEnded(), worker.lines.join('\n'));
      const said = worker.lines.filter((line) => line.includes(text));
      assert.equal(said.length, 1, worker.lines.join('\n'));
    });
  const waitsFor = (part: string) =>
    eventually(async () => {
      const answer = await fetch(`${worker.url}/readyz`);
      const { dependencies } = (await answer.json()) as { dependencies: Record<string, string> };
      assert.deepEqual([answer.status, Object.keys(dependencies).includes(part)], [503, true]);
    });
  await saysOnce('waiting for the fare database');
  await waitsFor('fare database');
  await servers.mariadb.restart();
  await saysOnce('the fare database is available');
  await saysOnce('waiting for the bus');
  await waitsFor('bus');
  await servers.kafka.restart();
  await saysOnce('the bus is available');
  await eventually(async () => {
    const { dependencies } = (await (await fetch(`${worker.url}/readyz`)).json()) as {
      dependencies: Record<string, string>;
    };
    const { cache, bus } = dependencies;
    assert.deepEqual([dependencies['fare database'], cache, bus], ['ok', 'ETIMEDOUT', 'ok']);
  });
  await servers.redis.restart();
  await worker.ready();
  assert.equal(await worker.end('SIGTERM'), 0);
});

test('a login that the database refuses, and a schema that is behind, end a service at once with a sentence', async () => {
  const { host } = new URL(servers.mariadb.url.replace('mariadb:', 'http:'));
  for (const [url, sentence] of [
    [`mariadb://shopuser:hunter2@${host}/fareloom`, /Access denied|denied/i],
    [`mariadb://root@${host}/other`, /run npm run migrate, then start again/],
  ] as const) {
    await using travel = spawned(
      'settle-orders',
      ['node', 'infra/start.ts', 'settle-orders'],
      env({ DATABASE_URL: url, PORT: '0' }),
    );
    assert.equal(await travel.ended, 1, travel.lines.join('\n'));
    assert.match(travel.lines.at(-1)!, sentence);
    assert.ok(!travel.lines.some((line) => line.includes('hunter2')));
  }
});
