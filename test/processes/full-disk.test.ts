// The embedded system on a disk that is full, read-only or damaged: errors meanwhile, then service again by itself.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { eventually } from '../kit/eventually.ts';
import { type Customer, customer, type Offer, payOnPage } from '../journeys/customer.ts';
import { offerOf } from '../journeys/ordering.ts';
import { adult } from '../kit/ordering.ts';
import { card } from '../kit/paying.ts';
import { spawned } from '../kit/spawned.ts';
import { aFare, on, openWorld } from '../kit/world.ts';

/** A separate disk of this size, or the reason why there can be none here. */
function disk(size: string): ({ path: string } & Disposable) | string {
  const path = mkdtempSync(join(tmpdir(), 'disk-'));
  const leave = () => rmSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'fareloom-test', path], { stdio: 'pipe' });
  } catch {
    leave();
    return 'a disk of its own needs the right to mount one: run as root';
  }
  const unmount = () => {
    execFileSync('umount', ['--lazy', path]);
    leave();
  };
  return { path, [Symbol.dispose]: unmount };
}

/** Writes until the disk is full; the returned function frees the space. */
function fill(path: string): () => void {
  const file = join(path, 'filler');
  const descriptor = openSync(file, 'w');
  for (const size of [1 << 20, 1 << 12, 1]) {
    const bytes = Buffer.alloc(size);
    try {
      for (;;) writeSync(descriptor, bytes);
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    }
  }
  closeSync(descriptor);
  return () => rmSync(file);
}

const envOn = (folder: string, port: number) => ({
  ...{ DATABASE_URL: `sqlite:${folder}`, KAFKA_URL: `sqlite:${folder}`, MAIL_URL: `file:${folder}/mail` },
  PAYMENT_PROVIDER_URL: `demo:${folder}/payment-provider?port=0`,
  TICKET_ISSUER_URL: `demo:${folder}/ticket-issuer?port=0`,
  TRUSTED_DOCUMENTS_FOLDER: `${folder}/documents`,
  ...{ PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, HOST: '127.0.0.1' },
  ...{ MAX_LOOP_DELAY: '60000', LOG_FORMAT: 'json', DEMO_DATA: 'off' },
  ...{ RATE_LIMITS: 'off', UNPAID_SEATS: 'off' }, // so that only the disk refuses orders
});

const departureDate = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** The system as a process, on a folder with one filed flight. */
async function startOn(folder: string) {
  {
    await using world = await openWorld({ now: new Date().toISOString(), folder });
    await world.file([aFare({ ...on(departureDate), capacity: 500 })]);
  }
  const [port] = (await freePorts(1)) as [number];
  const env = envOn(folder, port);
  return { env, system: spawned('fareloom', ['node', 'infra/start.ts'], env, port) };
}

/** Orders one seat for a new traveller each time: a traveller cannot be on a flight twice. */
async function placed(who: Customer, offer: Offer): Promise<string> {
  const name = `Asha ${randomUUID().replaceAll(/[^a-f]/g, '')}`;
  const order = await who.place(offer.offerToken, [{ ...adult, name }]);
  assert.equal(order.__typename, 'Order', JSON.stringify(order));
  return order.id;
}

const readiness = async (url: string) => {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, ...((await response.json()) as { dependencies: Record<string, string> }) };
};

test('while the disk is full orders fail and /readyz says so; once there is space, orders are placed, paid and ticketed again, and it stops in time', async (t) => {
  const place = disk('75m');
  if (typeof place === 'string') return t.skip(place);
  using _ = place;
  const data = join(place.path, 'data');
  const { env, system } = await startOn(data);
  await using running = system;
  await running.ready();
  const asha = await customer(running.url, 'Asha Rao');
  const offer = await eventually(() => offerOf(asha, { origin: 'DEL', destination: 'BLR', departureDate }));
  const before = await placed(asha, offer);
  await asha.once(before, 'AWAITING_PAYMENT');

  const free = fill(place.path);
  const acknowledged = [before];
  const failed = await eventually(async () => {
    try {
      acknowledged.push(await placed(asha, offer)); // SQLite may have reserved space for some
      return false;
    } catch (error) {
      return error as Error;
    }
  });
  assert.match(failed.message, /"code":"DOWNSTREAM_ERROR"/);
  const full = await eventually(async () => {
    // an order needs more pages than the probe of readiness, for which there may still be some
    await placed(asha, offer).then(
      (id) => acknowledged.push(id),
      () => undefined,
    );
    const seen = await readiness(running.url);
    return seen.status === 503 && seen;
  });
  assert.match(full.dependencies['order database']!, /^(ENOSPC|SQLITE_FULL)$/);
  assert.equal((await fetch(`${running.url}/livez`)).status, 200);

  free();
  await eventually(async () => (await readiness(running.url)).status === 200);
  const after = await eventually(() => placed(asha, offer));
  for (const id of [...acknowledged, after]) await asha.once(id, 'AWAITING_PAYMENT');
  for (const id of [before, after]) {
    await payOnPage(await asha.startPayment(id), card('SUCCESS'));
    assert.equal((await asha.once(id, 'TICKETED')).tickets.length, 1);
  }
  const said = running.lines.join('\n');
  assert.match(said, /cannot be written: the disk is full\. Free some space/);
  assert.doesNotMatch(said, /went to the dead letters/);
  const stopping = performance.now();
  assert.equal(await running.end('SIGTERM'), 0);
  t.diagnostic(`stopped after ${Math.round(performance.now() - stopping)} ms`);
  const verify = spawned('verify', ['node', 'infra/system/checks/verify.ts'], env);
  assert.equal(await verify.ended, 0, verify.lines.join('\n'));
});

