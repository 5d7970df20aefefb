// Personal data stays out of logs, events, caches, URLs and errors; response time does not reveal whether an account
// exists.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cache } from '../../infra/cache/cache.ts';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Log } from '../../infra/logging/log.ts';
import { bearer, PASSWORD, signedUp, signing } from '../kit/person.ts';
import { aFare, openWorld } from '../kit/world.ts';

/** A log that records all entries, errors with their causes. */
function recording(lines: string[]): Log {
  const plain = (_: string, value: unknown): unknown =>
    value instanceof Error ? Object.assign({}, value, { text: value.stack, cause: value.cause }) : value;
  const line = (message: string, fields: object = {}) => void lines.push(`${message} ${JSON.stringify(fields, plain)}`);
  return { debug: line, info: line, warn: line, error: line, child: () => recording(lines) };
}

test('a journey leaves nothing personal in a log, an event, the cache or an error', async () => {
  const [logged, published, cached, answered]: string[][] = [[], [], [], []];
  const keepBus = (bus: Bus): Bus => ({
    ...bus,
    publish: (messages) => {
      published!.push(JSON.stringify(messages));
      return bus.publish(messages);
    },
  });
  const keepCache = (cache: Cache): Cache => ({
    ...cache,
    putMany: (entries) => {
      cached!.push(JSON.stringify(entries));
      return cache.putMany(entries);
    },
  });
  await using world = await openWorld({ log: recording(logged!), bus: keepBus, cache: keepCache });
  await world.file([aFare()]);
  const sign = signing(world);
  const asha = await signedUp(world, 'quokka.zephyr@example.com');
  const secrets = ['quokka', 'Asha', 'Wombat', PASSWORD, 'Z7654321', '1990-02-28', asha.tokens.accessToken];
  secrets.push(asha.tokens.refreshToken);
  const errorsOf = async (query: string, variables: object = {}, headers = asha.headers) => {
    const { errors, status } = await world.graph(query, variables, headers);
    answered!.push(JSON.stringify({ status, errors }));
    return errors;
  };

  // requests that succeed
  const add = `mutation($input: SavedTravellerInput!) { addSavedTraveller(input: $input) { __typename } }`;
  const traveller = { name: 'Wombat Rao', birthDate: '1990-02-28' };
  const document = { kind: 'PASSPORT', number: 'Z7654321', country: 'IN', expiresOn: '2031-01-01' };
  assert.equal(await errorsOf(add, { input: { ...traveller, document } }), undefined);
  const shopping = `{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) { price { total { amount } } }
    me { email name savedTravellers { name } } }`;
  assert.equal(await errorsOf(shopping), undefined);

  // requests that fail
  assert.equal((await sign.up({ email: asha.email })).code, 'EMAIL_TAKEN');
  assert.equal((await sign.in({ email: asha.email, password: 'Wombat-wrong' })).code, 'WRONG_CREDENTIALS');
  const signUp = 'mutation($input: SignUpInput!) { signUp(input: $input) { __typename } }';
  assert.ok(await errorsOf(signUp, { input: { email: asha.email, password: PASSWORD } }), 'the name is missing');
  assert.ok(await errorsOf(signUp, { input: { email: [asha.email], password: { PASSWORD }, name: 'Asha' } }));
  assert.ok(await errorsOf(add, { input: { ...traveller, document: 'Z7654321' } }));
  assert.ok(await errorsOf('{ me { id } }', {}, bearer(`${asha.tokens.accessToken}x`)));

  // faults: tables of the account subgraph's database are gone
  const { db } = await world.stores.account();
  const next = (await sign.on(asha.tokens.refreshToken)).tokens!;
  secrets.push(next.accessToken, next.refreshToken);
  await db.read().getConnection().execute('alter table saved_traveller rename to gone');
  await db.read().getConnection().execute('alter table tries rename to lost');
  const errors = await errorsOf(add, { input: { ...traveller, document } });
  assert.equal(errors?.[0]?.extensions['code'], 'DOWNSTREAM_ERROR');
  assert.ok(
    await errorsOf(`mutation { signIn(input: { email: "${asha.email}", password: "${PASSWORD}" }) { __typename } }`),
  );

  const { traceId } = errors[0].extensions;
  for (const said of ['resolver failed', 'a request failed']) {
    const found = logged!.filter((line) => line.startsWith(said) && line.includes(String(traceId)));
    assert.equal(found.length, 1, `${said}, under the trace id that the client received`);
  }
  assert.ok(published!.length && cached!.length && answered!.length > 5, 'all were recorded');
  const kept = { logged, published, cached, answered };
  for (const [where, texts] of Object.entries(kept)) {
    for (const secret of secrets) {
      assert.deepEqual(
        texts!.filter((text) => text.includes(secret)),
        [],
        `${secret.slice(0, 12)} was ${where}`,
      );
    }
  }
});

test('signing in takes as long for an email without an account as for a wrong password', async (t) => {
  await using world = await openWorld();
  const { accounts, passwords } = await world.stores.account();
  const password = await passwords.hash(PASSWORD);
  const ROUNDS = 20;
  for (let i = 0; i < ROUNDS; i++) {
    await accounts.open({ email: `known${i}@example.com`, name: 'Known', password, roles: ['TRAVELLER'] });
  }
  /** Milliseconds of CPU time, on all threads: independent of the machine's other load. */
  const worked = async (email: string): Promise<number> => {
    const before = process.cpuUsage();
    const { code } = await signing(world).in({ email, password: 'not the password' });
    assert.equal(code, 'WRONG_CREDENTIALS');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const took = { known: [] as number[], unknown: [] as number[] };
  await worked('warm.up@example.com');
  for (let i = 0; i < ROUNDS; i++) {
    // alternating, so that other work of this process affects both
    for (const kind of i % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      took[kind].push(await worked(`${kind}${i}@example.com`));
    }
  }
  const quantile = (times: number[], q: number): number =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length * q)]!;
  for (const q of [0.25, 0.5, 0.75]) {
    const ratio = quantile(took.known, q) / quantile(took.unknown, q);
    t.diagnostic(`at ${q}: ${ratio.toFixed(2)}`);
    assert.ok(ratio > 0.5 && ratio < 2, `known emails take ${ratio.toFixed(2)} times as long at ${q}`);
  }
});
