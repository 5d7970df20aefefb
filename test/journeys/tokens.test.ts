// Tokens on the running gateway: forged, revoked or expired ones are 401 on every replica, and keys rotate unnoticed.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { importJWK, type JWK, SignJWT } from 'jose';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import type { Cache } from '../../infra/cache/cache.ts';
import { openMemoryCache } from '../../infra/cache/cache.memory.ts';
import { accessToken, verificationKeysRoute } from '../../schema/wire/access-token.ts';
import { Session, TokenKey } from '../../subgraphs/account/store/tables.ts';
import { failing } from '../kit/failing.ts';
import { openFurtherGateway } from '../kit/gateway.ts';
import { bearer, signedUp, signing } from '../kit/person.ts';
import { openWorld, type World } from '../kit/world.ts';

const ME = '{ me { id } }';
const AIRPORT = '{ airport(code: "DEL") { city } }';
const SECOND = 1000;

let world: World;
const calls: Record<string, Call> = {};
before(async () => {
  world = await openWorld({ between: (name, call) => (calls[name] = call) });
});
after(() => world[Symbol.asyncDispose]());

/** What a forger would know or guess, and a function that signs a token from it. */
async function forge(email = 'forged@example.com') {
  const asha = await signedUp(world, email);
  const { db } = await world.stores.account();
  const [row] = await db.read().find(TokenKey, {});
  const ours = await importJWK(JSON.parse(row!.secret) as JWK, 'EdDSA');
  const now = Math.floor(world.clock.now().getTime() / 1000);
  const { issuer, audience, type: typ, algorithm: alg } = accessToken;
  const usual = { iss: issuer, aud: audience, sub: asha.id, sid: asha.session, iat: now, exp: now + 600 };
  const sign = (claims: object, header: object = {}, key: Parameters<SignJWT['sign']>[0] = ours) =>
    new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg, typ, kid: row!.id, ...header }).sign(key);
  return { asha, row: row!, sign, usual, now };
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a request without a token is anonymous, and shopping needs no token', async () => {
  assert.equal((await world.graph(AIRPORT)).status, 200);
  const { errors } = await world.graph(ME);
  assert.equal(errors?.[0]?.extensions['code'], 'UNAUTHENTICATED');
});

