// npm run start:apart without a reader of its output: the supervisor and its services continue.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApart } from '../kit/apart.ts';

test('when the reader of its output exits, the supervisor still restarts a killed service and stops all in order', async () => {
  await using apart = await openApart();
  apart.closeOutput();
  await apart.kill('fare'); // its end and its next start are logged, and no process reads these lines
  await apart.ready();
  assert.equal((await fetch(`${apart.url}/readyz`)).status, 200);
  assert.equal(await apart.stop(), 0);
});
