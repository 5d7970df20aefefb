// Trusted documents: pushed while the system runs, run by their id, and with enforcement nothing else is run.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { test } from 'node:test';
import { runDocuments } from '../../gateway/documents/push-documents.ts';
import { hashOf } from '../../gateway/documents/document-folder.ts';
import { asking, persistedQuery, type Reply } from '../kit/asking.ts';
import { eventually } from '../kit/eventually.ts';
import { bearer, PASSWORD } from '../kit/person.ts';
import { openWorld, type WorldOptions } from '../kit/world.ts';
import { warnings } from '../kit/warnings.ts';

const CITY = 'query City($code: AirportCode!) { airport(code: $code) { city } }';
const NAMES = 'query Names { __typename } query Name { airport(code: "BLR") { city } }';
const SIGN_OUT = 'mutation Out { signOut { __typename } }';
const id = (text: string) => `sha256:${hashOf(text)}`;
const manifest = (...texts: string[]) => Object.fromEntries(texts.map((text) => [hashOf(text), text]));
const DELHI = { variables: { code: 'DEL' } };
const delhi = { airport: { city: 'Delhi' } };

/** A world with its own folder of documents, and the command on the same folder. */
async function openShop({ mode = 'off', ...options }: { mode?: string } & WorldOptions = {}) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'fareloom-documents-')));
  const world = await openWorld({ ...options, folder, env: { TRUSTED_DOCUMENTS: mode, ...options.env } });
  const command = commandOn(join(folder, 'documents'));
  return {
    world,
    folder,
    command,
    ...asking(world),
    /** Pushes these, and waits until the gateway knows them. */
    async trust(...texts: string[]) {
      const { code } = await command.push(manifest(...texts));
      assert.equal(code, 0);
      for (const text of texts) {
        // by GET, so that a known mutation is not run
        const ask = () => asking(world).get({ documentId: id(text) });
        await eventually(async () => !/NOT_FOUND|NOT_TRUSTED/.test((await ask()).text));
      }
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      if (!options.folder) await rm(folder, { recursive: true });
    },
  };
}

/** The command on a folder: its exit code and output. */
function commandOn(folder: string) {
  async function said(...args: string[]) {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const code = await runDocuments(args, { folder, out, err });
    return { code, out: await textOf(out.end()), err: await textOf(err.end()) };
  }
  return {
    said,
    async push(...manifests: unknown[]) {
      const dir = await mkdtemp(join(tmpdir(), 'fareloom-manifest-'));
      const files = manifests.map((_, i) => join(dir, `${i}.json`));
      for (const [i, file] of files.entries()) await writeFile(file, JSON.stringify(manifests[i]));
      const result = await said('push', ...files);
      await rm(dir, { recursive: true });
      return result;
    },
  };
}

const codes = ({ status, errors }: Reply) => [status, errors?.map(({ extensions: { code } }) => code)];
const REFUSED = [400, ['DOCUMENT_NOT_TRUSTED']];

test('a document pushed while the system runs is run by its id, in every form of the id', async () => {
  await using shop = await openShop();
  const { get, post } = shop;
  assert.deepEqual(codes(await post({ documentId: id(CITY), ...DELHI })), [200, ['PERSISTED_QUERY_NOT_FOUND']]);
  await shop.trust(NAMES, CITY);
  const extensions = persistedQuery(hashOf(CITY));
  for (const by of [{ documentId: id(CITY) }, { documentId: hashOf(CITY) }, { extensions }, { query: CITY }]) {
    assert.deepEqual((await post({ ...by, ...DELHI })).data, delhi, JSON.stringify(by));
    assert.deepEqual((await get({ ...by, ...DELHI })).data, delhi, JSON.stringify(by));
  }
  const named = await get({ documentId: id(NAMES), operationName: 'Name' });
  assert.deepEqual(named.data, { airport: { city: 'Bengaluru' } });
});

test('two systems with one folder both know its documents, which outlive the systems', async () => {
  await using first = await openShop();
  await first.trust(CITY);
  const env = { TRUSTED_DOCUMENTS_FOLDER: join(first.folder, 'documents') };
  await using second = await openShop({ env, mode: 'enforce' });
  assert.deepEqual((await second.get({ documentId: id(CITY), ...DELHI })).data, delhi);
  await first.trust(NAMES);
  await eventually(async () => (await second.get({ documentId: id(NAMES), operationName: 'Names' })).status === 200);
});

test('a removed document is no longer trusted', async () => {
  await using shop = await openShop({ mode: 'enforce' });
  await shop.trust(CITY, NAMES);
  assert.match((await shop.command.said('list')).out, new RegExp(`^${hashOf(CITY)} {2}City$`, 'm'));
  assert.equal((await shop.command.said('remove', id(CITY))).code, 0);
  await eventually(async () => (await shop.post({ documentId: id(CITY), ...DELHI })).status === 400);
  assert.equal((await shop.post({ documentId: id(NAMES), operationName: 'Names' })).status, 200);
  const again = await shop.command.said('remove', id(CITY));
  assert.deepEqual([again.code, again.err], [1, `There is no trusted document ${id(CITY)}.\n`]);
});