test('a token that lacks parts, or is tampered with, forged or expired, is 401, also where none is needed', async () => {
  const { asha, row, sign, usual, now } = await forge();
  assert.equal((await world.graph(ME, {}, bearer(await sign({})))).status, 200, 'the forge works');
  const good = asha.tokens.accessToken;
  const [head, body, signature] = good.split('.') as [string, string, string];
  const jwk = JSON.parse(row.public) as JWK;
  const pem = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: jwk.x! }, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  const elsewhere = await importJWK(
    {
      kty: 'OKP',
      crv: 'Ed25519',
      d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    },
    'EdDSA',
  );
  const none = (header: object) => `${encoded({ typ: 'at+jwt', kid: row.id, ...header })}.${encoded(usual)}.`;
  const bad: Record<string, string> = {
    'no token': 'Bearer',
    'an empty one': 'Bearer ',
    'another scheme': `Basic ${good}`,
    'no scheme': good,
    rubbish: 'Bearer rubbish',
    'one part': `Bearer ${head}`,
    'two parts': `Bearer ${head}.${body}`,
    'no signature': `Bearer ${head}.${body}.`,
    'four parts': `Bearer ${good}.${signature}`,
    'another signature': `Bearer ${head}.${body}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
    'other claims': `Bearer ${head}.${encoded({ ...usual, sub: 'acc_other' })}.${signature}`,
    'alg none': `Bearer ${none({ alg: 'none' })}`,
    'alg None': `Bearer ${none({ alg: 'None' })}`,
    'no alg': `Bearer ${none({})}`,
    'HS256 with the public key': `Bearer ${await sign({}, { alg: 'HS256' }, Buffer.from(jwk.x!, 'base64url'))}`,
    'HS256 with the public key as PEM': `Bearer ${await sign({}, { alg: 'HS256' }, Buffer.from(pem))}`,
    'HS256 with the public key as JSON': `Bearer ${await sign({}, { alg: 'HS256' }, Buffer.from(row.public))}`,
    'another key under our name': `Bearer ${await sign({}, {}, elsewhere)}`,
    'a key that it brings itself': `Bearer ${await sign({}, { jwk: { kty: 'OKP', crv: 'Ed25519', x: jwk.x } }, elsewhere)}`,
    'an unknown key': `Bearer ${await sign({}, { kid: 'key_unknown' })}`,
    'a key that is a path': `Bearer ${await sign({}, { kid: '../../dev/null' })}`,
    'another issuer': `Bearer ${await sign({ iss: 'another' })}`,
    'another audience': `Bearer ${await sign({ aud: 'somewhere' })}`,
    'another type': `Bearer ${await sign({}, { typ: 'JWT' })}`,
    'no type': `Bearer ${await sign({}, { typ: undefined })}`,
    'over, by a second more than clocks may differ': `Bearer ${await sign({ exp: now - 31 })}`,
    'not yet good': `Bearer ${await sign({ nbf: now + 60 })}`,
    'without an end': `Bearer ${await sign({ exp: undefined })}`,
    'without a subject': `Bearer ${await sign({ sub: undefined })}`,
    'without a session': `Bearer ${await sign({ sid: undefined })}`,
    "another's session": `Bearer ${await sign({ sub: 'acc_other' })}`,
    'a session that never was': `Bearer ${await sign({ sid: 'ses_none' })}`,
  };
  for (const [what, authorization] of Object.entries(bad)) {
    const { status, errors, data } = await world.graph(AIRPORT, {}, { authorization });
    assert.equal(status, 401, what);
    assert.equal(errors?.[0]?.extensions['code'], 'UNAUTHENTICATED', what);
    assert.match(String(errors[0].extensions['traceId']), /^[0-9a-f]{32}$/);
    assert.equal(data, undefined, what);
  }
});

test('a token that was accepted is refused as soon as it is over', async () => {
  world.clock.advance(30 * SECOND); // so that the keys are read with the next request, and not once more below
  const { sign, now } = await forge('over@example.com');
  const token = bearer(await sign({ exp: now - 20 })); // for ten seconds more, as clocks may differ by thirty
  for (const passed of [0, 9]) {
    world.clock.advance(passed * SECOND);
    assert.equal((await world.graph(ME, {}, token)).status, 200);
  }
  world.clock.advance(SECOND);
  assert.equal((await world.graph(ME, {}, token)).status, 401);
});

test('a header without `Bearer`, or without a token after it, is refused with that reason', async () => {
  const { tokens } = await signedUp(world, 'bare@example.com');
  for (const authorization of [tokens.accessToken, `Basic ${tokens.accessToken}`, 'Bearer', 'Bearer two words']) {
    const { errors } = await world.graph(ME, {}, { authorization });
    assert.match(errors![0]!.message, /not `Bearer` and an access token/);
  }
  const { errors } = await world.graph(ME, {}, bearer(tokens.refreshToken));
  assert.match(errors![0]!.message, /^This access token is invalid/);
});

test('a bad token is refused before the body is parsed', async () => {
  const response = await world.gateway.inject({
    method: 'POST',
    url: '/graphql',
    headers: { authorization: 'Bearer rubbish', 'content-type': 'application/json' },
    payload: '{{{',
  });
  assert.equal(response.statusCode, 401);
  assert.equal(response.headers['www-authenticate'], 'Bearer error="invalid_token"');
});

describe('keys', () => {
  const published = async (of: World) => {
    const response = await of.gateway.inject({ url: '/.well-known/jwks.json' });
    return { keys: response.json<{ keys: JWK[] }>().keys, caching: response.headers['cache-control'] };
  };
  const kid = (token: string) =>
    (JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string }).kid;

  test('rotate without ending sessions: the old key is published as long as its tokens are valid', async () => {
    await using own = await openWorld();
    const asha = await signedUp(own);
    const [old] = (await published(own)).keys;
    const { keys } = await own.stores.account();
    const next = await keys.rotate();

    assert.equal(kid((await signing(own).in({ email: asha.email })).tokens!.accessToken), old!.kid, 'it rests');
    own.clock.advance(60 * SECOND);
    const on = (await signing(own).on(asha.tokens.refreshToken)).tokens!;
    assert.equal(kid(on.accessToken), next);
    assert.deepEqual((await published(own)).keys.map((key) => key.kid).sort(), [old!.kid!, next].sort());
    for (const token of [asha.tokens.accessToken, on.accessToken]) {
      assert.equal((await own.graph(ME, {}, bearer(token))).status, 200);
    }
    own.clock.advance(12 * 60 * SECOND);
    assert.deepEqual(
      (await published(own)).keys.map((key) => key.kid),
      [next],
    );
  });

  test('that leaked are deleted: their tokens are refused within 30 seconds, and sessions stay alive', async () => {
    await using own = await openWorld();
    const asha = await signedUp(own);
    assert.equal((await asha.ask(ME)).status, 200);
    const { db } = await own.stores.account();
    await db.write((em) => em.nativeDelete(TokenKey, {}));
    own.clock.advance(30 * SECOND);
    assert.equal((await asha.ask(ME)).status, 401);
    const { tokens } = await signing(own).on(asha.tokens.refreshToken);
    assert.equal((await own.graph(ME, {}, bearer(tokens!.accessToken))).status, 200);
    await db.write((em) => em.nativeDelete(Session, {}));
    own.clock.advance(5 * SECOND);
    assert.equal((await own.graph(ME, {}, bearer(tokens!.accessToken))).status, 401);
  });

  test('are published without their private part, and cached for less time than a new key waits before it signs', async () => {
    const { keys, caching } = await published(world);
    assert.ok(keys.length);
    for (const key of keys) assert.deepEqual(Object.keys(key).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x']);
    assert.equal(caching, 'public, max-age=30');
  });

  test('made-up key ids do not make the gateway fetch keys each time', async () => {
    let asked = 0;
    let isAway = false;
    await using own = await openWorld({
      between: (name, call) => async (request) => {
        if (name === 'account' && request.path === verificationKeysRoute.path) asked++;
        if (isAway) throw new Error('connection refused');
        return call(request);
      },
    });
    const made = async (times: number, status: number) => {
      asked = 0;
      for (let i = 0; i < times; i++) {
        const token = `${encoded({ alg: 'EdDSA', typ: 'at+jwt', kid: `key_${i}` })}.${encoded({})}.AAAA`;
        assert.equal((await own.graph(ME, {}, bearer(token))).status, status);
      }
      return asked;
    };
    assert.equal(await made(20, 401), 1, 'also before the first sign-in');
    const { headers } = await signedUp(own);
    assert.equal(await made(20, 401), 0);
    assert.equal((await own.graph(ME, {}, headers)).status, 200, 'the first signed-in caller is accepted at once');
    own.clock.advance(SECOND);
    assert.equal(await made(20, 401), 1, 'once a second, because a new key may exist');
    isAway = true;
    own.clock.advance(60 * SECOND);
    assert.equal(await made(20, 503), 1, 'also while the account subgraph is unavailable');
    isAway = false;
    own.clock.advance(SECOND);
    assert.equal((await own.graph(ME, {}, headers)).status, 200, 'and the key is found again within a second');
  });

  test('are kept when a forged token names an unknown key while the account subgraph is unavailable', async () => {
    let isAway = false;
    await using own = await openWorld({
      between: (name, call) => async (request) => {
        if (isAway && name === 'account') throw new Error('connection refused');
        return call(request);
      },
    });
    const { headers } = await signedUp(own);
    const status = async (sent: Record<string, string>) => (await own.graph(AIRPORT, {}, sent)).status;
    assert.equal(await status(headers), 200);
    own.clock.advance(2 * SECOND);
    isAway = true;
    const forged = `${encoded({ alg: 'EdDSA', typ: 'at+jwt', kid: 'key_unknown' })}.${encoded({})}.AAAA`;
    assert.deepEqual([await status(headers), await status(bearer(forged)), await status(headers)], [200, 503, 200]);
  });

  test('that a forged token makes the gateway fetch again do not verify known tokens again', async (t) => {
    await using own = await openWorld();
    const { headers } = await signedUp(own);
    const status = async (sent: Record<string, string>) => (await own.graph(AIRPORT, {}, sent)).status;
    for (let n = 0; n < 2; n++) assert.equal(await status(headers), 200);
    own.clock.advance(2 * SECOND);
    const forged = `${encoded({ alg: 'EdDSA', typ: 'at+jwt', kid: 'key_unknown' })}.${encoded({})}.AAAA`;
    assert.equal(await status(bearer(forged)), 401);
    const { mock: verifications } = t.mock.method(crypto.subtle, 'verify');
    assert.equal(await status(headers), 200);
    assert.equal(verifications.callCount(), 0);
  });
});

describe('a second replica', () => {
  /** Another gateway before the same subgraphs. */
  const replica = async (cache: Cache, subgraphs: Record<string, Call> = calls) => {
    const app = await openFurtherGateway(world.wiring, subgraphs, { cache });
    return {
      status: async (headers: Record<string, string>, query = ME) =>
        (await app.inject({ method: 'POST', url: '/graphql', payload: { query }, headers })).statusCode,
      [Symbol.asyncDispose]: () => app.close(),
    };
  };

  test('refuses at once a session that ended on the first', async () => {
    await using second = await replica(world.wiring.cache);
    const asha = await signedUp(world, 'replica@example.com');
    assert.equal(await second.status(asha.headers), 200);
    await asha.ask('mutation { signOut { sessions } }');
    assert.equal(await second.status(asha.headers), 401);
  });

  test('refuses it also when the cache has lost everything, or is unavailable', async () => {
    const away = failing(world.wiring.cache, 'getMany', () => true);
    await using lost = await replica(openMemoryCache(world.clock.now));
    await using without = await replica(away);
    const asha = await signedUp(world, 'lost@example.com');
    assert.equal(await without.status(asha.headers), 200, 'the account subgraph knows');
    await asha.ask('mutation { signOut { sessions } }');
    for (const second of [lost, without]) assert.equal(await second.status(asha.headers), 401);
  });

  test('rejects tokens when neither cache nor account subgraph answers; anonymous requests still work', async () => {
    const asha = await signedUp(world, 'silence@example.com');
    await using alone = await replica(openMemoryCache(world.clock.now), {
      ...calls,
      account: () => Promise.reject(new Error('connection refused')),
    });
    assert.equal(await alone.status(asha.headers, AIRPORT), 503);
    assert.equal(await alone.status({}, AIRPORT), 200);
  });

  test('a slow reader cannot revive a session', async () => {
    const { sessions } = await world.stores.account();
    const asha = await signedUp(world, 'slow@example.com');
    const cached: Parameters<Cache['putMany']>[0][number][] = [];
    const { putMany } = world.wiring.cache;
    // the state that a reader built before the sign-out, and writes after it
    await sessions.state(asha.session);
    const [value] = await world.wiring.cache.getMany([`session ${asha.session}`]);
    cached.push({ key: `session ${asha.session}`, revision: 7, value: value!, ttl: 5 * SECOND });
    await asha.ask('mutation { signOut { sessions } }');
    await putMany(cached);
    assert.equal((await asha.ask(ME)).status, 401);
  });

  test('reads the cache once per request, and does not call the account subgraph', async () => {
    const asha = await signedUp(world, 'cheap@example.com');
    await asha.ask(AIRPORT);
    let reads = 0;
    const asked: string[] = [];
    const { cache } = world.wiring;
    await using second = await replica(
      { ...cache, getMany: (keys) => (reads++, cache.getMany(keys)) },
      { ...calls, account: (request) => (asked.push(`${request.method} ${request.path}`), calls['account']!(request)) },
    );
    for (let i = 0; i < 3; i++) assert.equal(await second.status(asha.headers, AIRPORT), 200);
    assert.equal(reads, 3);
    assert.deepEqual(asked, ['GET /verification-keys']);
  });
});
