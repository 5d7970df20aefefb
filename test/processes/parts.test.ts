// Work under a signal and parts that open at their first use, where a call comes too late or fails at once.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { until } from '../../infra/http/deadline.ts';
import { openOnce } from '../../infra/process/once.ts';

test('work that throws before it returns a promise leaves no listener on its signal', async () => {
  const { signal } = new AbortController();
  const work = (): Promise<never> => {
    throw new Error('at once');
  };
  await assert.rejects(until(signal, work), /at once/);
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});

test('a part that is first used after its stack has closed does not open', async () => {
  const closing = new AsyncDisposableStack();
  let opened = 0;
  const part = openOnce(closing, async () => ({ opened: ++opened }));
  await closing.disposeAsync();
  await assert.rejects(part(), /closed/);
  assert.equal(opened, 0);
});
