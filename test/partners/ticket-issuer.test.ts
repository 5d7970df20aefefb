// The ticket issuer and its client: one ticket per traveller, whatever fails between the two.
import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { listen } from '../../infra/http/listen.ts';
import type { IssuerLogEntry } from '../../infra/partners/ticket-issuer/log.ts';
import { checkDigit, ticketNumber } from '../../infra/partners/ticket-issuer/numbers.ts';
import { createTicketIssuer } from '../../infra/partners/ticket-issuer/server.ts';
import { openHttpTicketIssuer } from '../../infra/partners/ticket-issuer.http.ts';
import { eventually } from '../kit/eventually.ts';

const KEY = 'a-key';
const AT = new Date('2026-03-01T12:00:00Z');

/** A running issuer and its client; `again` starts another issuer on the same log after the first has stopped. */
async function issuer(options: { file?: string; timeout?: number; slowness?: number } = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'issuer-'));
  const file = options.file ?? join(dir, 'log.jsonl');
  const app = createTicketIssuer({ file, key: KEY, now: () => AT, slowness: options.slowness ?? 0 });
  const url = `http://localhost:${await listen(app, { host: 'localhost', port: 0 })}`;
  const client = openHttpTicketIssuer({ url, key: KEY, timeout: options.timeout ?? 5000 });
  return {
    app,
    url,
    file,
    client,
    log: async (): Promise<IssuerLogEntry[]> =>
      (await readFile(file, 'utf8'))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as IssuerLogEntry),
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await app.close();
      await rm(dir, { recursive: true });
    },
  };
}

const family = (name: string) => ({
  order: 'ord_1',
  travellers: [
    { id: 'one', name, carrier: 'AI' },
    { id: 'two', name: 'Tara Rao', carrier: '6E' },
  ],
});
const issuedTo = (log: readonly IssuerLogEntry[]) =>
  log.flatMap((entry) => (entry.did === 'ISSUED' ? entry.traveller : []));

test('each traveller gets one ticket, however many calls request it, repeated or concurrent', async () => {
  await using world = await issuer();
  const answers = await Promise.all(Array.from({ length: 50 }, () => world.client.issue(family('Asha Rao'))));
  assert.deepEqual(issuedTo(await world.log()), ['one', 'two']);
  assert.deepEqual(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
});

test('tickets stay issued if the reply is lost, and the same call returns the same tickets', async () => {
  await using world = await issuer();
  await assert.rejects(world.client.issue(family('Asha TICKETCUT')));
  await assert.rejects(world.client.issue(family('Asha TICKETCUT')));
  const issued = await world.client.ticketsOf('ord_1');
  assert.deepEqual(await world.client.issue(family('Asha TICKETCUT')), { tickets: issued });
  assert.deepEqual(issuedTo(await world.log()), ['one', 'two']);
});

test('an issuer that fails issues nothing, until it works', async () => {
  await using world = await issuer();
  await assert.rejects(world.client.issue(family('Asha TICKETFLAKY')), /answered 503/);
  await assert.rejects(world.client.issue(family('Asha TICKETFLAKY')), /answered 503/);
  assert.deepEqual(issuedTo(await world.log()), []);
  assert.ok('tickets' in (await world.client.issue(family('Asha TICKETFLAKY'))));
});

test('a refusal is an answer, not a failure, and issues nothing', async () => {
  await using world = await issuer();
  assert.deepEqual(await world.client.issue(family('Asha TICKETREFUSED')), { refused: 'NOT_ISSUABLE' });
  assert.deepEqual(issuedTo(await world.log()), []);
});

test('a late call has no effect after the order was voided', async () => {
  await using world = await issuer({ timeout: 100, slowness: 300 });
  await assert.rejects(world.client.issue(family('Asha TICKETSLOW')));
  await world.client.void('ord_1', null);
  await eventually(async () => (await world.log()).some(({ did }) => did === 'REFUSED')); // the late call has arrived
  assert.deepEqual(issuedTo(await world.log()), []);
  assert.deepEqual(await world.client.issue(family('Asha TICKETSLOW')), { refused: 'VOIDED_BEFORE' });
});

test('a voided ticket stays void, the other travellers keep theirs, and voiding again changes nothing', async () => {
  await using world = await issuer();
  await world.client.issue(family('Asha Rao'));
  for (let time = 0; time < 3; time++) await world.client.void('ord_1', ['one']);
  const statuses = (await world.client.ticketsOf('ord_1')).map(({ traveller, status }) => [traveller, status]);
  assert.deepEqual(statuses, [
    ['one', 'VOID'],
    ['two', 'ISSUED'],
  ]);
  assert.equal((await world.log()).filter(({ did }) => did === 'VOIDED').length, 1);
});

test('it keeps all its records after a restart, even after a crash during a write', async () => {
  await using first = await issuer();
  await first.client.issue(family('Asha Rao'));
  const issued = await first.client.ticketsOf('ord_1');
  await first.app.close();
  await appendFile(first.file, '{"at":"2026-03-01T12:00:00.000Z","did":"ISS');
  await using second = await issuer({ file: first.file });
  assert.deepEqual(await second.client.issue(family('Asha Rao')), { tickets: issued });
  await second.client.issue({ ...family('Asha Rao'), order: 'ord_2' });
  assert.equal(new Set((await second.log()).flatMap((entry) => ('number' in entry ? entry.number : []))).size, 4);
});

test('it answers only callers with the key, and reveals its records to no other', async () => {
  await using world = await issuer();
  const stranger = openHttpTicketIssuer({ url: world.url, key: 'another' });
  await assert.rejects(stranger.issue(family('Asha Rao')), /answered 401/);
  await stranger.close();
  assert.equal((await fetch(`${world.url}/log`)).status, 401);
  const answer = await fetch(`${world.url}/log`, { headers: { authorization: `Bearer ${KEY}` } });
  assert.deepEqual(await answer.json(), { entries: [] });
});

test('the log names no person', async () => {
  await using world = await issuer();
  await world.client.issue(family('Asha Rao'));
  assert.doesNotMatch(JSON.stringify(await world.log()), /Asha|Rao/);
});

test('a number is the airline’s accounting code and ten digits, with a check digit modulo seven', () => {
  assert.equal(ticketNumber('AI', 17), '098-2400000017');
  assert.equal(ticketNumber('??', 1), '000-2400000001');
  assert.equal(checkDigit('098-2400000017'), 2);
});
