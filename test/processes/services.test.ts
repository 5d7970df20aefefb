// npm run services on a machine without the servers' programs: uses a Docker engine if one answers. A fake docker
// records its calls.
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../kit/eventually.ts';
import { spawned } from '../kit/spawned.ts';

/**
 * npm run services where docker is the only program; `info` and `up` are the shell commands that it runs when called to
 * query the engine, and to start.
 */
async function openServices(info: string, up = ':') {
  const folder = await mkdtemp(join(tmpdir(), 'docker-'));
  const [docker, notes] = [join(folder, 'docker'), join(folder, 'notes')];
  const script = `#!/bin/sh
echo "$* $MYSQL_PORT $REDIS_PORT $KAFKA_PORT" >> ${notes}
case "$* " in info*) ${info} ;; *" up "*) ${up.replace('NOTES', notes)} ;; esac
`;
  await writeFile(docker, script);
  await chmod(docker, 0o755);
  const program = spawned('services', ['node', 'infra/system/private-servers/open.ts'], { PATH: folder });
  const asked = async () => (await readFile(notes, 'utf8')).trim().split('\n');
  const close = async () => {
    await program[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  };
  const ready = () => eventually(() => program.lines.some((line) => line.startsWith('Ready')));
  return { program, asked, ready, [Symbol.asyncDispose]: close };
}

test('an engine starts the three servers of docker-compose.yml on free ports, and Ctrl-C takes them down with their data', async () => {
  await using services = await openServices('echo 28.2.2');
  await services.ready();
  const [, , up] = await services.asked();
  const [, project, ports] = /^compose -p (\S+) .* up --wait mysql redis kafka (\d+ \d+ \d+)$/.exec(up!)!;
  const [mysql, redis, kafka] = ports!.split(' ');
  assert.deepEqual(services.program.lines.slice(0, 3), [
    `export DATABASE_URL='mysql://fareloom:for-development-only@127.0.0.1:${mysql}/fareloom'`,
    `export REDIS_URL='redis://127.0.0.1:${redis}'`,
    `export KAFKA_URL='kafka://127.0.0.1:${kafka}'`,
  ]);
  assert.equal(await services.program.end('SIGINT'), 0);
  const [, , , down, ...more] = await services.asked();
  assert.match(down!, new RegExp(`^compose -p ${project} .* down --volumes`));
  assert.deepEqual(more, []);
});

test('when the reader of its output exits after a line it continues, until Ctrl-C takes them down', async () => {
  await using services = await openServices('echo 28.2.2');
  await eventually(async () => assert.ok(services.program.lines.length));
  services.program.closeOutput();
  await eventually(async () => assert.equal((await services.asked()).length, 3));
  assert.equal(await services.program.end('SIGINT'), 0);
  assert.match((await services.asked()).at(-1)!, / down --volumes/);
});

test('kill -9 leaves no server behind, either', async () => {
  await using services = await openServices('echo 28.2.2');
  await services.ready();
  await services.program.end('SIGKILL');
  await eventually(async () => / down --volumes/.test((await services.asked()).at(-1)!));
});

test('stopped while the engine still starts the servers, it leaves nothing that starts after they were taken down', async () => {
  await using services = await openServices('echo 28.2.2', '/bin/sleep 1; echo started >> NOTES');
  await eventually(async () => / up --wait/.test((await services.asked()).at(-1)!));
  await services.program.end('SIGTERM');
  await eventually(async () => (await services.asked()).some((line) => / down --volumes/.test(line)));
  await wait(1500); // it would have started by now
  assert.match((await services.asked()).at(-1)!, / down --volumes/);
});

test('if the engine cannot start all servers, those that it started are taken down', async () => {
  await using services = await openServices('echo 28.2.2', 'exit 3');
  assert.equal(await services.program.ended, 1);
  assert.match(services.program.lines.join('\n'), /docker compose up failed with 3/);
  assert.match((await services.asked()).at(-1)!, / down --volumes/);
});

test('a docker without an engine is not used: the missing programs are named, and how to install them', async () => {
  await using services = await openServices('exit 1');
  assert.equal(await services.program.ended, 1);
  const said = services.program.lines.join('\n');
  for (const name of ['a Docker engine', 'Redis is missing', 'Kafka is missing']) assert.match(said, new RegExp(name));
});
