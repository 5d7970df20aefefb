// Behind a proxy: calls to this machine bypass it, all others use it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { runToEnd } from '../kit/spawned.ts';

async function listening(stack: AsyncDisposableStack, answer: RequestListener): Promise<number> {
  const server = stack.adopt(createServer(answer), async (one) => void one.close());
  server.on('connect', (_, socket) => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n'); // the tunnel ends here: this server answers inside it
    server.emit('connection', socket);
  });
  await once(server.listen(0, 'localhost'), 'listening');
  return (server.address() as AddressInfo).port;
}

const PROGRAM = `
  import { get } from 'node:http';
  import { runCommand } from './infra/process/command.ts';
  const byHttp = (url) => new Promise((resolve, reject) =>
    get(url, { agent: undefined }, (response) => response.setEncoding('utf8').on('data', resolve)).on('error', reject));
  await runCommand(async () => {
    for (const url of process.argv.slice(1)) {
      console.log(url, 'fetch:', await (await fetch(url)).text(), 'http:', await byHttp(url));
    }
  });`;

for (const excepted of [{}, { NO_PROXY: 'example.org' }, { no_proxy: 'example.org' }]) {
  test(`a command calls this machine directly and others through HTTP_PROXY, with ${JSON.stringify(excepted)}`, async () => {
    await using stack = new AsyncDisposableStack();
    const proxy = await listening(stack, (_, response) => response.end('by the proxy'));
    const port = await listening(stack, (_, response) => response.end('directly'));
    const addresses = [`http://localhost:${port}/`, `http://127.0.0.1:${port}/`, 'http://fares.example/'];
    const said = await runToEnd('proxied', ['node', '--input-type=module', '-e', PROGRAM, ...addresses], {
      ...{ NODE_USE_ENV_PROXY: '1', HTTP_PROXY: `http://localhost:${proxy}`, ...excepted },
    });
    assert.deepEqual(said.split('\n'), [
      `http://localhost:${port}/ fetch: directly http: directly`,
      `http://127.0.0.1:${port}/ fetch: directly http: directly`,
      'http://fares.example/ fetch: by the proxy http: by the proxy',
    ]);
  });
}
