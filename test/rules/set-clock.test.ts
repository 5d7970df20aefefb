// The clock that tests and the REPL set.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { durationOf, SetClock } from '../../infra/process/set-clock.ts';

describe('a set clock', () => {
  test('stands still until it is set or advanced, by ms or by a duration, and says what time it shows', () => {
    const clock = new SetClock('2026-03-01T12:00:00Z');
    assert.equal(clock.now().getTime(), clock.now().getTime());
    assert.equal(clock.advance(1500).toISOString(), '2026-03-01T12:00:01.500Z');
    assert.equal(clock.advance('16m').toISOString(), '2026-03-01T12:16:01.500Z');
    assert.equal(clock.set('2026-03-02T09:30+05:30').toISOString(), '2026-03-02T04:00:00.000Z');
    assert.equal(inspect(clock), 'SetClock { 2026-03-02T04:00:00.000Z }');
  });

  test('refuses a time that is none, and keeps the one it has', () => {
    const clock = new SetClock('2026-03-01T12:00:00Z');
    assert.throws(() => clock.set('tomorrow'), /^Error: tomorrow is no instant: give one with its offset/);
    assert.throws(() => clock.advance('16 minutes'), /^Error: 16 minutes is no duration: give days, hours/);
    assert.equal(clock.now().toISOString(), '2026-03-01T12:00:00.000Z');
  });
});

describe('a duration', () => {
  for (const [text, ms] of Object.entries({
    '16m': 960_000,
    '1h30m': 5_400_000,
    '2d': 172_800_000,
    '90s': 90_000,
    '250ms': 250,
  }))
    test(`${text} is ${ms} ms`, () => assert.equal(durationOf(text), ms));
  for (const text of ['', '16', 'm', '-5m', '1.5h', '16m '])
    test(`“${text}” is none`, () => assert.throws(() => durationOf(text), /is no duration/));
});
