// To which supergraph version a rollback goes by default.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lastGood, type Members, stepsBack } from '../../subgraphs/registry/rules/served.ts';

/** Members by the numbers of their versions. */
const members = (versions: Readonly<Record<string, number>>): Members =>
  Object.fromEntries(
    Object.entries(versions).map(
      ([name, version]) => [name, { version, generation: 1, urls: [], errorCodes: [] }] as const,
    ),
  );

/** A history, oldest first, as it is read: with the latest first. */
const past = (
  ...all: readonly (readonly [versions: Readonly<Record<string, number>>, withdrawn?: readonly string[]])[]
) =>
  all.map(([versions, withdrawn = []], i) => ({ version: i + 1, members: members(versions), withdrawn })).toReversed();

/** The version that a rollback of the latest goes to. */
const target = (history: ReturnType<typeof past>) => lastGood(history[0]?.members ?? {}, history)?.version;

describe('a rollback goes', () => {
  test('to the version before', () => {
    assert.equal(target(past([{ fare: 1 }], [{ fare: 1, loyalty: 1 }], [{ fare: 1, loyalty: 2 }])), 2);
  });

  test('over a change of a URL alone, which changes no schema', () => {
    assert.equal(target(past([{ fare: 1 }], [{ fare: 2 }], [{ fare: 2 }])), 1);
  });

  test('after a rollback not forth to what that one took back', () => {
    assert.equal(target(past([{ fare: 1 }], [{ fare: 2 }], [{ fare: 3 }], [{ fare: 2 }, ['fare@3']])), 1);
    assert.equal(target(past([{ fare: 1 }], [{ fare: 2 }], [{ fare: 1 }, ['fare@2']])), undefined);
  });

  test('to a version that was taken back by mistake and is served again', () => {
    const mistaken = past([{ fare: 1 }], [{ fare: 2 }], [{ fare: 1 }, ['fare@2']], [{ fare: 2 }], [{ fare: 3 }]);
    assert.equal(target(mistaken), 4);
  });
});

test('the steps between two versions name what is added, changed and removed', () => {
  assert.deepEqual(stepsBack(members({ fare: 2, loyalty: 1 }), members({ fare: 1, meals: 4 })), [
    { name: 'fare', version: 1 },
    { name: 'loyalty', version: null },
    { name: 'meals', version: 4 },
  ]);
});
