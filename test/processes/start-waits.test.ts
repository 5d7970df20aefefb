// A process that starts while a server is away: it waits, names the server, and stops on a signal. Commands do not
// wait.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { suite, test } from 'node:test';
import { join } from 'node:path';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { eventually } from '../kit/eventually.ts';
import { spawned } from '../kit/spawned.ts';

const key = () => randomBytes(32).toString('base64');

/** The environment of a system whose servers are away, with a login that must not be logged. */
function envWith(away: number, folder: string): Record<string, string> {
  return {
    DATABASE_URL: `mysql://shopuser:hunter2@127.0.0.1:${away}/fareloom`,
    REDIS_URL: `redis://shopuser:hunter2@127.0.0.1:${away}`,
    KAFKA_URL: `kafka://shopuser:hunter2@127.0.0.1:${away}`,
    PAYMENT_PROVIDER_URL: `http://127.0.0.1:${away}`,
    TICKET_ISSUER_URL: `http://127.0.0.1:${away}`,
    MAIL_URL: `file:${folder}/mail`,
    ...{ OFFER_SIGNING_KEYS: key(), INTERNAL_KEYS: key(), PAYMENT_PROVIDER_KEY: key(), PAYMENT_WEBHOOK_SECRET: key() },
    ...{ TICKET_ISSUER_KEY: key(), DEMO_DATA: 'off' },
  };
}

const services: Record<string, string> = {
  travel: 'travel database',
  account: 'account database',
  payment: 'payment database',
  'settle-orders': 'order database',
  'relay-outbox': 'account database',
  'issue-tickets': 'order database',
  all: 'account database',
};

suite('a service that starts while its servers are away', () => {
  for (const [name, part] of Object.entries(services)) {
    test(`${name} waits for the ${part}, says so once without a login, is alive and not ready, and exits with 0 on a signal`, async () => {
      await using folder = await mkdtempDisposable(join(tmpdir(), 'start-waits-'));
      const [away, port] = (await freePorts(2)) as [number, number];
      const env = { ...envWith(away, folder.path), PORT: String(port) };
      await using service = spawned(name, ['node', 'infra/start.ts', name], env, port);
      await eventually(async () => {
        assert.ok(!service.hasEnded(), service.lines.join('\n'));
        const ready = await fetch(`${service.url}/readyz`);
        const { dependencies } = (await ready.json()) as { dependencies: Record<string, string> };
        assert.deepEqual([ready.status, dependencies[part]], [503, 'ECONNREFUSED']);
      });
      assert.equal((await fetch(`${service.url}/livez`)).status, 200);
      const said = service.lines.filter((line) => line.includes(`waiting for the ${part}`));
      assert.equal(said.length, 1, service.lines.join('\n'));
      assert.match(said[0]!, new RegExp(`127\\.0\\.0\\.1:${away}.*ECONNREFUSED`));
      assert.ok(!service.lines.some((line) => line.includes('hunter2')));
      assert.doesNotMatch(said[0]!, /shopuser/);
      assert.equal(await service.end('SIGTERM'), 0);
    });
  }
});

suite('a command while its servers are away', () => {
  for (const [name, ...args] of [
    ['migrate', 'infra/system/commands/migrate.ts'],
    ['verify', 'infra/system/checks/verify.ts'],
    ['dead-letters', 'infra/system/commands/dead-letters.ts', 'list'],
    ['account', 'infra/system/commands/administer-accounts.ts', 'rotate-keys'],
  ] as const) {
    test(`${name} ends at once with 1 and without a login`, async () => {
      await using folder = await mkdtempDisposable(join(tmpdir(), 'start-waits-'));
      const [away] = (await freePorts(1)) as [number];
      await using command = spawned(name, ['node', ...args], envWith(away, folder.path));
      assert.equal(await command.ended, 1, command.lines.join('\n'));
      assert.ok(command.lines.length > 0);
      assert.ok(!command.lines.some((line) => line.includes('hunter2') || line.includes('waiting')));
    });
  }
});
