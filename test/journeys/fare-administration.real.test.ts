// A fare manager works over HTTP, on one embedded process and on separate processes with real servers.
import assert from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { readOffer } from '../../schema/terms/offer-token.ts';
import { signingKey } from '../../schema/wire/signing-key.ts';
import { OFFER_KEY, openApart } from '../kit/apart.ts';
import { eventually } from '../kit/eventually.ts';
import { aForm, type Outcome } from '../kit/managing.ts';
import { bearer, PASSWORD, SIGN_IN_ANSWER, type SignIn } from '../kit/person.ts';
import { runToEnd, type Spawned, spawned } from '../kit/spawned.ts';

type Env = Record<string, string>;
const CLOCK = '2026-03-01T12:00:00Z';

async function start(running: AsyncDisposableStack, env: Env): Promise<Spawned> {
  const [port] = (await freePorts(1)) as [number];
  const process = running.use(spawned('all', ['node', 'infra/start.ts'], { ...env, PORT: String(port) }, port));
  await process.ready();
  assert.ok(!process.hasEnded(), process.lines.join('\n'));
  return process;
}

const asking =
  (url: string) =>
  async <T>(query: string, variables: object = {}, token?: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && bearer(token)) },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data: T; errors?: { extensions: { code: string } }[] };
    return { ...answer, text: JSON.stringify(answer) };
  };

const SHOP = `{ shopping(input: { origin: "DEL", destination: "BLR", departureDate: "2026-03-24" }) {
  price { total { amount } expiresAt offer { offerToken } } offers { edges { node { seatsLeft } } } } }`;
interface Shopping {
  price: { total: { amount: string }; expiresAt: string; offer: { offerToken: string } } | null;
  offers: { edges: { node: { seatsLeft: number | null } }[] };
}

const HEADER = `${Object.keys(aForm).join()},via,note`;
const row = (amount: string) => `${Object.values({ ...aForm, amount }).join()},,`;

/** Checks what a manager, a traveller and a shopper see of the system at this address. */
async function manageFares(url: string, dir: string, t: TestContext, signUp: (email: string) => Promise<void>) {
  const ask = asking(url);
  const signIn = async (email: string): Promise<string> => {
    const { data } = await ask<{ result: SignIn }>(
      `mutation($input: SignInInput!) { result: signIn(input: $input) ${SIGN_IN_ANSWER} }`,
      { input: { email, password: PASSWORD } },
    );
    return data.result.tokens!.accessToken;
  };
  const shop = async () => (await ask<{ shopping: Shopping }>(SHOP)).data.shopping;
  const seen = async (what: string, amount: string | null): Promise<Shopping> => {
    const since = performance.now();
    const shopping = await eventually(async () => {
      const found = await shop();
      assert.equal(found.price?.total.amount ?? null, amount);
      return found;
    });
    t.diagnostic(`${what}: seen after ${Math.round(performance.now() - since)} ms`);
    return shopping;
  };
  const tokenFile = join(dir, 'token');
  async function fileThrough(token: string, amount: string): Promise<string> {
    await writeFile(tokenFile, token);
    await writeFile(join(dir, 'fares.csv'), `${HEADER}\n${row(amount)}\n`);
    const args = [
      'infra/system/import/import-fares.ts',
      join(dir, 'fares.csv'),
      '--to',
      url,
      '--token-file',
      tokenFile,
    ];
    return runToEnd('import', ['node', ...args], {});
  }

  await signUp('manager@example.com');
  await signUp('traveller@example.com');
  const [manager, traveller] = [await signIn('manager@example.com'), await signIn('traveller@example.com')];
  const write = async (mutation: string, variables: object) => {
    const { data, text } = await ask<{ outcome: Outcome }>(mutation, variables, manager);
    assert.equal(data?.outcome?.code, undefined, text);
    return data.outcome;
  };

  const create = 'mutation($input: FareInput!) { outcome: createFare(input: $input) { ... on Fare { id } ... on FareRefusal { code } } }'; // prettier-ignore
  const { errors } = await ask(create, { input: aForm }, traveller);
  assert.equal(errors?.[0]?.extensions.code, 'FORBIDDEN');
  const { id } = await write(create, { input: { ...aForm, capacity: 9 } });
  const offered = await seen('created', '3897.00');
  await eventually(async () => (await shop()).offers.edges[0]?.node.seatsLeft === 9);
  await write(
    `mutation($id: ID!) { outcome: changeFare(id: $id, expectedRevision: 1, input: { amount: "4100.00" }) {
      ... on FareRefusal { code } } }`,
    { id },
  );
  await seen('changed', '4100.00');
  await write(
    'mutation($id: ID!) { outcome: withdrawFare(id: $id, expectedRevision: 2) { ... on FareRefusal { code } } }',
    { id },
  );
  await seen('withdrawn', null);

  const { expiresAt, offer } = offered.price!;
  const read = (at: number) => readOffer(offer.offerToken, [signingKey(OFFER_KEY)], new Date(at));
  const kept = read(Date.parse(expiresAt) - 1);
  assert.ok(typeof kept === 'object', 'an offer issued before the change is valid until it expires');
  assert.equal(kept.total, 389_700);
  assert.equal(read(Date.parse(expiresAt) + 30_000), 'EXPIRED');

  await assert.rejects(fileThrough(traveller, '2000.00'), ({ message }: Error) => {
    assert.match(message, /answers: fileFares: this needs the role FARE_MANAGER\./);
    return !message.includes(traveller);
  });
  assert.equal((await shop()).price, null);
  assert.match(await fileThrough(manager, '2500.00'), /^imported +1$/m);
  await seen('imported', '2500.00');
}

