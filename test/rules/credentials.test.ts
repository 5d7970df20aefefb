// The rules for emails and passwords.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emailOf } from '../../subgraphs/account/rules/credentials.ts';
import { weakness } from '../../subgraphs/account/rules/password-strength.ts';

const owner = { email: 'ann@example.com', name: 'Ann Traveller' };

test('a password that is easy to guess is weak, whatever the form of its characters', () => {
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

test('a common word with a year and a symbol, and the well-known example phrase, are weak', () => {
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

test('data of the owner adds no strength to a password, in any order and with anything in between', () => {
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
  assert.equal(weakness('gravel Asha tuba horizon mint', asha), null, 'the rest is strong enough');
});

test('a password of unrelated words is strong enough', () => {
  assert.equal(weakness('gravel tuba horizon mint', owner), null);
});

test('a password has 8 to 128 characters', () => {
  assert.match(weakness('gr4v31!', owner)!, /at least 8/);
  assert.match(weakness('gravel tuba horizon mint '.repeat(6), owner)!, /at most 128/);
});

test('an email is normalized in case and width, and cannot contain invisible characters', () => {
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