test('on a full disk it stops in time, too', async (t) => {
  const place = disk('75m');
  if (typeof place === 'string') return t.skip(place);
  using _ = place;
  const { system } = await startOn(join(place.path, 'data'));
  await using running = system;
  await running.ready();
  const asha = await customer(running.url, 'Asha Rao');
  const offer = await eventually(() => offerOf(asha, { origin: 'DEL', destination: 'BLR', departureDate }));
  fill(place.path);
  await eventually(() =>
    placed(asha, offer).then(
      () => false,
      () => true,
    ),
  );
  assert.equal(await running.end('SIGTERM'), 0);
});

const COMMANDS = [
  ['node', 'infra/start.ts'],
  ['node', 'infra/system/commands/migrate.ts'],
  ['node', 'infra/system/commands/administer-accounts.ts', 'rotate-keys'],
  ['node', 'infra/system/import/import-fares.ts', 'README.md'],
] as const;

for (const command of COMMANDS) {
  const name = command.slice(1).join(' ');
  test(`${name} on a read-only disk ends with 1 and a sentence`, async (t) => {
    const place = disk('1m');
    if (typeof place === 'string') return t.skip(place);
    using _ = place;
    const data = join(place.path, 'data');
    mkdirSync(data, { mode: 0o700 });
    execFileSync('mount', ['-o', 'remount,ro', place.path]);
    const ended = await endOf(command, data);
    assert.match(ended, /data.* (cannot be (made or )?(opened or )?written|is read-only)/);
  });

  test(`${name} on a full disk ends with 1 and a sentence`, async (t) => {
    const place = disk('1m');
    if (typeof place === 'string') return t.skip(place);
    using _ = place;
    const data = join(place.path, 'data');
    mkdirSync(data, { mode: 0o700 });
    fill(place.path);
    assert.match(await endOf(command, data), /data.* cannot be written: the disk is full\. Free some space/);
  });
}

/** The output of a command that must fail: without a stack, and with exit code 1. */
async function endOf(command: readonly string[], data: string): Promise<string> {
  const ended = spawned(command.join(' '), command, { ...envOn(data, 0), LOG_LEVEL: 'error' });
  assert.equal(await ended.ended, 1);
  const said = ended.lines.join('\n');
  assert.doesNotMatch(said, /^ +at /m, said);
  assert.doesNotMatch(said, /EROFS: |ENOSPC: |ERR_SQLITE|Unexpected token/, said);
  return said;
}

for (const [partner, variable] of [
  ['payment-provider', 'PAYMENT_PROVIDER_URL'],
  ['ticket-issuer', 'TICKET_ISSUER_URL'],
] as const) {
  test(`a damaged line in the log of the ${partner} is named when it starts`, async (t) => {
    const data = mkdtempSync(join(tmpdir(), 'damaged-'));
    t.after(() => rmSync(data, { recursive: true }));
    mkdirSync(join(data, partner), { mode: 0o700 });
    writeFileSync(join(data, partner, 'log.jsonl'), '{"at":"2026-03-01T12:00:00Z"\n');
    const env = { [variable]: `demo:${join(data, partner)}?port=0`, DATABASE_URL: `sqlite:${data}`, PORT: '0' };
    const ended = spawned(partner, ['node', 'infra/start.ts', partner], { ...env, LOG_LEVEL: 'error' });
    assert.equal(await ended.ended, 1);
    assert.match(ended.lines.join('\n'), /^.*log\.jsonl, line 1, is damaged: it is no JSON\. Restore the file/);
  });
}
