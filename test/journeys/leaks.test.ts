// No response leaks internals, whatever goes wrong: the tests cause every kind of fault and check every response.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { failing } from '../kit/failing.ts';
import { honestOperations } from '../kit/honest-operations.ts';
import { hostile, send } from '../kit/hostile.ts';
import { leaksIn } from '../kit/leaks.ts';
import { bearer, signedUp } from '../kit/person.ts';
import { aFare, openWorld, type World } from '../kit/world.ts';

test('the detector finds leaked internals', () => {
  for (const given of [
    'TypeError: x is not a function\\n    at Object.resolve (file:///srv/fareloom/gateway/gateway.ts:12:5)',
    'at async answer (node:internal/process/task_queues:95:5)',
    'select `f0`.* from `fare` as `f0` where `f0`.`id` = ?',
    'insert into `outbox` (`id`) values (1)',
    'no such table: SQLITE_ERROR',
    "ER_DUP_ENTRY: Duplicate entry '1' for key 'PRIMARY'",
    'connect ECONNREFUSED',
    'ENOENT: open /home/somebody/.data/fare.sqlite',
    'cannot reach subgraph://fare/graphql',
    'cannot reach 10.0.0.7:4101',
    'fetch of http://fare.internal/graphql failed',
    'TypeError: nothing',
  ])
    assert.ok(leaksIn(JSON.stringify({ errors: [{ message: given }] })).length > 0, given);
  assert.deepEqual(leaksIn('{"data":{"payment":{"pageUrl":"http://localhost:4000/pay/x"}}}'), []);
});

/** An internal error text that must not reach a client. */
const TOLD = 'connect ECONNREFUSED 10.0.0.7:4101 at fetch (/work/gateway/upstream.ts:1:2) select `a` from `b`';
const answering =
  (status: number, body: string): Call =>
  async () => ({ status, body, headers: {} });

const brokenSubgraphs: Readonly<Record<string, Call>> = {
  'that is dead': () => Promise.reject(Object.assign(new Error(TOLD), { code: 'ECONNREFUSED' })),
  'that hangs': () => new Promise(() => undefined),
  'that answers a page': answering(502, `<html>${TOLD}</html>`),
  'that answers a truncated reply': answering(200, '{"data":{"shopping":{"tra'),
  'that answers with internals': answering(500, JSON.stringify({ errors: [{ message: TOLD, extensions: { stacktrace: [TOLD] } }] })), // prettier-ignore
  'that answers with a code of ours': answering(200, JSON.stringify({ errors: [{ message: TOLD, extensions: { code: 'INTERNAL_SERVER_ERROR', exception: TOLD } }] })), // prettier-ignore
  'that does not know the gateway': answering(401, TOLD),
  'that answers data of another kind': answering(200, `{"data":"${TOLD}"}`),
};

test('no fault of the suite reveals more to a client than that it happened', async (t) => {
  let broken: Call | undefined;
  let cacheIsDown = false;
  await using world = await openWorld({
    env: { SUBGRAPH_TIMEOUT: '1000' },
    between: (_name, call) => (request) => (broken ?? call)(request),
    cache: (cache) =>
      (['getMany', 'putMany'] as const).reduce((port, method) => failing(port, method, () => cacheIsDown, () => new Error(TOLD)), cache), // prettier-ignore
  });
  await world.file([aFare()]);
  const who = await signedUp(world, 'asha@example.com', 'OPERATOR', 'FARE_MANAGER');
  const { authorization } = bearer(who.tokens.accessToken) as { authorization: string };
  const answers: string[] = [];

  /** All operations of the repository, signed in and anonymous. */
  async function askAll(): Promise<void> {
    const asked = honestOperations.flatMap(({ query, variables }) =>
      [{}, { authorization }].map((headers) => world.graph(query, variables, headers as Record<string, string>)),
    );
    answers.push(...(await Promise.all(asked)).map(({ text }) => text));
  }

  for (const input of hostile) answers.push((await send(world.gateway, input, 1)).text);
  for (const call of Object.values(brokenSubgraphs)) {
    broken = call;
    await askAll();
  }
  broken = undefined;
  cacheIsDown = true;
  await askAll();
  cacheIsDown = false;
  for (const token of ['', 'x', 'x.y.z', `${who.tokens.accessToken}x`, `${'a'.repeat(5000)}.b.c`])
    answers.push((await world.graph('{ me { id } }', {}, bearer(token))).text);
  await loseAllTables(world);
  await askAll();

  t.diagnostic(`${answers.length} responses were checked`);
  assert.ok(answers.filter((answer) => answer.includes('"errors"')).length > 200, 'the faults had an effect');
  assert.deepEqual(answers.flatMap(leaksIn), []);
});

/** Makes every database fail from now on, with the error texts of its driver. */
async function loseAllTables({ stores }: World): Promise<void> {
  for (const open of Object.values(stores)) {
    const connection = (await open()).db.read().getConnection();
    const tables = (await connection.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")) as { name: string }[]; // prettier-ignore
    for (const { name } of tables) await connection.execute(`alter table "${name}" rename to "lost_${name}"`);
  }
}
