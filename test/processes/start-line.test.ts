// The output of a started system: an address that works, and an invitation to the explorer if there is one.
import assert from 'node:assert/strict';
import { mkdtemp, mkdtempDisposable, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../kit/eventually.ts';
import { spawned } from '../kit/spawned.ts';

/** The line that says it is ready, and all lines, of a start with this environment. */
async function started(env: Record<string, string>): Promise<{ ready: string; all: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'fareloom-'));
  const urls = { DATABASE_URL: `sqlite:${folder}`, KAFKA_URL: `sqlite:${folder}` };
  try {
    const common = { ...urls, PORT: '0', DEMO_DATA: 'off', LOG_FORMAT: 'text', ...env };
    await using system = spawned('all', ['node', 'infra/start.ts'], common);
    const ready = await eventually(() => {
      const line = system.lines.find((one) => one.includes('Fareloom is ready'));
      if (!line) throw new Error(`not ready:\n${system.lines.join('\n')}`);
      return line;
    });
    await system.end('SIGTERM');
    return { ready, all: system.lines.join('\n') };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the address is that of the host it listens on, with a hint for new users', async () => {
  const { ready, all } = await started({ HOST: '127.0.0.1' });
  assert.match(ready, /http:\/\/127\.0\.0\.1:\d+\/graphql \(open it in a browser, or paste this\)/);
  assert.match(all, /curl -s http:\/\/127\.0\.0\.1:/);
  assert.doesNotMatch(all, /localhost/);
});

test('in production, without an explorer, the line does not invite to open a browser', async () => {
  const { ready, all } = await started({ HOST: '0.0.0.0', NODE_ENV: 'production' });
  assert.match(ready, /http:\/\/localhost:\d+\/graphql/);
  assert.doesNotMatch(all, /browser|0\.0\.0\.0/);
});

test('metrics are served on a separate port, not on the public one', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'fareloom-'));
  const urls = { DATABASE_URL: `sqlite:${folder.path}`, KAFKA_URL: `sqlite:${folder.path}` };
  const env = { ...urls, PORT: '0', HOST: '127.0.0.1', DEMO_DATA: 'off', LOG_FORMAT: 'text' };
  await using system = spawned('all', ['node', 'infra/start.ts'], env);
  const address = (path: string) =>
    eventually(() => {
      const found = system.lines.join('\n').match(new RegExp(`http://[^ ]+/${path}`));
      if (!found) throw new Error(`no /${path} yet:\n${system.lines.join('\n')}`);
      return found[0];
    });
  const metrics = await fetch(await address('metrics'));
  assert.match(metrics.headers.get('content-type')!, /^text\/plain; version=0\.0\.4/);
  const text = await metrics.text();
  for (const name of ['process_cpu_seconds_total', 'nodejs_eventloop_lag_seconds', 'fareloom_consumer_lag']) {
    assert.match(text, new RegExp(`^${name}[ {]`, 'm'));
  }
  const open = (await address('graphql')).replace('/graphql', '/metrics');
  assert.equal((await fetch(open)).status, 404);
  await system.end('SIGTERM');
});
