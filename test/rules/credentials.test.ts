// What an email and a password must be like.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emailOf } from '../../subgraphs/account/rules/credentials.ts';
import { weakness } from '../../subgraphs/account/rules/password.ts';

const owner = { email: 'ann@example.com', name: 'Ann Traveller' };

test('a password that is easy to guess is weak, however its characters are drawn', () => {
  const guessable = [
    'password123',
    'ｐａｓｓｗｏｒｄ１２３',
    '𝐩𝐚𝐬𝐬𝐰𝐨𝐫𝐝',
    'Fareloom2026',
    'anntraveller',
    'qwertzuiop',
    '12345678',
  ];
  assert.deepEqual(
    guessable.filter((password) => weakness(password, owner) === null),
    [],
  );
});

test('a common word with a year and a sign, and the example that everybody knows, are weak', () => {
  const leaked = [
    'Password123!',
    'MyPassword123!',
    'Monkey123456!',
    'Liverpool2024!',
    'India2026!',
    'correcthorsebatterystaple',
    'Correct Horse Battery Staple 1',
    'battery-staple-horse-correct',
  ];
  assert.deepEqual(
    leaked.filter((password) => weakness(password, owner) === null),
    [],
  );
});

test('what is known of its owner adds nothing to a password, in whatever order and with whatever between', () => {
  const asha = { email: 'asha.rao92@flights-mail.com', name: 'Asha Rão-Kumar' };
  const personal = [
    'AshaRao2026!',
    'asharao1992!',
    'rao.asha.92',
    'kumar-asha-rao-92',
    'flightsmail1!',
    'ashaRãoKumar2026',
    'fareloom.com2026',
  ];
  assert.deepEqual(
    personal.filter((password) => weakness(password, asha) === null),
    [],
  );
  assert.equal(weakness('gravel Asha tuba horizon mint', asha), null, 'the rest is good enough');
});

test('a password of words that do not belong together is good enough', () => {
  assert.equal(weakness('gravel tuba horizon mint', owner), null);
});

test('a password has 8 to 128 characters', () => {
  assert.match(weakness('gr4v31!', owner)!, /at least 8/);
  assert.match(weakness('gravel tuba horizon mint '.repeat(6), owner)!, /at most 128/);
});

test('an email is the same one in whatever case and width, and holds nothing that cannot be seen', () => {
  assert.equal(emailOf('  Ann@Example.COM '), 'ann@example.com');
  assert.equal(emailOf('ａｎｎ@example.com'), 'ann@example.com');
  for (const bad of [
    'ann\u0000@example.com',
    'ann\u200b@example.com',
    'a\u202enn@example.com',
    'ann@example',
    'ann',
    '',
  ]) {
    assert.equal(emailOf(bad), null, JSON.stringify(bad));
  }
});
