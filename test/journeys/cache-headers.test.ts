// Caching headers for browsers and CDNs: public responses to GET may be cached as long as the subgraphs allow; nothing
// else.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { request } from 'undici';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { examples } from '../../gateway/routes/examples.ts';
import { hashOf, putDocument } from '../../gateway/documents/document-folder.ts';
import { asking, inAddress, persistedQuery, type Question } from '../kit/asking.ts';
import { eventually } from '../kit/eventually.ts';
import { PASSWORD, SIGN_IN_ANSWER, signedUp } from '../kit/person.ts';
import { aFare, NOON, openWorld, type World } from '../kit/world.ts';

const INPUT = 'input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }';
const NEVER = 'private, no-store';
const kept = (seconds: number) => `public, max-age=${seconds}`;

/** Each query with the expected Cache-Control of its response. */
const questions: [query: string, cacheControl: string][] = [
  [
    '{ airports(first: 1) { edges { cursor node { code location { latitude } } } pageInfo { hasNextPage } } }',
    kept(3600),
  ],
  ['{ airport(code: "ZZZ") { city } }', kept(3600)], // an airport that does not exist
  ['{ airport(code: "DEL") { guide { summary } } }', kept(300)],
  ['{ airport(code: "DEL") { guide { stays { edges { node { nightlyPrice { amount } reviews { edges { node { text } } } } } } } } }', kept(300)], // prettier-ignore
  [`{ shopping(${INPUT}) { travel { sights { edges { node { name } } } } } }`, kept(300)],
  [`{ shopping(${INPUT}) { price { total { amount } } } }`, kept(5)],
  [`{ shopping(${INPUT}) { calendar { days { price { amount } } } } airport(code: "DEL") { city } }`, kept(5)],
  // entities: seats of offers, and travel's fields of an airport that fare returned
  [`{ shopping(${INPUT}) { offers { edges { node { seatsLeft offerToken slices { origin { location { latitude } } } } } } } }`, kept(5)], // prettier-ignore
  ['{ __typename }', NEVER], // no subgraph allows it
  ['{ __schema { queryType { name } } }', NEVER],
  ['{ cart(id: "crt_x") { id } }', NEVER],
  ['{ airport(code: "DEL") { city } cart(id: "crt_x") { id } }', NEVER],
  ['{ me { email } }', NEVER],
  ['{ airport(code: "DEL") { city } me { email } }', NEVER],
  ['{ airport(code: "DEL") { town } }', NEVER],
  ['{ airport(code: "delhi") { city } }', NEVER],
  ['{ airports(first: 1000) { edges { cursor } } }', NEVER],
  ['mutation { signOut { __typename } }', NEVER],
];

describe('a response', () => {
  let world: World;
  let origin: string;
  before(async () => {
    world = await openWorld();
    await world.file([aFare({ capacity: 5 })]);
    origin = await world.gateway.listen({ port: 0, host: '127.0.0.1' });
    const offers = questions.find(([query]) => query.includes('seatsLeft'))![0];
    await eventually(async () => (await asking(world).post({ query: offers })).text.includes('"seatsLeft":5'));
  });
  after(() => world[Symbol.asyncDispose]());

  for (const [query, expected] of questions) {
    test(`to ${query.slice(0, 70)} by GET is ${expected}`, async () => {
      assert.equal((await asking(world).get({ query })).headers['cache-control'], expected);
    });
  }

  test('to POST may not be cached', async () => {
    for (const [query] of questions) {
      assert.equal((await asking(world).post({ query })).headers['cache-control'], NEVER, query);
    }
  });

  test('to a request with credentials may not be cached, whatever the query: a token, a cookie, an invalid token', async () => {
    const { headers } = await signedUp(world);
    const csrf = { 'apollo-require-preflight': '1' };
    const signIn = await world.gateway.inject({
      ...{ method: 'POST', url: '/graphql', headers: csrf },
      payload: {
        query: `mutation { result: signIn(input: { email: "asha.rao@example.com", password: "${PASSWORD}", session: COOKIE }) ${SIGN_IN_ANSWER} }`,
      },
    });
    const cookies = signIn.cookies.map(({ name, value }) => `${name}=${value}`);
    const refresh = cookies.find((one) => one.includes('refresh'))!;
    for (const who of [headers, { cookie: cookies.join('; ') }, { cookie: refresh }, { authorization: 'Bearer x' }]) {
      for (const [query] of questions) {
        const { headers: told } = await asking(world).get({ query }, who);
        assert.equal(told['cache-control'], NEVER, `${query} ${JSON.stringify(Object.keys(who))}`);
        assert.equal(told['etag'], undefined);
      }
    }
  });

  test('varies by media type, content encoding and credentials', async () => {
    const [query] = questions[0]!;
    const { vary } = (await asking(world).get({ query })).headers;
    for (const name of ['accept', 'accept-encoding', 'authorization', 'cookie'])
      assert.ok(vary!.split(', ').includes(name), `${name} in ${vary}`);
    assert.equal(new Set(vary!.split(', ')).size, vary!.split(', ').length);
  });

  test('may be cached in the same way for every form of sending the document', async () => {
    const [query] = questions[0]!;
    await putDocument(world.config.TRUSTED_DOCUMENTS_FOLDER, query);
    await asking(world).post({ query, extensions: persistedQuery(hashOf(query)) });
    const ways: Question[] = [{ documentId: `sha256:${hashOf(query)}` }, { extensions: persistedQuery(hashOf(query)) }];
    for (const way of ways) {
      await eventually(async () => {
        const { headers, data } = await asking(world).get(way);
        assert.ok(data);
        assert.equal(headers['cache-control'], kept(3600));
      });
    }
  });

  test('that the client already has is not sent again, in any content encoding', async () => {
    const query = examples(new Date(NOON))[0]!.query;
    const variables = { input: { origin: 'DEL', destination: 'BLR', departureDate: '2026-03-24' } };
    const address = `${origin}${inAddress({ query, variables })}`;
    const ask = async (headers: Record<string, string>) => {
      const answer = await request(address, { headers: { 'apollo-require-preflight': '1', ...headers } });
      return { ...answer, bytes: Buffer.from(await answer.body.arrayBuffer()) };
    };
    const unpack: Record<string, (bytes: Buffer) => Buffer> = {
      identity: (bytes) => bytes,
      gzip: (bytes) => gunzipSync(bytes),
      br: (bytes) => brotliDecompressSync(bytes),
    };
    const plain = await ask({});
    const etag = String(plain.headers['etag']);
    assert.match(etag, /^W\/"[\w-]{43}"$/);
    for (const [encoding, unpacked] of Object.entries(unpack)) {
      const packed = await ask({ 'accept-encoding': encoding });
      assert.equal(packed.headers['content-encoding'] ?? 'identity', encoding);
      assert.deepEqual(unpacked(packed.bytes), plain.bytes);
      assert.equal(packed.headers['etag'], etag);
      for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
        const same = await ask({ 'accept-encoding': encoding, 'if-none-match': known });
        assert.deepEqual([same.statusCode, same.bytes.length], [304, 0], known);
        assert.deepEqual([same.headers['etag'], same.headers['cache-control']], [etag, kept(5)]);
        assert.equal(same.headers['vary'], packed.headers['vary']);
      }
    }
    const other = await ask({ 'if-none-match': '"other"' });
    assert.deepEqual([other.statusCode, other.bytes], [200, plain.bytes]);
  });
});
