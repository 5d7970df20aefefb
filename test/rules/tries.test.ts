// Limits on tries: what is counted together, how much is allowed, and when the next try is.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  bySession,
  fromAddress,
  mailsFrom,
  mailsTo,
  onDevice,
  onEmail,
  secondsUntilAllowed,
  signUpsFrom,
} from '../../subgraphs/account/rules/tries.ts';

const limits = [
  ['tries on an email address', [onEmail('asha@example.com')], 'email asha@example.com', 10],
  ['confirmations in a session', [bySession('ses_1')], 'session ses_1', 10],
  ['tries on a known device', [onDevice('dev_1')], 'device dev_1', 10],
  ['mails to an address', [mailsTo('asha@example.com')], 'mails to asha@example.com', 5],
  ['tries from a network', fromAddress('2001:db8:1:2::3'), 'address 2001:db8:1:2', 100],
  ['sign-ups from a network', signUpsFrom('2001:db8:1:2::3'), 'sign-ups from 2001:db8:1:2', 100],
  ['mails from a network', mailsFrom('2001:db8:1:2::3'), 'mails from 2001:db8:1:2', 50],
] as const;

for (const [what, subjects, name, most] of limits) {
  test(`${what} are counted together, and at most ${most} are allowed`, () =>
    assert.deepEqual(subjects, [{ name, most }]));
}

test('a caller without an address is not limited by network', () => {
  for (const limit of [fromAddress, signUpsFrom, mailsFrom]) assert.deepEqual(limit(null), []);
});

describe('the next try is allowed', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const counted = (count: number, wait: number) => ({ count, most: 10, until: now.getTime() + wait });

  test('at once up to the limit', () => assert.equal(secondsUntilAllowed([counted(10, 60_000)], now), null));
  test('after the wait, in whole seconds, beyond the limit', () => {
    assert.equal(secondsUntilAllowed([counted(11, 60_000)], now), 60);
    assert.equal(secondsUntilAllowed([counted(11, 59_001)], now), 60);
  });
  test('after the longest wait of all exceeded limits', () =>
    assert.equal(secondsUntilAllowed([counted(11, 5_000), counted(12, 7_000), counted(10, 9_000)], now), 7));
  test('after a second at least', () => assert.equal(secondsUntilAllowed([counted(11, 0)], now), 1));
});
