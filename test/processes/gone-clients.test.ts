// Clients that have left before their request is handled.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { clientAddress } from '../../gateway/http/client-address.ts';
import { listen } from '../../infra/http/listen.ts';
import { openServer, whenGone } from '../../infra/http/http-server.ts';
import { anonymous, isGateway } from '../../schema/wire/identity.ts';

test('a client that left before its request is handled counts as gone', async () => {
  const app = openServer(1000);
  const arrived = Promise.withResolvers<undefined>();
  const handled = Promise.withResolvers<boolean>();
  app.addHook('preHandler', async (_request, reply) => {
    const closed = once(reply.raw, 'close');
    arrived.resolve(undefined);
    await closed; // as a rate limit in Redis takes its time
  });
  app.get('/', (_request, reply) => {
    handled.resolve(whenGone(reply).aborted);
    return reply.send('');
  });
  const port = await listen(app, { host: '127.0.0.1', port: 0 });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await arrived.promise;
  socket.destroy();
  assert.equal(await handled.promise, true);
  await app.close();
});

test('a client whose address is unknown is not the gateway itself', () => {
  const address = clientAddress({ ip: undefined });
  assert.equal(isGateway(anonymous('1'.repeat(32), address)), false);
  assert.equal(clientAddress({ ip: '192.0.2.7' }), '192.0.2.7');
});
