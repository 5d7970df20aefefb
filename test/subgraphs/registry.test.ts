// The registry on the embedded database, and what of it does not depend on the database.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { allowedNetworks } from '../../infra/http/allowed-networks.ts';
import { isRefused } from '../../schema/errors.ts';
import { etagOf } from '../../schema/wire/supergraph-artifact.ts';
import { openUrls } from '../../subgraphs/registry/store/urls.ts';
import { registryOf } from '../kit/publishing.ts';
import { openWorld } from '../kit/world.ts';
import { registrySuite } from './registry.ts';

registrySuite('SQLite', {});

describe('the URL of a subgraph', () => {
  const hosts: Record<string, string[]> = {
    'loyalty.test': ['10.1.2.3'],
    'mixed.test': ['10.1.2.3', '192.0.2.1'],
    'metadata.test': ['169.254.169.254'],
    'mapped.test': ['::ffff:169.254.169.254'],
    'six.test': ['fd00::7'],
  };
  const urls = openUrls(
    allowedNetworks(['10.0.0.0/8', 'fd00::/8', '169.254.0.0/16']),
    async (host) => hosts[host] ?? [],
  );
  const codeOf = async (text: string) => {
    const allowed = await urls.allowed(text);
    return isRefused(allowed) ? allowed.refused : allowed;
  };

  for (const url of ['http://loyalty.test:4100', 'https://six.test', 'http://loyalty.test:1,http://six.test:2'])
    test(`${url} is inside the networks`, async () => assert.deepEqual(await codeOf(url), url.split(',')));
  for (const url of ['http://mixed.test', 'http://metadata.test', 'http://mapped.test', 'http://unknown.test'])
    test(`${url} leads outside, or nowhere`, async () => assert.equal(await codeOf(url), 'URL_NOT_ALLOWED'));
  for (const url of [
    'loyalty.test',
    'ftp://loyalty.test',
    'http://loyalty.test/graphql',
    'http://a:b@loyalty.test',
    '',
  ])
    test(`"${url}" is no origin`, async () => assert.equal(await codeOf(url), 'BAD_URL'));
});

describe("the registry's port", () => {
  test('says nothing without a token, and what is wrong with a request that has one', async () => {
    await using world = await openWorld();
    const unauthenticated = registryOf(world, 'flt_wrong');
    assert.equal((await unauthenticated('GET', '/subgraphs')).status, 401);
    const ask = registryOf(world);
    assert.equal((await ask('GET', '/nowhere')).status, 404);
    const incomplete = await ask('POST', '/subgraphs', { url: 7 });
    assert.deepEqual([incomplete.status, incomplete.body.error?.code], [400, 'BAD_INPUT']);
    assert.match(incomplete.body.error?.message ?? '', /name: .*url: /);
    for (const name of ['x', 'Loyalty', 'a--b', '-a', 'a'.repeat(41), '../fare']) {
      const { status, body } = await ask('POST', '/subgraphs', { name, url: 'http://127.0.0.1:9' });
      assert.deepEqual([name, status, body.error?.code], [name, 400, 'BAD_NAME']);
    }
    const taken = await ask('POST', '/subgraphs', { name: 'fare', url: 'http://127.0.0.1:9' });
    assert.deepEqual([taken.status, taken.body.error?.code], [409, 'SUBGRAPH_EXISTS']);
    const unknown = await ask('POST', '/subgraphs/loyalty/versions', { sdl: 'type Query { a: Int }' });
    assert.deepEqual([unknown.status, unknown.body.error?.code], [404, 'UNKNOWN_SUBGRAPH']);
  });

  test('refuses what is not UTF-8, not JSON, or too large, with a sentence', async () => {
    await using world = await openWorld();
    const app = world.beside.get('registry') as FastifyInstance;
    const token = world.wiring.keptSecret('registry-token')?.toString('base64url') ?? '';
    const send = async (payload: Buffer | string) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const response = await app.inject({ method: 'POST', url: '/subgraphs/fare/check', payload, headers });
      return [response.statusCode, response.json<{ error: { message: string } }>().error.message] as const;
    };
    assert.deepEqual(await send(Buffer.from([0x7b, 0xff, 0x7d])), [
      400,
      'The request is not valid UTF-8: save the schema as UTF-8.',
    ]);
    assert.deepEqual(await send('{'), [400, 'The request is not valid JSON.']);
    assert.equal((await send(`"${'x'.repeat(9_000_000)}"`))[0], 413);
  });
});

test('a version that a gateway could not load is not sent to it again, and a registry that stops answers all polls', async () => {
  await using world = await openWorld();
  const { gateways } = await world.stores.registry();
  const { signal } = new AbortController();
  const first = await gateways.next({ serving: null, failed: null }, signal);
  assert.ok(first);
  const waiting = gateways.next({ serving: etagOf(first.content), failed: null }, signal);
  const refused = gateways.next({ serving: null, failed: 1 }, signal);
  gateways.endPolls();
  assert.deepEqual(await Promise.all([waiting, refused]), [null, null]);
});
