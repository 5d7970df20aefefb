// The thread in which the registry checks schemas.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCheckThread, TooLong } from '../../subgraphs/registry/store/check-thread.ts';

test('a computation that takes too long ends, and the next one is answered by another thread', async () => {
  const thread = openCheckThread(1);
  await assert.rejects(thread.compute('lint', { name: 'loyalty', sdl: 'type Query { a: Int }' }, []), TooLong);
  await thread.close();
  const patient = openCheckThread();
  const first = patient.compute('difference', 'client', 'type Query { a: Int }', 'type Query { b: Int }');
  const broken = patient.compute('difference', 'client', 'type Query {', '');
  const last = patient.compute('lint', { name: 'loyalty', sdl: 'type Query { a: Int }' }, []);
  assert.match((await first).join(), /Field 'a' was removed/);
  await assert.rejects(broken, /The check failed: /);
  assert.ok((await last).length > 0);
  await patient.close();
});