/** The command with which an operator grants the manager's role. */
const granting = (email: string) => [
  'node',
  'infra/system/commands/administer-accounts.ts',
  'grant',
  email,
  'FARE_MANAGER',
];

const signingUp = (url: string, grant: (email: string) => Promise<void>) => async (email: string) => {
  const { data, text } = await asking(url)<{ result: SignIn }>(
    `mutation($input: SignUpInput!) { result: signUp(input: $input) ${SIGN_IN_ANSWER} }`,
    { input: { email, name: 'Asha Rao', password: PASSWORD } },
  );
  assert.equal(data.result.__typename, 'SignedIn', text);
  await grant(email);
};

test('over separate processes on real servers a manager’s changes reach shoppers, and issued offers stay valid', async (t) => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'manager-'));
  await using system = await openApart(CLOCK);
  const grant = async (email: string) => {
    if (email.startsWith('manager')) await system.run('account', granting(email));
  };
  await manageFares(system.url, dir.path, t, signingUp(system.url, grant));
});

test('in one embedded process a manager’s changes reach shoppers, and issued offers stay valid', async (t) => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'manager-'));
  await using running = new AsyncDisposableStack();
  const env = {
    ...{ CLOCK, DEMO_DATA: 'off', OFFER_SIGNING_KEYS: OFFER_KEY.toString('base64') },
    ...{ DATABASE_URL: `sqlite:${dir.path}`, KAFKA_URL: `sqlite:${dir.path}`, MAIL_URL: `file:${dir.path}/mail` },
    PAYMENT_PROVIDER_URL: `demo:${dir.path}/payment-provider?port=0`,
    TICKET_ISSUER_URL: `demo:${dir.path}/ticket-issuer?port=0`,
  };
  // an embedded database serves one process: roles are granted while the system is stopped
  const first = await start(running, env);
  for (const email of ['manager@example.com', 'traveller@example.com'])
    await signingUp(first.url, async () => {})(email);
  assert.equal(await first.end('SIGTERM'), 0);
  await runToEnd('account', granting('manager@example.com'), env);
  const again = await start(running, env);
  await manageFares(again.url, dir.path, t, async () => {});
});
