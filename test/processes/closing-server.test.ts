// A server that closes while requests are on their way.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { openServer } from '../../infra/http/http-server.ts';
import { listen } from '../../infra/http/listen.ts';

const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

async function openGreeter() {
  const app = openServer(1000);
  app.get('/', async () => 'hello');
  return { app, port: await listen(app, { host: '127.0.0.1', port: 0 }) };
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

test('a request that arrives on an idle connection while the loop is late is answered, although the server closes', async () => {
  const { app, port } = await openGreeter();
  const socket = await connected(port);
  socket.write(REQUEST);
  await once(socket, 'data');
  socket.write(REQUEST); // the kernel has it at once, the server has not read it
  const closing = app.close();
  assert.match(await text(socket), /^HTTP\/1.1 200 OK[^]*hello$/);
  await closing;
});

test('a connection that the server has not accepted yet is answered, although the server closes', async () => {
  const { app, port } = await openGreeter();
  const sockets = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'));
  for (const socket of sockets) socket.write(REQUEST);
  await new Promise<void>((resolve) => process.nextTick(resolve)); // connecting has begun
  const closing = app.close();
  for (const answer of await Promise.all(sockets.map(text))) assert.match(answer, /^HTTP\/1.1 200 OK[^]*hello$/);
  await closing;
});

test('a request of which half has arrived when the server closes is answered, if the rest comes within a second', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { app, port } = await openGreeter();
  const arrived = once(app.server, 'connection');
  const socket = await connected(port);
  socket.write(REQUEST.slice(0, 20));
  await arrived;
  const closing = app.close();
  while (app.server.listening) await new Promise<void>((resolve) => setImmediate(resolve));
  t.mock.timers.tick(1000); // the server looks for silent connections
  await new Promise<void>((resolve) => setImmediate(resolve));
  socket.write(REQUEST.slice(20));
  assert.match(await text(socket), /^HTTP\/1.1 200 OK[^]*hello$/);
  await closing;
});
