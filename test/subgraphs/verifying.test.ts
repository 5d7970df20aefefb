// The verifications that other teams copy, for Node and for Python: they accept what the gateway signs, and nothing else.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { vectors, type Vector } from '../../infra/system/render/vectors.ts';
import { anonymous, type Identity } from '../../schema/wire/identity.ts';
import { IDENTITY_HEADER, keysFor, readIdentity } from '../../schema/wire/internal-identity.ts';
import { signingKey } from '../../schema/wire/signing-key.ts';
import { fromGateway, verify } from '../../subgraphs/verifying/verify.mjs';
import { root } from '../kit/compose-file.ts';
import { runPython, startPython, withoutPython } from '../kit/python.ts';
import { graphqlRequest, masters, signed, signedInAs, withIdentity } from '../kit/signed.ts';

const folder = join(root, 'subgraphs/verifying');
const NOW = new Date('2027-03-01T12:00:00.750Z');
const keys = keysFor('loyalty', masters);
const identityKeys = keys.map(({ secret }) => secret.toString('base64')).join();

type Verify = (given: readonly Vector[]) => Promise<unknown[]>;

const inNode: Verify = async (given) =>
  given.map(({ subgraph, identityKeys, request, now }) =>
    verify(subgraph, identityKeys, { ...request, body: Buffer.from(request.body) }, now),
  );

const inPython: Verify = (given) => {
  const program = `import json, sys
from verify import verify
def one(v):
    r = v["request"]
    return verify(v["subgraph"], v["identityKeys"], r["method"], r["path"], r["headers"], r["body"].encode(), v["now"])
print(json.dumps([one(v) for v in json.load(sys.stdin)]))`;
  return runPython(program, folder, given);
};

/** A request that the gateway signs now. */
function vectorOf(who: Identity, query: string, headers: Record<string, string> = {}): Vector {
  const { method, path, body, headers: all } = signed('loyalty', { query }, { who, now: NOW, headers });
  const request = { method, path, body, headers: all };
  return { name: query, subgraph: 'loyalty', identityKeys, now: NOW.getTime() / 1000, request, caller: who };
}

const honest: readonly Vector[] = [
  vectorOf(anonymous('0'.repeat(32)), '{ a }'),
  vectorOf(signedInAs({ roles: ['TRAVELLER', 'OPERATOR'], scopes: ['a', 'b'] }), '{ b(text: "ü 🛫 \u2028 \\\\ \\"") }'),
  vectorOf(signedInAs(), `{ long(text: "${'x'.repeat(100_000)}") }`, { 'x-fareloom-time-left': '1', 'x-other': '2' }),
  vectorOf(signedInAs({ address: '2001:db8::1' }), '', { 'x-fareloom-b': '', 'x-fareloom-a': 'a:b' }),
];

const withHeaders = (vector: Vector, headers: Record<string, string>): Vector => ({
  ...vector,
  request: { ...vector.request, headers: { ...vector.request.headers, ...headers } },
});
const headerOf = ({ request }: Vector): string => request.headers[IDENTITY_HEADER] ?? '';
const flipped = (sent: string, i: number): string =>
  `${sent.slice(0, i)}${sent[i] === 'A' ? 'B' : 'A'}${sent.slice(i + 1)}`;

/** The request with each part of it changed, or its header cut off or changed at many places. */
const forgeries = (of: Vector): Vector[] => {
  const header = headerOf(of);
  const places = Array.from({ length: 40 }, (_, i) => Math.floor((i * header.length) / 40));
  return [
    { ...of, request: { ...of.request, body: `${of.request.body} ` } },
    { ...of, request: { ...of.request, path: '/graphql/' } },
    { ...of, request: { ...of.request, path: '/graphql?a=b' } },
    { ...of, request: { ...of.request, method: 'GET' } },
    { ...of, subgraph: 'loyal' },
    { ...of, now: of.now + 90 },
    { ...of, now: of.now - 31 },
    { ...of, identityKeys: keysFor('fare', masters)[0].secret.toString('base64') },
    withHeaders(of, { 'x-fareloom-refresh': 'stolen' }),
    ...places.map((i) => withHeaders(of, { [IDENTITY_HEADER]: header.slice(0, i) })),
    ...places.map((i) => withHeaders(of, { [IDENTITY_HEADER]: flipped(header, i) })),
    ...['..', 'a.b.c', `${header}.`, `.${header}`, `${header}, ${header}`, 'ü.ü.ü'].map((each) =>
      withHeaders(of, { [IDENTITY_HEADER]: each }),
    ),
  ];
};

test('the gateway itself reads each vector as the file says', () => {
  for (const { name, subgraph, identityKeys: given, request, now, caller } of vectors) {
    const trusted = given.split(',').map((each) => signingKey(Buffer.from(each, 'base64')));
    assert.deepEqual(readIdentity(request, subgraph, trusted, new Date(now * 1000)), caller, name);
  }
});

