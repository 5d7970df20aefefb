// What a log line may hold: no secret, wherever it hides, and never more than a line takes.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecretKey, safeFields, safeText } from '../../infra/logging/log-redaction.ts';
import { type Kind, openSampling } from '../../infra/logging/log-sampling.ts';

test('a key that holds a secret is known however it is written, and one that only sounds like it is not', () => {
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

test('what looks like a token, an email or a password in an address is masked in any text', () => {
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

test('whatever is logged, the line is JSON, bounded, and nothing throws', () => {
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

test('of the same line twenty are written in a second and then every fiftieth, and it is said how many were left out', () => {
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
  assert.equal(written('other', 20, 999), 20, 'other lines are written meanwhile');
  assert.equal(begun, 1);
  assert.deepEqual(told, []);
  assert.equal(written('flood', 5, 1000), 5, 'the next second begins anew');
  assert.deepEqual(told, [['flood', 176]]);
  sampling.turn();
  assert.equal(told.length, 1, 'nothing was left out since');
});

test('what a driver was asked is left out of its errors: a command with its arguments, a statement', () => {
  const error = Object.assign(new Error('READONLY'), {
    command: { name: 'eval', args: ['local x', 'ses_1', 'acc_1'] },
    sql: "select 'asha'",
  });
  const { error: shown } = safeFields({ error }) as { error: Record<string, unknown> };
  assert.deepEqual([shown['command'], shown['sql']], ['eval', undefined]);
  assert.doesNotMatch(JSON.stringify(shown), /ses_1|acc_1|asha/);
});
