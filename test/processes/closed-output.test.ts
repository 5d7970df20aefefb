// Every command with a closed pipe or a full disk as output: it loses its lines, but neither its work nor its exit
// code.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { root } from '../kit/compose-file.ts';
import { eventually } from '../kit/eventually.ts';
import { runToEnd, spawned } from '../kit/spawned.ts';

type Env = Record<string, string>;

const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: Env };

const commandOf = (script: string, ...args: string[]): string[] => [...scripts[script]!.split(' '), ...args];

const embedded = (dir: string): Env => ({
  ...{ DATABASE_URL: `sqlite:${dir}`, KAFKA_URL: `sqlite:${dir}`, TMPDIR: dir, TRUSTED_DOCUMENTS_FOLDER: dir },
  ...{ PAYMENT_PROVIDER_URL: `demo:${dir}/provider?port=0`, TICKET_ISSUER_URL: `demo:${dir}/issuer?port=0` },
  ...{ MAIL_URL: `file:${dir}/mail`, DEMO_DATA: 'off', HOST: '127.0.0.1' },
});

/** One command without a reader: its arguments, its usual exit code, and a check of its effect. */
interface Row {
  args?: (dir: string) => string[];
  env?: Env;
  code: 0 | 1;
  done?: (dir: string) => Promise<void>;
}

const FARES = `carrier,flightNumber,origin,destination,via,departsLocal,arrivesLocal,cabin,travellerType,amount,currency,note
6E,1,BLR,DEL,,2019-03-24T22:20,2019-03-25T01:10,ECONOMY,ADULT,not a number,INR,
6E,2,BLR,DEL,,2019-03-24T22:20,2019-03-25T01:10,ECONOMY,ADULT,4200.00,INR,
`;

/** Runs a command with a reader; returns its output, and asserts this exit code. */
async function read(dir: string, code: number, ...command: string[]): Promise<string> {
  const program = spawned(command.join(' '), command, embedded(dir));
  assert.equal(await program.ended, code, program.lines.join('\n'));
  return program.lines.join('\n');
}

const rows: Record<string, Row> = {
  migrate: {
    code: 0,
    done: async (dir) => assert.match(await read(dir, 0, ...commandOf('migrate', '--check')), /up to date/),
  },
  import: {
    args: (dir) => [join(dir, 'fares.csv')],
    code: 1, // one row is refused
    done: async (dir) =>
      assert.match(await read(dir, 1, ...commandOf('import', join(dir, 'fares.csv'))), /imported +0\nduplicates +1/),
  },
  account: {
    args: () => ['create-admin', 'asha@example.com'],
    code: 0,
    done: async (dir) =>
      assert.match(await read(dir, 0, ...commandOf('account', 'grant', 'asha@example.com', 'ADMIN')), /already/),
  },
  demo: { code: 0 },
  verify: { code: 0 },
  'dead-letters': { args: () => ['list'], code: 0 },
  documents: { args: () => ['list'], code: 0 },
  'subgraph-keys': { args: () => ['fare'], env: { INTERNAL_KEYS: Buffer.alloc(32, 7).toString('base64') }, code: 0 },
  config: { code: 0 },
  schema: { args: () => ['--help'], code: 0 },
  compose: { code: 0 },
  render: { args: () => ['--check'], code: 0 },
  reset: { code: 0 },
  'start:apart': { args: () => ['no-such-service=1'], code: 1 }, // with servers: closed-output.real.test.ts
};

const elsewhere = ['start', 'services', 'dev', 'repl']; // tested below, and in services, dev and workbench: they run until a signal ends them
const notOfTheSystem = /^(test|check|format|bench|planted|mutants)/; // for developers of the system

test('every command of the system is tested without a reader', () => {
  const commands = Object.keys(scripts).filter((name) => !notOfTheSystem.test(name));
  assert.deepEqual(commands.sort(), [...Object.keys(rows), ...elsewhere].sort());
});

for (const [script, { args, env, code, done }] of Object.entries(rows)) {
  test(`${script} finishes its work and keeps its exit code when its output has no reader`, async () => {
    await using dir = await mkdtempDisposable(join(tmpdir(), 'closed-'));
    await writeFile(join(dir.path, 'fares.csv'), FARES);
    if (script === 'verify') await runToEnd('migrate', commandOf('migrate'), embedded(dir.path));
    const command = commandOf(script, ...(args?.(dir.path) ?? []));
    const program = spawned(script, command, { ...embedded(dir.path), ...env });
    program.closeOutput();
    assert.equal(await program.ended, code);
    await done?.(dir.path);
  });
}

const serve = async (dir: string) => {
  const [port] = await freePorts(1);
  const env = { ...embedded(dir), PORT: String(port), LOG_LEVEL: 'debug' };
  return { env, port: port!, readyz: `http://127.0.0.1:${port}/readyz` };
};

test('the system starts, serves and stops in order when its output has no reader', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'closed-'));
  const { env, port, readyz } = await serve(dir.path);
  await using system = spawned('start', commandOf('start'), env, port);
  system.closeOutput();
  await eventually(async () => assert.ok(system.hasEnded() || (await fetch(readyz)).ok));
  assert.equal(await system.end('SIGTERM'), 0);
});

test('the system continues when the reader of its output exits', async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), 'closed-'));
  const { env, port, readyz } = await serve(dir.path);
  await using system = spawned('start', commandOf('start'), env, port);
  await system.ready();
  system.closeOutput();
  const refused = { method: 'POST', headers: { authorization: 'Bearer none' }, body: '{}' }; // each writes a line
  for (let n = 0; n < 3; n++) await fetch(`http://127.0.0.1:${port}/graphql`, refused).catch(() => undefined);
  assert.equal((await fetch(readyz)).status, 200);
  assert.equal(await system.end('SIGTERM'), 0);
});

test('a full disk under the output ends neither the system nor an import', async (t) => {
  if (!existsSync('/dev/full')) return t.skip('this system has no /dev/full');
  await using dir = await mkdtempDisposable(join(tmpdir(), 'closed-'));
  await writeFile(join(dir.path, 'fares.csv'), FARES);
  const command = commandOf('import', join(dir.path, 'fares.csv'));
  await using imported = spawned('import', command, embedded(dir.path), 0, '/dev/full');
  assert.equal(await imported.ended, 1);
  await rows['import']!.done!(dir.path);

  const { env, port, readyz } = await serve(dir.path);
  await using system = spawned('start', commandOf('start'), env, port, '/dev/full');
  await eventually(async () => assert.ok(system.hasEnded() || (await fetch(readyz)).ok));
  assert.equal(await system.end('SIGTERM'), 0);
});
