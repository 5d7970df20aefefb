// Sockets that end at each stage of an exchange: it must end as undici's own request does, and send as often.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Pool } from 'undici';
import { exchange } from '../../gateway/subgraph-client/exchange.ts';
import type { SubgraphRequest } from '../../schema/wire/subgraph-call.ts';
import { eventually } from '../kit/eventually.ts';
import { graphqlRequest } from '../kit/signed.ts';

const MUTATION = graphqlRequest(JSON.stringify({ query: 'mutation { a }' }));
const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const ANSWER = '{"data":{"a":1}}';
const WHOLE = `${HEAD}content-length: ${ANSWER.length}\r\n\r\n${ANSWER}`;

type Send = (pool: Pool, request: SubgraphRequest) => Promise<unknown>;

const senders: Record<string, Send> = {
  exchange,
  async request(pool, request) {
    const { statusCode, headers, body } = await pool.request(request);
    return { status: statusCode, headers, body: Buffer.from(await body.arrayBuffer()) };
  },
};

/** A server of one connection at a time that does this with the socket of each request. */
async function openScripted(onRequest: (socket: Socket, nth: number) => void, onConnection?: (socket: Socket) => void) {
  let [requests, connections] = [0, 0];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection?.(socket);
    socket.on('data', (bytes) => {
      if (bytes.includes('"mutation')) onRequest(socket, ++requests);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections: 1 });
  return {
    pool,
    counts: () => ({ requests, connections }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await pool.destroy();
    },
  };
}

/** What a call came to: its answer, or its error's code. */
const ended = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (answer) => answer,
    (error: unknown) => (error as { code?: string }).code ?? (error as Error).message,
  );

const FULL = {
  status: 200,
  headers: { 'content-type': 'application/json', 'content-length': String(ANSWER.length) },
  body: Buffer.from(ANSWER),
};
const CLOSE = { ...FULL, headers: { ...FULL.headers, connection: 'close' } };
const CLOSING = WHOLE.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n');
const LOST = 'UND_ERR_SOCKET';

interface Stage {
  onRequest?: (socket: Socket) => void;
  onConnection?: (socket: Socket) => void;
  expected: unknown;
  requests: number;
}

const stages: Record<string, Stage> = {
  'as soon as it is accepted': { onConnection: (socket) => socket.end(), expected: LOST, requests: 1 },
  'when the request has arrived': { onRequest: (socket) => socket.end(), expected: LOST, requests: 1 },
  'by a reset when the request has arrived': {
    onRequest: (socket) => socket.resetAndDestroy(),
    expected: 'ECONNRESET',
    requests: 1,
  },
  'after an answer that precedes the final one': {
    onRequest: (socket) => socket.end('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
    expected: LOST,
    requests: 1,
  },
  'in the headers of the answer': { onRequest: (socket) => socket.end(HEAD), expected: LOST, requests: 1 },
  'before the body of the answer': {
    onRequest: (socket) => socket.end(WHOLE.slice(0, -ANSWER.length)),
    expected: LOST,
    requests: 1,
  },
  'in the body of the answer': { onRequest: (socket) => socket.end(WHOLE.slice(0, -3)), expected: LOST, requests: 1 },
  'before the last chunk of the answer': {
    onRequest: (socket) => socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n3\r\n{"d\r\n`),
    expected: LOST,
    requests: 1,
  },
  'after an answer that announces it': { onRequest: (socket) => socket.end(CLOSING), expected: CLOSE, requests: 1 },
  'after an answer that does not announce it': {
    onRequest: (socket) => socket.end(WHOLE),
    expected: FULL,
    requests: 1,
  },
};

for (const [name, send] of Object.entries(senders)) {
  for (const [when, { onRequest = () => undefined, onConnection, expected, requests }] of Object.entries(stages)) {
    test(`a mutation whose socket ends ${when} is sent once, by ${name}`, async () => {
      await using server = await openScripted(onRequest, onConnection);
      assert.deepEqual(await ended(send(server.pool, MUTATION)), expected);
      assert.ok(server.counts().requests <= requests);
    });
  }

  for (const [how, answer] of [
    ['announces', CLOSING],
    ['does not announce', WHOLE],
  ] as const) {
    test(`mutations in a row reach a replica that closes after each answer and ${how} it, by ${name}`, async () => {
      await using server = await openScripted((socket) => socket.end(answer));
      for (let n = 0; n < 50; n++)
        assert.equal(((await send(server.pool, MUTATION)) as { status: number }).status, 200);
      assert.deepEqual(server.counts(), { requests: 50, connections: 50 });
    });
  }

  test(`mutations that wait for a connection are sent when the one before them is lost, by ${name}`, async () => {
    await using server = await openScripted((socket, nth) => socket.end(nth === 1 ? '' : CLOSING));
    const [lost, ...others] = await Promise.all(Array.from({ length: 5 }, () => ended(send(server.pool, MUTATION))));
    assert.deepEqual([lost, ...others], [LOST, CLOSE, CLOSE, CLOSE, CLOSE]);
    assert.equal(server.counts().requests, 5);
  });

  test(`a mutation that is aborted while it waits for a connection is never sent, by ${name}`, async () => {
    const answering = Promise.withResolvers<Socket>();
    await using server = await openScripted((socket) => answering.resolve(socket));
    const first = send(server.pool, MUTATION);
    const leaving = new AbortController();
    const second = ended(send(server.pool, { ...MUTATION, signal: leaving.signal }));
    const socket = await answering.promise;
    leaving.abort(new Error('gone'));
    socket.write(WHOLE);
    await first;
    assert.equal(await second, 'gone');
    assert.equal(server.counts().requests, 1);
  });

  test(`a mutation that was aborted before is never sent, by ${name}`, async () => {
    await using server = await openScripted((socket) => void socket.write(WHOLE));
    assert.equal(await ended(send(server.pool, { ...MUTATION, signal: AbortSignal.abort(new Error('gone')) })), 'gone');
    assert.equal(server.counts().requests, 0);
  });

  for (const [when, sent] of [
    ['the answer begins', ''],
    ['the answer has ended', WHOLE.slice(0, -3)],
  ] as const) {
    test(`a mutation that is aborted before ${when} closes its connection, by ${name}`, async () => {
      const arrived = Promise.withResolvers<Socket>();
      await using server = await openScripted((socket) => {
        socket.write(sent);
        arrived.resolve(socket);
      });
      const leaving = new AbortController();
      const call = ended(send(server.pool, { ...MUTATION, signal: leaving.signal }));
      const socket = await arrived.promise;
      await nextTurn(); // so that what was sent has arrived
      leaving.abort(new Error('gone'));
      assert.equal(await call, 'gone');
      await eventually(() => socket.destroyed);
    });
  }
}
