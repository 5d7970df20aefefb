// The registry: publishing, rolling back and deleting, alone and in races, on every database.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { committedGraph } from '../../schema/composition/committed-graph.ts';
import { keysFor } from '../../schema/wire/internal-identity.ts';
import { type SigningKey, signingKey } from '../../schema/wire/signing-key.ts';
import { createSubgraph, loyaltySdl, publish, registryOf } from '../kit/publishing.ts';
import { openWorld, type Servers } from '../kit/world.ts';

const TOKEN = 'registry-token-of-this-test-0123456789';

export function registrySuite(name: string, servers: Servers) {
  const open = () => openWorld({ servers, env: { REGISTRY_TOKEN: TOKEN } });

  describe(`the registry on ${name}`, () => {
    test('a start publishes the schemas of the release, and a second start publishes none again', async () => {
      await using world = await open();
      const { catalog, releases } = await world.stores.registry();
      const before = await catalog.head();
      assert.equal(before.served?.version, 1);
      assert.equal(before.served.members['fare']?.version, 1);
      await releases.publish(committedGraph(), { alone: false });
      assert.equal((await catalog.head()).revision, before.revision);
    });

    test('a schema that passes is served at once, the same one again changes nothing, and the next is version 2', async () => {
      await using world = await open();
      const ask = registryOf(world);
      await createSubgraph(ask, 'loyalty');
      const first = await publish(ask, 'loyalty', loyaltySdl(), { commit: 'c0ffee', author: 'the team' });
      assert.deepEqual([first.outcome, first.version, first.supergraph], ['SERVED', 1, 2]);
      assert.equal((await publish(ask, 'loyalty', loyaltySdl())).outcome, 'UNCHANGED');
      const second = await publish(ask, 'loyalty', loyaltySdl('points: Int\n  miles: Int'));
      assert.deepEqual([second.outcome, second.version, second.supergraph], ['SERVED', 2, 3]);
      const { body } = await ask('GET', '/subgraphs/loyalty/versions/1');
      assert.deepEqual([body['sdl'], body['commit'], body['author']], [loyaltySdl(), 'c0ffee', 'the team']);
    });

    test('what is no schema is not stored; what does not compose, or breaks clients, is stored and not served', async () => {
      await using world = await open();
      const ask = registryOf(world);
      await createSubgraph(ask, 'loyalty');
      const unread = await ask('POST', '/subgraphs/loyalty/versions', { sdl: 'type Query {' });
      assert.deepEqual([unread.status, unread.body.error?.code], [422, 'CHECK_FAILED']);
      assert.deepEqual((await ask('GET', '/subgraphs/loyalty/versions')).body['versions'], []);
      const clash = await publish(ask, 'loyalty', loyaltySdl('email: String'));
      assert.deepEqual([clash.outcome, clash.version], ['STORED', 1]);
      assert.equal((await publish(ask, 'loyalty', loyaltySdl())).outcome, 'SERVED');
      const breaking = await publish(ask, 'loyalty', loyaltySdl('pointCount: Int'));
      assert.deepEqual([breaking.outcome, breaking.version], ['STORED', 3]);
      const { served } = await (await world.stores.registry()).catalog.head();
      assert.equal(served?.members['loyalty']?.version, 2);
    });

    test('while the keys of the gateway are rotated, a team gets the key that signs and the next one', async () => {
      const masters = ['first', 'next'].map((text) => Buffer.alloc(32, text));
      const INTERNAL_KEYS = masters.map((each) => each.toString('base64')).join();
      await using world = await openWorld({ servers, env: { REGISTRY_TOKEN: TOKEN, INTERNAL_KEYS } });
      const { identityKey } = await createSubgraph(registryOf(world), 'loyalty');
      const [first, next] = masters.map((each) => signingKey(each)) as [SigningKey, SigningKey];
      const keys = keysFor('loyalty', [first, next]).map(({ secret }) => secret.toString('base64'));
      assert.equal(identityKey, keys.join());
    });

    test('an approved breaking change passes until its approval expires', async () => {
      await using world = await open();
      const ask = registryOf(world);
      await createSubgraph(ask, 'loyalty');
      await publish(ask, 'loyalty', loyaltySdl());
      const check = () => ask('POST', '/subgraphs/loyalty/check', { sdl: loyaltySdl('pointCount: Int') });
      const refused = (await check()).body;
      const change = refused.findings?.find(({ severity }) => severity === 'BREAKING')?.change;
      assert.equal(refused['passed'], false);
      assert.ok(change);
      const approved = await ask('POST', '/approvals', { change, reason: 'no client has used it yet', days: 2 });
      assert.equal(approved.status, 200);
      assert.equal((await check()).body['passed'], true);
      world.clock.advance(3 * 24 * 3_600_000);
      assert.equal((await check()).body['passed'], false);
    });

    test('of publishers that race on one version one wins, and the others are told what came first', async () => {
      await using world = await open();
      const ask = registryOf(world);
      await createSubgraph(ask, 'loyalty');
      const outcomes = await Promise.all(
        ['a', 'b', 'c', 'd'].map((field) =>
          ask('POST', '/subgraphs/loyalty/versions', { sdl: loyaltySdl(`${field}: Int`), expect: 0, author: field }),
        ),
      );
      const lost = outcomes.filter(({ status }) => status === 409);
      assert.equal(outcomes.length - lost.length, 1);
      for (const { body } of lost)
        assert.match(body.error?.message ?? '', /loyalty@1 is the latest, by operator .*\(author \w\)/);
    });

    test('publishers of several subgraphs, rollbacks and deletions at the same time leave one history without a gap', async () => {
      await using world = await open();
      const ask = registryOf(world);
      const names = ['loyalty', 'lounge', 'meals'];
      for (const each of names) await createSubgraph(ask, each);
      const rootOf = (each: string, field: string) =>
        loyaltySdl(`${each}Points: Int`, `${each}${field}: String @access(to: "anyone")`);
      for (const each of names) await publish(ask, each, rootOf(each, 'One'));
      const answers = await Promise.all([
        ...names.map((each) =>
          ask('POST', `/subgraphs/${each}/versions`, {
            sdl: rootOf(each, `One: String @access(to: "anyone")\n  ${each}Two`),
          }),
        ),
        ask('POST', '/supergraph/rollback', { version: 3, force: true, reason: 'a race' }),
        ask('POST', '/supergraph/rollback', {}),
        ask('DELETE', '/subgraphs/meals'),
      ]);
      for (const { status } of answers) assert.ok([200, 409, 422, 404].includes(status), String(status));
      const { catalog } = await world.stores.registry();
      const { served } = await catalog.head();
      const page = { after: null, before: null, backward: false, most: 100 };
      const versions = (await catalog.supergraphs(page)).map(({ version }) => version);
      assert.deepEqual(
        versions,
        versions.map((_, i) => versions.length - i),
      );
      assert.equal(served?.version, versions.length);
      for (const [member, { version }] of Object.entries(served.members))
        assert.ok(await catalog.version(member, version), member);
    });

    test('a rollback serves the last content that no rollback took back, also after another rollback', async () => {
      await using world = await open();
      const ask = registryOf(world);
      await createSubgraph(ask, 'loyalty');
      await publish(ask, 'loyalty', loyaltySdl('a: Int'));
      await publish(ask, 'loyalty', loyaltySdl('a: Int\n  b: Int'));
      await publish(ask, 'loyalty', loyaltySdl('a: Int\n  b: Int\n  c: Int'));
      const { catalog } = await world.stores.registry();
      const servedNow = async () => (await catalog.head()).served?.members['loyalty']?.version;
      const roll = () => ask('POST', '/supergraph/rollback', { force: true, reason: 'a fault' });
      assert.equal((await roll()).status, 200);
      assert.equal(await servedNow(), 2);
      assert.equal((await roll()).status, 200);
      assert.equal(await servedNow(), 1);
      assert.equal((await roll()).status, 200);
      assert.equal(await servedNow(), undefined);
      const last = await roll();
      assert.deepEqual([last.status, last.body.error?.code], [404, 'UNKNOWN_VERSION']);
    });

    test('a subgraph whose fields clients use is deleted only with approvals, and its name can be used again', async () => {
      await using world = await open();
      const ask = registryOf(world);
      await createSubgraph(ask, 'loyalty');
      await publish(ask, 'loyalty', loyaltySdl());
      const refused = await ask('DELETE', '/subgraphs/loyalty');
      assert.deepEqual([refused.status, refused.body.error?.code], [422, 'CHECK_FAILED']);
      for (const { change } of refused.body.error?.findings ?? [])
        if (change) await ask('POST', '/approvals', { change, reason: 'the programme ends', days: 1 });
      assert.equal((await ask('DELETE', '/subgraphs/loyalty')).status, 200);
      assert.equal((await ask('GET', '/subgraphs/loyalty/versions')).status, 404);
      await createSubgraph(ask, 'loyalty');
      assert.equal((await publish(ask, 'loyalty', loyaltySdl())).outcome, 'SERVED');
    });

    test('a team that gets the name of a deleted subgraph has keys of its own, and no rollback serves the old schema', async () => {
      await using world = await open();
      const ask = registryOf(world);
      const first = await createSubgraph(ask, 'loyalty');
      await publish(ask, 'loyalty', loyaltySdl());
      const { body } = await ask('DELETE', '/subgraphs/loyalty');
      for (const { change } of body.error?.findings ?? [])
        if (change) await ask('POST', '/approvals', { change, reason: 'the programme ends', days: 1 });
      assert.equal((await ask('DELETE', '/subgraphs/loyalty')).status, 200);
      const second = await createSubgraph(ask, 'loyalty');
      assert.notEqual(second.identityKey, first.identityKey);
      const renewed = (await ask('POST', '/subgraphs/loyalty/token', {})).body as { identityKey: string };
      assert.equal(renewed.identityKey, second.identityKey);
      for (const force of [false, true]) {
        const back = await ask('POST', '/supergraph/rollback', { version: 2, force, reason: 'a test' });
        assert.deepEqual([back.status, back.body.error?.code], [409, 'NAME_REUSED']);
      }
      await publish(ask, 'loyalty', loyaltySdl('miles: Int'));
      const { served } = await (await world.stores.registry()).catalog.head();
      assert.deepEqual([served?.members['loyalty']?.generation, served?.members['fare']?.generation], [2, 1]);
    });

    test('a token changes its own subgraph only, ends at its time, and is replaced by the next', async () => {
      await using world = await open();
      const ask = registryOf(world);
      const { token } = await createSubgraph(ask, 'loyalty');
      await createSubgraph(ask, 'lounge');
      const team = registryOf(world, token);
      assert.equal((await publish(team, 'loyalty', loyaltySdl())).outcome, 'SERVED');
      for (const [method, path, body] of [
        ['POST', '/subgraphs/lounge/versions', { sdl: loyaltySdl() }],
        ['POST', '/subgraphs/lounge/check', { sdl: loyaltySdl() }],
        ['DELETE', '/subgraphs/fare', undefined],
        ['POST', '/subgraphs', { name: 'meals', url: 'http://127.0.0.1:9' }],
        ['POST', '/subgraphs/loyalty/token', {}],
        ['POST', '/supergraph/rollback', {}],
        ['POST', '/approvals', { change: 'x', reason: 'y', days: 1 }],
      ] as const) {
        const { status, body: answer } = await team(method, path, body);
        assert.deepEqual([path, status, answer.error?.code], [path, 403, 'NOT_ALLOWED']);
      }
      const renewed = (await ask('POST', '/subgraphs/loyalty/token', { days: 1 })).body as { token: string };
      assert.equal((await team('GET', '/subgraphs')).status, 401);
      const next = registryOf(world, renewed.token);
      assert.equal((await next('GET', '/subgraphs')).status, 200);
      world.clock.advance(25 * 3_600_000);
      assert.equal((await next('GET', '/subgraphs')).status, 401);
    });
  });
}