for (const [language, verifyAll, skip] of [
  ['Node', inNode, false],
  ['Python', inPython, withoutPython],
] as const) {
  describe(`the verification in ${language}`, { skip }, () => {
    test('agrees with each vector of the file', async () => {
      const file = JSON.parse(readFileSync(join(folder, 'vectors.json'), 'utf8')) as { vectors: Vector[] };
      assert.deepEqual(file.vectors, JSON.parse(JSON.stringify(vectors)), 'run npm run render and commit it');
      const results = await verifyAll(file.vectors);
      for (const [i, { name, caller }] of file.vectors.entries()) assert.deepEqual(results[i], caller, name);
    });

    test('names the caller of what the gateway signs', async () => {
      assert.deepEqual(
        await verifyAll(honest),
        honest.map(({ caller }) => caller),
      );
    });

    test('accepts two keys while they are rotated, and no call for another subgraph', async () => {
      const next = signingKey(Buffer.alloc(32, 'next'));
      const both = `${next.secret.toString('base64')},${identityKeys}`;
      const [first] = honest as [Vector];
      const { request } = first;
      const unsigned = graphqlRequest(request.body);
      const byNext = withIdentity(unsigned, signedInAs(), 'loyalty', [next], NOW);
      const elsewhere = withIdentity(unsigned, signedInAs(), 'fare', keys, NOW);
      const given = [first, { ...first, request: byNext }, { ...first, request: elsewhere }];
      const results = await verifyAll(given.map((each) => ({ ...each, identityKeys: both })));
      assert.deepEqual(results, [first.caller, signedInAs(), null]);
    });

    test('refuses what is forged, cut off, late or meant for another', async () => {
      const forged = honest.flatMap(forgeries);
      const results = await verifyAll(forged);
      assert.equal(results.length, forged.length);
      assert.deepEqual(
        forged.filter((_, i) => results[i] !== null),
        [],
      );
    });
  });
}

/** A server behind the middleware, which answers the caller and the body. */
interface Guarded extends AsyncDisposable {
  port: number;
}

async function openNode(): Promise<Guarded> {
  const guard = fromGateway('loyalty', identityKeys);
  const server = createServer((request: IncomingMessage & { caller?: Identity; body?: unknown }, response) => {
    const answer = () => void response.end(JSON.stringify([request.caller?.account, request.body]));
    void guard(request, response, answer);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close };
}

async function openPython(): Promise<Guarded> {
  const program = `import json
from wsgiref.simple_server import make_server, WSGIRequestHandler
from verify import from_gateway
class Quiet(WSGIRequestHandler):
    def log_message(self, *_): pass
def app(environ, start_response):
    start_response("200 OK", [])
    body = json.loads(environ["wsgi.input"].read())
    return [json.dumps([environ["fareloom.caller"]["account"], body]).encode()]
server = make_server("127.0.0.1", 0, from_gateway("loyalty", ${JSON.stringify(identityKeys)}, app), handler_class=Quiet)
print(server.server_port, flush=True)
server.serve_forever()`;
  const child = startPython(program, folder);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const close = async () => {
    child.kill('SIGKILL');
    await once(child, 'close');
  };
  return { port: Number(line), [Symbol.asyncDispose]: close };
}

for (const [language, open, skip] of [
  ['Node', openNode, false],
  ['Python', openPython, withoutPython],
] as const) {
  describe(`the middleware in ${language}`, { skip }, () => {
    const send = async (port: number, { body, headers }: { body: string; headers: Record<string, string> }) => {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body });
      return { status: response.status, body: (await response.json()) as unknown };
    };

    test('hands on a signed request with its caller and its body', async () => {
      await using guarded = await open();
      const request = signed('loyalty', { query: '{ ü }' }, { who: signedInAs(), now: new Date() });
      assert.deepEqual(await send(guarded.port, request), { status: 200, body: ['acc_somebody', { query: '{ ü }' }] });
    });

    test('answers 401 to what is not signed, or was changed on the way, and serves the next request', async () => {
      await using guarded = await open();
      const request = signed('loyalty', { query: '{ a }' }, { now: new Date() });
      const refused = { status: 401, body: { errors: [{ message: 'This service answers the gateway only.' }] } };
      assert.deepEqual(await send(guarded.port, graphqlRequest('{"query":"{ a }"}')), refused);
      assert.deepEqual(await send(guarded.port, { ...request, body: '{"query":"{ b }"}' }), refused);
      const late = signed('loyalty', { query: '{ a }' }, { now: new Date(Date.now() - 100_000) });
      assert.deepEqual(await send(guarded.port, late), refused);
      assert.equal((await send(guarded.port, request)).status, 200);
    });

    test('reads no body that is larger than the gateway sends', async () => {
      await using guarded = await open();
      const socket = connect(guarded.port, '127.0.0.1');
      socket.write('POST /graphql HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 90000000\r\n\r\n{');
      assert.match(await text(socket), /^HTTP\/1\.[01] 401 /);
    });
  });
}
