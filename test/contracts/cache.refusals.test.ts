// Errors and log lines for a Redis server that refuses commands, and the secrets they must not contain; with a fake server.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { suite, test } from 'node:test';
import { openRedisCache } from '../../infra/cache/cache.redis.ts';
import { type CacheAway } from '../../infra/cache/cache.ts';
import type { Log } from '../../infra/logging/log.ts';
import { safeFields } from '../../infra/logging/log-redaction.ts';
import { eventually } from '../kit/eventually.ts';
import { entry } from './cache.ts';

const SECRET = 'ses_01jx9q3v1efp8aqn6m3k5y7z9b';

/** The names of the commands that a client sent. */
function* commandsIn(text: string): Generator<string> {
  for (const [, name] of text.matchAll(/\*\d+\r\n\$\d+\r\n([a-z]+)\r\n/gi)) yield name!.toLowerCase();
}

/** A server that answers every command with `refusal`, except those that open a connection. */
async function refusing(refusal: () => string | undefined) {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      for (const name of commandsIn(data.toString('latin1'))) {
        const says = name === 'auth' || name === 'eval' || name === 'mget' ? refusal() : undefined;
        if (says) socket.write(`-${says}\r\n`);
        else if (name === 'info') socket.write('$9\r\nloading:0\r\n');
        else if (name === 'hello') socket.write("-ERR unknown command 'HELLO'\r\n");
        else if (name === 'eval') socket.write('*2\r\n:1\r\n*1\r\n$1\r\n1\r\n');
        else if (name === 'mget') socket.write('*1\r\n$-1\r\n');
        else socket.write('+OK\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, connections: () => connections, [Symbol.asyncDispose]: async () => void server.close() };
}

interface Line {
  message: string;
  fields: Record<string, unknown>;
}

function keeping(): Log & { lines: Line[] } {
  const lines: Line[] = [];
  const keep = (message: string, fields: object = {}) => void lines.push({ message, fields: safeFields(fields) });
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep, child: () => log };
  return Object.assign(log, { lines });
}

const charge = [{ key: SECRET, amount: 1, capacity: 10, refill: 1 }];

const replies: Record<string, { says: string; sentence: RegExp; moves?: boolean }> = {
  READONLY: { says: "READONLY You can't write against a read only replica.", sentence: /is a replica/, moves: true },
  'READONLY, as version 6 has it in scripts': {
    says: `ERR Error running script: @user_script:9: -READONLY You can't write '${SECRET}'`,
    sentence: /is a replica/,
    moves: true,
  },
  MASTERDOWN: { says: 'MASTERDOWN Link with MASTER is down', sentence: /replica without its primary/, moves: true },
  LOADING: { says: 'LOADING Redis is loading the dataset in memory', sentence: /is loading/ },
  OOM: { says: "OOM command not allowed when used memory > 'maxmemory'.", sentence: /raise its maxmemory/ },
  MISCONF: { says: 'MISCONF Redis is configured to save RDB snapshots', sentence: /cannot save to its disk/ },
  MOVED: { says: 'MOVED 3999 127.0.0.1:6381', sentence: /cluster, which is not supported: set REDIS_URL/ },
  CROSSSLOT: { says: "CROSSSLOT Keys in request don't hash to the same slot", sentence: /cluster/ },
  CLUSTERDOWN: { says: 'CLUSTERDOWN Hash slot not served', sentence: /cluster/ },
  NOAUTH: { says: 'NOAUTH Authentication required.', sentence: /the password in REDIS_URL/ },
  NOPERM: {
    says: "NOPERM User shop has no permissions to run the 'eval' command",
    sentence: /allow the user of REDIS_URL/,
  },
  ERR: { says: `ERR unknown command 'EVAL', with args beginning with: '${SECRET}'`, sentence: /refuses a command/ },
};

suite('a Redis server that refuses', () => {
  for (const [name, { says, sentence, moves }] of Object.entries(replies)) {
    test(`${name}: its first word is the error's code, the log has one sentence without arguments, and the server is used again`, async () => {
      let isRefusing = true;
      await using server = await refusing(() => (isRefusing ? says : undefined));
      const log = keeping();
      const cache = openRedisCache(`redis://127.0.0.1:${server.port}`, log);
      const code = name.split(',')[0]!;
      try {
        for (const call of [
          () => cache.spend(charge),
          () => cache.spend(charge),
          () => cache.putMany([entry(SECRET, 1, 'A')]),
          ...(moves ? [] : [() => cache.getMany([SECRET])]),
        ]) {
          const error = await eventually(() =>
            call().then(
              () => assert.fail('the write was accepted'),
              (refusal: unknown) => (refusal as CacheAway).code !== 'ETIMEDOUT' && (refusal as CacheAway),
            ),
          );
          assert.equal(error.code, code);
          assert.doesNotMatch(JSON.stringify(safeFields({ error })), new RegExp(SECRET));
        }
        const said = log.lines.filter((line) => line.fields['code'] === code);
        assert.equal(said.length, 1, JSON.stringify(log.lines));
        assert.match(said[0]!.message, sentence);
        assert.doesNotMatch(JSON.stringify(log.lines), new RegExp(SECRET));

        isRefusing = false;
        await eventually(() => cache.spend(charge));
        await eventually(() => log.lines.some(({ message }) => message === 'Redis no longer refuses'));
        if (moves) assert.ok(server.connections() > 1, 'the address is resolved again');
        else assert.equal(server.connections(), 1);
      } finally {
        await cache.close();
      }
    });
  }

  test('a refused login is logged in a sentence without the login, and is the code of every call', async () => {
    await using server = await refusing(() => 'WRONGPASS invalid username-password pair');
    const log = keeping();
    const cache = openRedisCache(`redis://shop:hunter2@127.0.0.1:${server.port}`, log);
    try {
      const error = await eventually(() =>
        cache.spend(charge).then(
          () => assert.fail('the write was accepted'),
          (refusal: unknown) => (refusal as CacheAway).code === 'WRONGPASS' && (refusal as CacheAway),
        ),
      );
      assert.match(error.message, /correct the user and the password in REDIS_URL/);
      assert.equal(log.lines.filter(({ message }) => message === error.message).length, 1);
      assert.doesNotMatch(JSON.stringify(log.lines), /hunter2/);
    } finally {
      await cache.close();
    }
  });
});
