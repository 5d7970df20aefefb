// Automatic persisted queries: a client sends a document once, to any gateway, and a hash never runs another text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { hashOf } from '../../gateway/documents/document-folder.ts';
import { asking, persistedQuery } from '../kit/asking.ts';
import { failing } from '../kit/failing.ts';
import { eventually } from '../kit/eventually.ts';
import { openWorld } from '../kit/world.ts';

const CITY = 'query City($code: AirportCode!) { airport(code: $code) { city } }';
const variables = { code: 'DEL' };
const delhi = { airport: { city: 'Delhi' } };
const byHash = { extensions: persistedQuery(hashOf(CITY)), variables };

test('a document sent to one gateway is known to another by its hash, by GET and by documentId', async () => {
  const shared = openMemoryCache(() => new Date());
  await using first = await openWorld({ cache: () => shared });
  await using second = await openWorld({ cache: () => shared });
  const unknown = await asking(second).get(byHash);
  assert.deepEqual([unknown.status, unknown.errors![0]!.message], [200, 'PersistedQueryNotFound']); // clients look for this
  assert.deepEqual(unknown.errors![0]!.extensions['code'], 'PERSISTED_QUERY_NOT_FOUND');
  assert.equal(unknown.headers['cache-control'], 'private, no-store');
  assert.deepEqual((await asking(first).post({ query: CITY, ...byHash })).data, delhi);
  await eventually(async () => {
    assert.deepEqual((await asking(second).get(byHash)).data, delhi);
  });
  assert.deepEqual((await asking(second).get({ documentId: `sha256:${hashOf(CITY)}`, variables })).data, delhi);
});

test('a text is not stored under the hash of another', async () => {
  await using world = await openWorld();
  const { post, get } = asking(world);
  const lie = await post({ ...byHash, query: '{ airport(code: "BLR") { city } }' });
  assert.deepEqual([lie.status, lie.errors![0]!.extensions['code']], [400, 'BAD_REQUEST']);
  assert.equal((await get(byHash)).errors![0]!.extensions['code'], 'PERSISTED_QUERY_NOT_FOUND');
});

test('a cached text that does not match its hash is not run', async () => {
  await using world = await openWorld();
  const { post, get } = asking(world);
  const key = `apq:${hashOf(CITY)}`;
  const value = '{ airport(code: "BLR") { city } }';
  await world.wiring.cache.putMany([{ key, revision: 0, value, ttl: 60_000 }]);
  assert.equal((await get(byHash)).errors![0]!.extensions['code'], 'PERSISTED_QUERY_NOT_FOUND');
  assert.deepEqual((await post({ query: CITY, ...byHash })).data, delhi); // and the right text replaces it
  await eventually(async () => {
    assert.deepEqual((await get(byHash)).data, delhi);
  });
});

test('while the cache is unavailable, documents sent in full are answered', async () => {
  let away = true;
  const isAway = () => away;
  await using world = await openWorld({
    cache: (shipped) => failing(failing(shipped, 'getMany', isAway), 'putMany', isAway),
  });
  const { post, get } = asking(world);
  assert.deepEqual((await post({ query: CITY, ...byHash })).data, delhi);
  assert.equal((await get(byHash)).errors![0]!.extensions['code'], 'PERSISTED_QUERY_NOT_FOUND');
  away = false;
  assert.deepEqual((await post({ query: CITY, ...byHash })).data, delhi);
});

test('a document with a literal that may be personal is run but not stored; with variables it is stored', async () => {
  const put: string[] = [];
  await using world = await openWorld({
    cache: (shipped) => ({
      ...shipped,
      putMany: (entries) => {
        put.push(...entries.map(({ key, value }) => `${key} ${value}`));
        return shipped.putMany(entries);
      },
    }),
  });
  const { post } = asking(world);
  const send = (query: string, of: object = {}) =>
    post({ query, extensions: persistedQuery(hashOf(query)), variables: of });
  const signIn = 'signIn(input: { email: "wombat@example.com", password: "x" }) { __typename }';
  assert.deepEqual((await send(`mutation { ${signIn} }`)).data, { signIn: { __typename: 'AccountRefusal' } });
  await send('query { account(email: "wombat@example.com") { id } }');
  await send('{ airport(code: "DEL") { city } }');
  await send('mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', {
    input: { email: 'wombat@example.com', password: 'x' },
  });
  await eventually(() => put.filter((entry) => entry.startsWith('apq:')).length === 2);
  assert.deepEqual(
    put.filter((entry) => entry.includes('wombat')),
    [],
  );
});
