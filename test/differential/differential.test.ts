// Every answer of an executor equals that of plain GraphQL over the joined data, on drawn supergraphs, operations and faults.
//
//   CASES=5000 TEST_SEED=17 node --test test/differential/differential.test.ts     the same cases again, or more
//   npm run test:differential -- 20000 17                                          with what each feature and difference counts
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { drawCase, openSupergraph } from './cases.ts';
import { executors } from './executors.ts';
import { type Executor, report } from './judge.ts';
import { survey } from './survey.ts';

const CASES = Number(process.env['CASES'] ?? 500);
const seed = process.env['TEST_SEED'] ?? '1'; // fixed, as a new seed may show a fault of Apollo's that has no name yet

for (const [name, executor] of Object.entries(executors)) {
  test(`${name}: every answer equals plain GraphQL over the joined data, but for known differences`, async (t) => {
    t.diagnostic(`TEST_SEED=${seed}`);
    const { right, known, unknown, features, supergraphs, refused } = await survey(executor, seed, CASES);
    t.diagnostic(`${right} of ${CASES} right; known differences: ${JSON.stringify(known)}`);
    t.diagnostic(`${supergraphs} supergraphs, ${refused} candidates did not compose: ${JSON.stringify(features)}`);
    const [first] = unknown;
    if (first) assert.fail(await report(executor, first));
    if (CASES < 500) return;
    const absent = Object.entries(features).filter(([, count]) => count === 0);
    assert.deepEqual(absent, [], 'every feature occurs');
    assert.ok(refused < supergraphs / 4, 'most candidates compose');
  });
}

describe('a fault of an executor is found', () => {
  const { run } = executors.apollo;
  const broken: Record<string, Executor['run']> = {
    'entities of a reply in another order': (sdl, call, document, variables) =>
      run(
        sdl,
        async (subgraph, request) => {
          const reply = await call(subgraph, request);
          (reply.data as { _entities?: unknown[] } | undefined)?._entities?.reverse();
          return reply;
        },
        document,
        variables,
      ),
    'errors left out': async (...given) => ({ ...(await run(...given)), errors: [] }),
    'keys in another order': async (...given) => {
      const { data, errors } = await run(...given);
      const reversed = data && Object.fromEntries(Object.entries(data).reverse());
      return { data: reversed, errors };
    },
    'variables left out': (sdl, call, document) => run(sdl, call, document, {}),
  };
  const wrongIn = async (executor: Executor['run']) => (await survey({ run: executor, named: [] }, 'planted', 40)).unknown.length; // prettier-ignore
  let without = 0;
  before(async () => void (without = await wrongIn(run)));
  for (const [fault, wrong] of Object.entries(broken)) {
    test(fault, async () => assert.ok((await wrongIn(wrong)) > without, 'more answers are wrong than without it'));
  }
});

test('a seed gives the same supergraph, world and operation again', async () => {
  const drawn = async () => {
    const opened = openSupergraph('same');
    const { document, variables, world } = await drawCase(opened, 3);
    return { sdls: opened.composed.sdls, document, variables, world };
  };
  assert.deepEqual(await drawn(), await drawn());
});
