// A start with ports in use: it names all of them and leaves nothing behind.
import assert from 'node:assert/strict';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtempDisposable } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { tryPorts } from '../../infra/http/listen.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { spawned } from '../kit/spawned.ts';

test('every port in use is named at once, before anything is created', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'ports-'));
  await using servers = new AsyncDisposableStack();
  const taken = await freePorts(3);
  for (const port of taken) {
    const server = servers.adopt(createServer(), async (one) => void one.close());
    await once(server.listen(port, 'localhost'), 'listening');
  }
  const [PORT, METRICS_PORT, issuer] = taken.map(String);
  const data = join(dir.path, 'data');
  const system = spawned('all', ['node', 'infra/start.ts'], {
    ...{ PORT: PORT!, METRICS_PORT: METRICS_PORT!, TICKET_ISSUER_URL: `demo:?port=${issuer}` },
    ...{ PAYMENT_PROVIDER_URL: 'demo:?port=0', DATABASE_URL: `sqlite:${data}`, KAFKA_URL: `sqlite:${data}` },
  });
  assert.equal(await system.ended, 1);
  assert.deepEqual(system.lines, [
    `Port ${PORT} is in use: set PORT to another one (0 takes any).`,
    `Port ${METRICS_PORT} (metrics) is in use: set METRICS_PORT to another one (0 takes any).`,
    `Port ${issuer} (ticket-issuer) is in use: set PORT, or TICKET_ISSUER_URL=demo:?port=N, to another one (0 takes any).`,
    'All of them move with PORT, as PORT=5000.',
  ]);
  assert.ok(!existsSync(data));
});

const ROUNDS = 30; // one in four clients connects to the first server

test('a client that connects while the ports are tried is disconnected at once, and the start does not wait for it', async () => {
  const clients: Promise<void>[] = [];
  let dialled = 0;
  subscribe('tracing:net.server.listen:asyncEnd', (message) => {
    const { server } = message as { server: Server };
    if ((server.address() as AddressInfo).port !== dialled) return;
    const client = connect(dialled, '127.0.0.1').on('error', () => undefined); // a reset is one way to be disconnected
    clients.push(new Promise((closed) => client.on('close', () => closed())));
  });
  for (let round = 0; round < ROUNDS; round++) {
    const [port, ...others] = (await freePorts(20)) as [number, ...number[]];
    dialled = port;
    // the other hosts are names, which take longer to resolve: the first port listens until the last one does
    await tryPorts([{ host: '127.0.0.1', port }, ...others.map((port) => ({ host: 'localhost', port }))]);
    dialled = 0;
  }
  assert.equal(clients.length, ROUNDS);
  await Promise.all(clients);
});
