// Hostile requests are refused with their status and code, in a short response within a few milliseconds.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hostile, send } from '../kit/hostile.ts';
import { openWorld, type World } from '../kit/world.ts';

describe('in production', () => {
  let world: World;
  before(async () => {
    world = await openWorld({ env: { NODE_ENV: 'production' } });
  });
  after(() => world?.[Symbol.asyncDispose]());

  for (const input of hostile) {
    test(`${input.what}: ${input.status} ${input.code ?? 'and data'}`, async (t) => {
      const { status, codes, errors, text, ms } = await send(world.gateway, input);
      t.diagnostic(`${ms.toFixed(1)} ms of CPU: ${errors[0]?.message ?? text.slice(0, 100)}`);
      assert.deepEqual([status, codes], [input.status, input.code ? [input.code] : []], text.slice(0, 2000));
      assert.ok(errors.length <= 5, text);
      assert.ok(text.length < 10_000, 'the response does not echo the request');
      assert.doesNotMatch(text, /did you mean/i);
    });
  }
});