test('manifests with faults are refused as a whole, with every fault by the name of its document', async () => {
  await using shop = await openShop();
  const wrong = {
    ...manifest(CITY, 'query Typo { airport(code: "DEL") { town } }', 'query Half {', 'fragment F on Airport { city }'),
    ...manifest('subscription S { a }', 'query Bad { airport(code: "delhi") { city } }'),
    ...manifest(
      `query Wide { ${Array.from({ length: 40 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      `query Long { ${'__typename '.repeat(2000)} }`,
    ),
    a9993e364706816aba3e25717850c26c9cd0d89d: 'query Sha1 { __typename }',
  };
  const { code, out, err } = await shop.command.push(wrong, ['not', 'a', 'manifest'], manifest(NAMES));
  assert.deepEqual([code, out], [1, '']);
  const lines = err.trim().split('\n');
  assert.equal(lines.shift(), 'Nothing was pushed:');
  for (const fault of [
    /^- Typo [0-9a-f]{64}: Cannot query field "town" on type "Airport"/,
    /^- \(no document\) [0-9a-f]{64}: Syntax Error/,
    /^- \(no operation\) [0-9a-f]{64}: it has no operation/,
    /^- S [0-9a-f]{64}: the schema has no subscription/,
    /^- Bad [0-9a-f]{64}: .*AirportCode cannot be "delhi"/,
    /^- Wide [0-9a-f]{64}: 40 aliases are too many: 30 are allowed/,
    /^- \(no document\) [0-9a-f]{64}: .*more tha[tn] 2000 tokens/,
    /^- Sha1 a9993e[0-9a-f]+: this is not the SHA-256 .*hashAlgorithm/,
    /^- .*1\.json: This is no manifest/,
  ])
    assert.ok(
      lines.some((line) => fault.test(line)),
      `${fault} in\n${err}`,
    );
  assert.equal((await shop.command.said('list')).out, '0 documents are trusted.\n');
});

test("Apollo's manifest is accepted, too, and known documents are not counted as new", async () => {
  await using shop = await openShop();
  const operations = [{ id: hashOf(CITY), name: 'City', type: 'query', body: CITY }];
  const { out } = await shop.command.push({ format: 'apollo-persisted-query-manifest', version: 1, operations });
  assert.match(out, /^1 pushed, 1 of them new: 1 are trusted in /);
  assert.match((await shop.command.push(manifest(CITY, NAMES))).out, /^2 pushed, 1 of them new: 2 are trusted in /);
});

test('a document that the supergraph can no longer run is marked in the list, and the command fails', async () => {
  await using shop = await openShop();
  const old = '{ airport(code: "DEL") { runways } }';
  await shop.trust(CITY);
  assert.equal((await shop.command.said('list')).code, 0);
  await writeFile(join(shop.folder, 'documents', `${hashOf(old)}.graphql`), old);
  const { code, out } = await shop.command.said('list');
  assert.equal(code, 1);
  assert.match(out, /\(no name\) {2}CANNOT BE RUN: Cannot query field "runways"/);
  assert.match(out, /2 documents are trusted\.\n$/);
});

test('a file with another document than its name says hides no other from the list, and can be removed', async () => {
  await using shop = await openShop();
  await shop.trust(CITY, NAMES);
  const damaged = '0'.repeat(64);
  await writeFile(join(shop.folder, 'documents', `${damaged}.graphql`), CITY);
  const { code, out } = await shop.command.said('list');
  assert.equal(code, 1);
  assert.match(out, /^0{64} {2}IS LEFT OUT: .* push that one again, or remove it\n/);
  assert.match(out, /City\n(.*\n)*2 documents are trusted\.\n$/);
  assert.equal((await shop.command.said('remove', damaged)).code, 0);
});

test('with enforced trusted documents nothing else is run, for any caller in any form', async () => {
  await using shop = await openShop({ mode: 'enforce' });
  const { get, post, raw } = shop;
  await shop.trust(SIGN_OUT, NAMES, CITY);
  const OTHER = `${CITY} `; // an additional space makes another document
  const both = { query: OTHER, documentId: id(CITY) };
  const refused: [string, Promise<Reply>][] = [
    ['a text', post({ query: OTHER, ...DELHI })],
    ['a text by GET', get({ query: OTHER, ...DELHI })],
    ['introspection', post({ query: '{ __schema { queryType { name } } }' })],
    ['an unknown id', post({ documentId: id(OTHER), ...DELHI })],
    ['an id of another kind', post({ documentId: 'x-mine:1', ...DELHI })],
    ['a persisted query', get({ extensions: persistedQuery(hashOf(OTHER)), ...DELHI })],
    ['the registration of one', post({ query: OTHER, extensions: persistedQuery(hashOf(OTHER)), ...DELHI })],
    ["a text under a trusted one's id", post({ ...both, ...DELHI })],
    ["a text under a trusted one's hash", post({ query: OTHER, extensions: persistedQuery(hashOf(CITY)), ...DELHI })],
    ['a trusted text under a wrong id', post({ query: CITY, documentId: id(OTHER), ...DELHI })],
    ['two texts in an address', raw(`/graphql?query=${encodeURIComponent(CITY)}&query={__typename}`)],
    ['nothing', post({})],
    ['a batch', post([{ query: OTHER }])],
    ['a text that is not a string', post({ query: { kind: 'Document' } })],
  ];
  for (const [what, reply] of refused) assert.deepEqual(codes(await reply), REFUSED, what);
  const { errors } = await post({ query: OTHER });
  assert.match(errors![0]!.message, /npm run documents -- push/);
  assert.match(String(errors![0]!.extensions['traceId']), /^[0-9a-f]{32}$/);
  // trusted documents are run as usual
  assert.deepEqual((await post({ query: CITY, ...DELHI })).data, delhi);
  assert.deepEqual((await get({ documentId: id(CITY), ...DELHI })).data, delhi);
  assert.deepEqual(codes(await post({ documentId: id(CITY), variables: { code: 'delhi' } })), [400, ['BAD_USER_INPUT']]); // prettier-ignore
  assert.equal((await get({ documentId: id(SIGN_OUT) })).status, 405);
  assert.deepEqual((await post({ documentId: id(SIGN_OUT) })).data, { signOut: { __typename: 'SignedOut' } });
  const stranger = bearer('no token of ours');
  assert.deepEqual(codes(await post({ query: OTHER }, stranger)), [401, ['UNAUTHENTICATED']]); // authentication comes first
});

test('an operator is limited to trusted documents like any other caller', async () => {
  await using shop = await openShop({ mode: 'enforce' });
  const SIGN_UP = `mutation Up { signUp(input: { email: "op@example.com", name: "Asha Rao", password: "${PASSWORD}" }) {
    ... on SignedIn { account { id } tokens { accessToken } } } }`;
  await shop.trust(SIGN_UP, CITY);
  const { data } = await shop.post({ documentId: id(SIGN_UP) });
  const { account, tokens } = data!['signUp'] as { account: { id: string }; tokens: { accessToken: string } };
  const { accounts } = await shop.world.stores.account();
  await accounts.grant(account.id, 'OPERATOR');
  const headers = bearer(tokens.accessToken);
  assert.deepEqual(codes(await shop.post({ query: '{ me { id } }' }, headers)), REFUSED);
  assert.deepEqual((await shop.post({ documentId: id(CITY), ...DELHI }, headers)).data, delhi);
});

test('in log mode an untrusted document is run, and logged once', async () => {
  const lines: [string, Record<string, unknown>][] = [];
  await using shop = await openShop({ mode: 'log', log: warnings(lines) });
  await shop.trust(CITY);
  lines.length = 0;
  const client = { 'apollographql-client-name': 'web' };
  for (let times = 0; times < 3; times++) {
    assert.deepEqual((await shop.post({ query: `${CITY} `, operationName: 'City', ...DELHI }, client)).data, delhi);
    assert.deepEqual((await shop.post({ documentId: id(CITY), ...DELHI })).data, delhi);
  }
  await shop.post({ query: `# a comment\n${SIGN_OUT}` }); // without operationName the document's only operation counts
  const told = lines.map(([text, { hash, operation, client: by }]) => [text, hash, operation, by]);
  const text = 'document not trusted';
  assert.deepEqual(told, [
    [text, hashOf(`${CITY} `), 'City', 'web'],
    [text, hashOf(`# a comment\n${SIGN_OUT}`), 'Out', undefined],
  ]);
});

test('made-up documents cannot fill the log', async () => {
  const lines: [string, Record<string, unknown>][] = [];
  await using shop = await openShop({ mode: 'log', log: warnings(lines) });
  for (let n = 0; n < 1010; n++) await shop.post({ documentId: `${n}${'x'.repeat(5000)}` });
  assert.equal(lines.length, 1001);
  assert.ok(lines.every(([text, fields]) => text.length + JSON.stringify(fields).length < 300));
});

test('a file with another document than its name says is not run, and logged once', async () => {
  const lines: [string, Record<string, unknown>][] = [];
  await using shop = await openShop({ mode: 'enforce', log: warnings(lines) });
  await shop.trust(NAMES);
  await writeFile(join(shop.folder, 'documents', `${hashOf(CITY)}.graphql`), '{ me { email } }');
  await eventually(() => lines.some(([text]) => text === 'trusted document left out'));
  assert.deepEqual(codes(await shop.post({ documentId: id(CITY) })), REFUSED);
});

test('documents whose files become unreadable stay trusted', async () => {
  const lines: [string, Record<string, unknown>][] = [];
  await using shop = await openShop({ mode: 'enforce', log: warnings(lines) });
  await shop.trust(CITY);
  await rm(join(shop.folder, 'documents'), { recursive: true });
  await eventually(() => lines.some(([text]) => text.includes('known documents stay trusted')));
  assert.deepEqual((await shop.post({ documentId: id(CITY), ...DELHI })).data, delhi);
  assert.deepEqual((await readdir(shop.folder)).includes('documents'), false);
});
