// The parts of a deferred answer, applied in their order, equal the same operation without @defer, whatever comes first.
//
//   CASES=5000 TEST_SEED=17 node --test test/differential/defer.test.ts
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { applied } from '../kit/answer-parts.ts';
import { drawCase, openSupergraph } from './cases.ts';
import { runCompiled, runInParts } from './compiled.ts';
import { isWithin, withDeferred } from './defer.ts';
import type { Call } from './executor.ts';
import { type Random, seeded } from './random.ts';

const CASES = Number(process.env['CASES'] ?? 300);
const CASES_EACH = 20;
const SLOWEST = 6; // turns of the event loop
const seed = process.env['TEST_SEED'] ?? '1';

/** Calls that take their turns in a drawn order. */
const slowed =
  (call: Call, random: Random): Call =>
  async (...given) => {
    for (let turns = random.below(SLOWEST); turns > 0; turns--) await othersTurn();
    return call(...given);
  };

test('the parts of an answer add up to the answer without @defer, each field once', async (t) => {
  t.diagnostic(`TEST_SEED=${seed}`);
  const counts = { deferred: 0, inParts: 0, parts: 0, withLosses: 0 };
  for (let i = 0; i * CASES_EACH < CASES; i++) {
    const opened = openSupergraph(`${seed}.${i}`);
    for (let j = 0; j < CASES_EACH; j++) {
      const { document, variables, world, seed: name } = await drawCase(opened, j);
      const random = seeded(`${name} defer`);
      const deferred = withDeferred(document, opened.oracle.schema, random.fork('where'));
      if (deferred === undefined) continue;
      const { supergraphSdl } = opened.composed;
      const over = () => opened.subgraphs.over(world);
      const whole = await runCompiled(supergraphSdl, over(), document, variables).catch(() => undefined);
      if (!whole) continue; // the planner throws; differential.test.ts reports it
      const { data, parts } = await runInParts(supergraphSdl, slowed(over(), random.fork('when')), deferred, variables);
      const all = data === null ? null : applied(data, parts);
      const isFaulty = world.faults.length + world.away.length + world.missing.length > 0;
      const isRight = isDeepStrictEqual(plain(all), plain(whole.data));
      counts.deferred++;
      counts.parts += parts.length;
      if (parts.length) counts.inParts++;
      if (!isRight) counts.withLosses++;
      assert.ok(
        isRight || (isFaulty && isWithin(plain(all), plain(whole.data))),
        [`case ${name}: ${deferred}`, JSON.stringify(variables), JSON.stringify({ first: data, parts }), JSON.stringify(whole)].join('\n'), // prettier-ignore
      );
    }
  }
  t.diagnostic(JSON.stringify(counts));
  assert.ok(counts.inParts > 0);
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
