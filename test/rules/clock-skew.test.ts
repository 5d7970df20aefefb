// How a process follows a reference clock, and measures the offset of its own clock.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { type ClockSkew, openClockSkew, TOO_FAR_OFF } from '../../infra/process/clock-skew.ts';
import { openLog } from '../../infra/logging/log.ts';

const START = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;
const open: ClockSkew[] = [];
afterEach(() => {
  for (const skew of open.splice(0)) skew.close();
});

/** A machine whose clock is off by `off` ms, and a database whose clock is right; `pass` advances both. */
function aMachine(off: number) {
  const at = { off, passed: 0 };
  const machine = () => START + at.passed + at.off;
  const skew = openClockSkew(openLog({ level: 'off', json: true }), machine, () => at.passed);
  open.push(skew);
  return {
    skew,
    now: () => skew.now().getTime() - START,
    database: async () => new Date(START + at.passed),
    pass: (ms: number) => void (at.passed += ms),
    set: (ms: number) => void (at.off = ms),
  };
}

describe('the clock of a process', () => {
  test('is the local clock until the reference clock is read', () => {
    const { skew, now } = aMachine(10 * MINUTE);
    assert.deepEqual([now(), skew.skew(), skew.isTooFarOff()], [10 * MINUTE, 0, false]);
  });

  test('ignores a reply whose time is none', () => {
    const { skew, now } = aMachine(0);
    skew.hear(new Date(8_640_000_000_000_001)); // one millisecond after the last date there is
    assert.deepEqual([now(), skew.skew()], [0, 0]);
  });

  for (const off of [10 * MINUTE, -10 * MINUTE, 250]) {
    test(`follows the reference clock, whatever the local clock shows: ${off} ms off`, async () => {
      const { skew, now, database, pass, set } = aMachine(off);
      await skew.follow(database);
      assert.deepEqual([now(), skew.skew()], [0, off]);
      pass(3000);
      set(-off);
      assert.deepEqual([now(), skew.skew()], [3000, -off], 'a change of the local clock is detected at once');
      assert.equal(skew.isTooFarOff(), Math.abs(off) > TOO_FAR_OFF);
    });
  }

  test('assumes that a reading is half a round trip old', async () => {
    const { skew, now, database, pass } = aMachine(0);
    await skew.follow(async () => {
      pass(40);
      const time = await database();
      pass(40);
      return time;
    });
    assert.equal(now(), 80);
  });

  test('keeps its last reading if the reference clock does not answer', async () => {
    const { skew, now, pass } = aMachine(MINUTE);
    skew.hear(new Date(START));
    await skew.follow(() => Promise.reject(new Error('gone')));
    pass(7000);
    assert.deepEqual([now(), skew.skew()], [7000, MINUTE]);
  });

  test('uses one reply in five seconds, and is not misled by slow ones in between', () => {
    const { skew, now, pass } = aMachine(MINUTE);
    skew.hear(new Date(START));
    pass(1000);
    skew.hear(new Date(START + 400)); // a slow reply
    assert.equal(now(), 1000);
    pass(5000);
    skew.hear(new Date(START + 6000));
    assert.equal(now(), 6000);
  });

  test('logs when the local clock is too far off and by how much, and when it is right again', () => {
    const lines: string[] = [];
    const say = (message: string) => void lines.push(message);
    const log = { ...openLog({ level: 'off', json: true }), error: say, info: say };
    const at = { off: 4 * MINUTE, passed: 0 };
    const skew = openClockSkew(
      log,
      () => START + at.passed + at.off,
      () => at.passed,
    );
    const looks: boolean[] = [];
    skew.onLook(() => looks.push(skew.isTooFarOff()));
    for (const off of [4 * MINUTE, 4 * MINUTE, 20]) {
      at.off = off;
      skew.hear(new Date(START + at.passed));
      at.passed += 6000;
    }
    assert.deepEqual(looks, [true, true, false]);
    assert.equal(lines.length, 2);
    assert.match(lines[0]!, /^the clock of this process is 240\.0 s ahead of the clock that the system goes by: /);
    assert.equal(lines[1], 'the clock of this process is right again');
  });
});
