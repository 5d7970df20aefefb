// What an email and a password must be like.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emailOf, weakness } from '../../subgraphs/account/credentials.ts';

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
