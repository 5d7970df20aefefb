// Log lines never contain secrets, at any depth, and have a bounded length.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecretKey, safeFields, safeText } from '../../infra/logging/log-redaction.ts';
import { type Kind, openSampling } from '../../infra/logging/log-sampling.ts';

test('a key of a secret is recognized in any spelling, and a key that only looks similar is not', () => {
  const secret =
    'password newPassword accessToken refresh_token TOKEN authorization Proxy-Authorization set-cookie cookies clientSecret card cardNumber CARD_NUMBER email contactEmail apiKey privateKey INTERNAL_KEYS birthDate documentNumber';
  const open = 'discarded key topic orderId keyboard tokenise cardinality emailed path number';
  assert.deepEqual(
    [...secret.split(' ').filter((key) => !isSecretKey(key)), ...open.split(' ').filter(isSecretKey)],
    [],
  );
});

test('secrets are masked in objects, arrays, maps, errors, their fields and their causes', () => {
  class ProviderError extends Error {
    request = { headers: { Authorization: 'Bearer abc' }, body: [{ card: '4242' }] };
    code = 'DECLINED';
  }
  const cause = Object.assign(new Error('for asha.rao@example.com'), { password: 'gravel tuba' });
  const shown = safeFields({
    error: new AggregateError([new ProviderError('declined', { cause })], 'all failed'),
    tried: new Map([['token', 'x1']]),
    list: [{ deep: { email: 'a@b.example' } }, new Set([{ secret: 1 }])],
    count: 3,
  });
  const text = JSON.stringify(shown);
  for (const secret of ['abc', '4242', 'asha', 'gravel', 'x1', 'a@b']) assert.ok(!text.includes(secret), secret);
  for (const kept of ['DECLINED', 'declined', 'all failed', 'at TestContext', '"count":3'])
    assert.ok(text.includes(kept), kept);
});

test('tokens, emails and passwords in URLs are masked in any text', () => {
  const cases = {
    'Bearer eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.c2ln sent': 'Bearer (token) sent',
    'authorization: basic dXNlcjpwYXNz': 'authorization: basic (secret)',
    'cannot reach mysql://root:hunter2@db:3306/fare': 'cannot reach mysql://root:***@db:3306/fare',
    'mariadb://root@127.0.0.1:3306/fareloom (MariaDB)': 'mariadb://root@127.0.0.1:3306/fareloom (MariaDB)',
    'smtp://asha:pw@mail.example.com for asha@example.com': 'smtp://asha:***@mail.example.com for (email)',
    "values ('asha.rao+x@example.co.in')": "values ('(email)')",
    'a plain sentence, 6E 2131 at 22:20 @ gate': 'a plain sentence, 6E 2131 at 22:20 @ gate',
  };
  for (const [text, expected] of Object.entries(cases)) assert.equal(safeText(text), expected);
});

test('for any value, the log line is bounded JSON and nothing throws', () => {
  const circular: Record<string, unknown> = { name: 'a' };
  circular['self'] = { again: circular };
  const trap = new Proxy({}, { ownKeys: () => assert.fail('no') });
  const odd = safeFields({
    circular,
    trap,
    at: new Date(NaN),
    big: 10n,
    none: NaN,
    f: () => 1,
    bytes: Buffer.alloc(9),
  });
  assert.deepEqual(odd['circular'], { name: 'a', self: { again: '(circular)' } });
  assert.deepEqual([odd['trap'], odd['big'], odd['bytes']], ['(unreadable)', '10', '(9 bytes)']);

  const wide = safeFields({ list: Array(1e6).fill('x'.repeat(50)), text: '\u0000'.repeat(1e6) });
  assert.ok(JSON.stringify(wide).length < 40_000);
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.anything({ withBigInt: true, withMap: true, withSet: true })),
      (fields) => {
        assert.ok(JSON.stringify(safeFields(fields)).length < 40_000);
      },
    ),
  );
});

test('of identical lines, twenty are written per second and then every fiftieth, with the number of omitted lines', () => {
  const told: [string, number][] = [];
  let begun = 0;
  const sampling = openSampling(
    ({ message }, leftOut) => told.push([message, leftOut]),
    () => begun++,
  );
  const line = (message: string): Kind => ({ service: 'fare', level: 'warn', message });
  const written = (message: string, lines: number, at: number) =>
    Array.from({ length: lines }).filter(() => sampling.admits(line(message), at)).length;
  assert.equal(written('flood', 200, 0), 20 + 4);
  assert.equal(written('other', 20, 999), 20, 'other lines are still written');
  assert.equal(begun, 1);
  assert.deepEqual(told, []);
  assert.equal(written('flood', 5, 1000), 5, 'the next second starts a new count');
  assert.deepEqual(told, [['flood', 176]]);
  sampling.turn();
  assert.equal(told.length, 1, 'no line was omitted since');
});

test('errors of drivers are logged without their commands, arguments and statements', () => {
  const error = Object.assign(new Error('READONLY'), {
    command: { name: 'eval', args: ['local x', 'ses_1', 'acc_1'] },
    sql: "select 'asha'",
  });
  const { error: shown } = safeFields({ error }) as { error: Record<string, unknown> };
  assert.deepEqual([shown['command'], shown['sql']], ['eval', undefined]);
  assert.doesNotMatch(JSON.stringify(shown), /ses_1|acc_1|asha/);
});
