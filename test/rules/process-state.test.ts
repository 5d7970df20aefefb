// The state of a process follows from the time since its last report.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE, SECOND } from '../../schema/terms/durations.ts';
import { stateAfter } from '../../subgraphs/operations/rules/process-state.ts';

for (const [silentFor, state] of [
  [0, 'RUNNING'],
  [15 * SECOND, 'RUNNING'],
  [15 * SECOND + 1, 'GONE'],
  [MINUTE, 'GONE'],
  [HOUR, 'GONE'],
  [HOUR + 1, null],
] as const) {
  test(`a process that has been silent for ${silentFor} ms is ${state ?? 'forgotten'}`, () =>
    assert.equal(stateAfter(silentFor), state));
}
