// The registry and the gateway together: what is published is served, what clients use is known, what is pushed is run.
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { eventually } from '../kit/eventually.ts';
import { createSubgraph, loyaltySdl, publish, registryOf } from '../kit/publishing.ts';
import { openWorld } from '../kit/world.ts';

const DAY = 24 * 3_600_000;

test('a published field is known to clients at once, and after a rollback it is not', async () => {
  await using world = await openWorld();
  const ask = registryOf(world);
  const codeOf = async () => (await world.graph('{ tier(name: "gold") }')).errors?.[0]?.extensions['code'];
  assert.equal(await codeOf(), 'GRAPHQL_VALIDATION_FAILED');
  await createSubgraph(ask, 'loyalty');
  await publish(ask, 'loyalty', loyaltySdl());
  await eventually(async () => assert.equal(await codeOf(), 'DOWNSTREAM_ERROR')); // nothing listens at its URL
  assert.equal((await ask('POST', '/supergraph/rollback', { force: true, reason: 'a test' })).status, 200);
  await eventually(async () => assert.equal(await codeOf(), 'GRAPHQL_VALIDATION_FAILED'));
  await eventually(async () => {
    const { body } = await ask('GET', '/supergraph/versions');
    const versions = body['versions'] as { version: number; cause: string; gateways: number }[];
    assert.deepEqual(
      versions.map(({ version, cause, gateways }) => [version, cause, gateways]),
      [
        [3, 'ROLLBACK', 1],
        [2, 'PUBLISH', 0],
        [1, 'START', 0],
      ],
    );
  });
});

test('usage is counted by operation and client, without values, and tells which field may be removed', async () => {
  await using world = await openWorld({ env: { USAGE_WINDOW: '1' } });
  const ask = registryOf(world);
  await createSubgraph(ask, 'loyalty');
  await publish(ask, 'loyalty', loyaltySdl());
  const web = { 'apollographql-client-name': 'web', 'apollographql-client-version': '1.2' };
  const known = async () => !(await world.graph('{ tier(name: "secret-value") }', {}, web)).errors?.some(({ extensions }) => extensions['code'] === 'GRAPHQL_VALIDATION_FAILED'); // prettier-ignore
  await eventually(async () => assert.ok(await known()));
  for (let n = 0; n < 5; n++) await world.graph('query Tier($name: String!) { tier(name: $name) }', { name: 'x' }, web);
  const { usage } = await world.stores.registry();
  await eventually(async () => {
    const used = (await usage.operations(1)).filter(({ name }) => name === 'Tier');
    assert.deepEqual(
      used.map(({ client, clientVersion, count }) => [client, clientVersion, count]),
      [['web', '1.2', 5]],
    );
  });
  assert.doesNotMatch(JSON.stringify(await usage.operations(1)), /secret-value/);
  const { body } = await ask('GET', '/usage/Query.tier');
  assert.ok((body['uses'] as { client: string }[]).every(({ client }) => client === 'web'));

  const removal = async (sdl: string) => {
    const checked = await ask('POST', '/subgraphs/loyalty/check', { sdl });
    return checked.body.findings?.find(({ code }) => code === 'FIELD_REMOVED')?.severity;
  };
  const withoutTier = loyaltySdl('points: Int', 'level(name: String!): String @access(to: "anyone")');
  const withoutPoints = loyaltySdl('miles: Int');
  assert.equal(await removal(withoutPoints), 'BREAKING', 'a window of usage is not there yet');
  world.clock.advance(DAY);
  await world.graph('query Tier($name: String!) { tier(name: $name) }', { name: 'x' }, web);
  await eventually(async () => {
    const [tier] = (await usage.operations(1)).filter(({ name }) => name === 'Tier');
    assert.equal(tier?.count, 6);
  });
  assert.equal(await removal(withoutPoints), 'SAFE', 'no client used it in the window');
  assert.equal(await removal(withoutTier), 'BREAKING', 'it was used in the window');
});

test('a document that a team pushed is trusted by gateways within seconds, and its fields are not removed', async () => {
  await using world = await openWorld({ env: { TRUSTED_DOCUMENTS: 'enforce' } });
  const ask = registryOf(world);
  const { token } = await createSubgraph(ask, 'loyalty');
  await publish(ask, 'loyalty', loyaltySdl());
  const team = registryOf(world, token);
  const text = 'query Tier { tier(name: "gold") }';
  assert.equal((await world.graph(text)).errors?.[0]?.extensions['code'], 'DOCUMENT_NOT_TRUSTED');
  const pushed = await team('POST', '/operations', { client: 'web', documents: [text] });
  assert.deepEqual([pushed.status, pushed.body['added']], [200, 1]);
  assert.equal((await team('POST', '/operations', { client: 'web', documents: [text] })).body['added'], 0);
  await eventually(async () =>
    assert.equal((await world.graph(text)).errors?.[0]?.extensions['code'], 'DOWNSTREAM_ERROR'),
  );
  const checked = await team('POST', '/subgraphs/loyalty/check', {
    sdl: loyaltySdl('points: Int', 'level(name: String!): String @access(to: "anyone")'),
  });
  const removed = checked.body.findings?.find(({ code }) => code === 'FIELD_REMOVED');
  assert.equal(removed?.severity, 'BREAKING');
  const { operations } = removed as unknown as { operations: { id: string; isPushed: boolean }[] };
  assert.ok(operations.some(({ id, isPushed }) => isPushed && id === hash('sha256', text, 'hex')));
});
