// Local times and instants, with and without clock changes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { clockTime, offsetsOf, written, writtenOffset } from '../../schema/terms/clock-reading.ts';
import { instantAt, localTime, withOffset } from '../../schema/terms/zoned-time.ts';

const zones = ['Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Europe/London', 'America/St_Johns', 'Pacific/Chatham', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'Pacific/Honolulu', 'UTC']; // prettier-ignore

describe('a local time', () => {
  for (const [zone, local, instant, text, why] of [
    ['Asia/Kolkata', '2026-03-24T22:20', '2026-03-24T16:50:00Z', '+05:30', 'half an hour'],
    ['Asia/Kathmandu', '2026-03-24T22:20', '2026-03-24T16:35:00Z', '+05:45', 'three quarters of an hour'],
    ['America/St_Johns', '2026-01-10T10:00', '2026-01-10T13:30:00Z', '-03:30', 'half an hour west'],
    ['UTC', '2026-03-24T22:20', '2026-03-24T22:20:00Z', '+00:00', 'none'],
    ['Pacific/Kiritimati', '2026-03-25T00:10', '2026-03-24T10:10:00Z', '+14:00', 'the largest offset'],
    ['America/New_York', '2026-03-08T01:59', '2026-03-08T06:59:00Z', '-05:00', 'a minute before the change'],
    ['America/New_York', '2026-03-08T03:00', '2026-03-08T07:00:00Z', '-04:00', 'a minute after it'],
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00Z', '-05:00', 'skipped: the offset before'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00Z', '-04:00', 'repeated: the earlier'],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T07:00:00Z', '-05:00', 'after the change back'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00Z', '+10:30', 'skipped, by half an hour'],
  ] as const) {
    test(`${local} in ${zone} has the offset ${text}: ${why}`, () => {
      assert.equal(instantAt(local, zone), Date.parse(instant));
      assert.equal(withOffset(local, zone), `${local}:00${text}`);
      assert.equal(Date.parse(withOffset(local, zone)), Date.parse(instant));
    });
  }

  for (const [zone, local, instant, text] of [
    ['America/New_York', '2026-11-01T01:50-04:00', '2026-11-01T05:50:00Z', '2026-11-01T01:50:00-04:00'],
    ['America/New_York', '2026-11-01T01:50-05:00', '2026-11-01T06:50:00Z', '2026-11-01T01:50:00-05:00'],
    ['Europe/London', '2026-10-25T01:50+00:00', '2026-10-25T01:50:00Z', '2026-10-25T01:50:00+00:00'],
    ['Australia/Lord_Howe', '2026-04-05T01:45+10:30', '2026-04-04T15:15:00Z', '2026-04-05T01:45:00+10:30'],
    ['America/St_Johns', '2026-11-01T01:50-03:30', '2026-11-01T05:20:00Z', '2026-11-01T01:50:00-03:30'],
  ] as const) {
    test(`${local} in ${zone} is the instant that its offset names`, () => {
      assert.equal(instantAt(local, zone), Date.parse(instant));
      assert.equal(withOffset(local, zone), text);
    });
  }

  test('a formatted offset is read back; any other suffix is invalid', () => {
    for (const offset of ['-05:00', '+05:45', '-03:30', '+00:00', '+14:00']) {
      const { value, offset: read } = clockTime(`2026-03-24T22:20${offset}`)!;
      assert.equal(`${written(value)}${writtenOffset(read!)}`, `2026-03-24T22:20${offset}`);
    }
    for (const ending of ['Z', '-5:00', '-0500', '-05', '-05:60', '-24:00', ' -05:00', ':00', ':00-05:00', '-05:00 ']) {
      assert.equal(clockTime(`2026-03-24T22:20${ending}`), undefined, ending);
    }
  });

  test('a local time has two offsets in the repeated hour, none in the skipped hour, and one otherwise', () => {
    const offsets = (local: string) =>
      offsetsOf(clockTime(local)!.value, 'America/New_York').map((offset) => writtenOffset(offset));
    assert.deepEqual(offsets('2026-11-01T00:59'), ['-04:00']);
    assert.deepEqual(offsets('2026-11-01T01:00'), ['-04:00', '-05:00']);
    assert.deepEqual(offsets('2026-11-01T01:59'), ['-04:00', '-05:00']);
    assert.deepEqual(offsets('2026-11-01T02:00'), ['-05:00']);
    assert.deepEqual(offsets('2026-03-08T02:30'), []);
  });

  test('at an instant is the one that formats back to the same instant, in every zone', () => {
    const at = fc.date({ min: new Date('2020-01-01T00:00Z'), max: new Date('2037-12-31T00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(at, fc.constantFrom(...zones), (date, zone) => {
        const local = localTime(date, zone);
        const minute = Math.floor(date.getTime() / 60_000) * 60_000;
        const again = instantAt(local, zone);
        assert.equal(localTime(new Date(again), zone), local);
        assert.ok(again === minute || (again < minute && minute - again <= 3_600_000)); // the repeated hour
      }),
      { numRuns: 300 },
    );
  });

  for (const [instant, zone, local] of [
    ['2026-03-01T12:00:59.999Z', 'UTC', '2026-03-01T12:00'],
    ['2026-03-01T18:29:59.999Z', 'Asia/Kolkata', '2026-03-01T23:59'],
    ['2026-03-01T18:30:00.000Z', 'Asia/Kolkata', '2026-03-02T00:00'],
    ['2026-03-01T00:00:00.000Z', 'Pacific/Honolulu', '2026-02-28T14:00'],
    ['1969-12-31T23:59:30.000Z', 'UTC', '1969-12-31T23:59'],
  ] as const) {
    test(`is ${local} in ${zone} at ${instant}: the current minute`, () => {
      assert.equal(localTime(new Date(instant), zone), local);
    });
  }
});
