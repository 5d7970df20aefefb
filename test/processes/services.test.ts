// npm run services on a machine without the servers' programs: by a Docker engine if one answers. A docker of ours notes
// what it is asked for.
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../eventually.ts';
import { spawned } from '../spawned.ts';

/** npm run services where docker is the only program there is; `info` is what it does when it is asked for its engine. */
async function openServices(info: string) {
  const folder = await mkdtemp(join(tmpdir(), 'docker-'));
  const [docker, notes] = [join(folder, 'docker'), join(folder, 'notes')];
  const script = `#!/bin/sh
echo "$* $MYSQL_PORT $REDIS_PORT $KAFKA_PORT" >> ${notes}
case $1 in info) ${info} ;; esac
`;
  await writeFile(docker, script);
  await chmod(docker, 0o755);
  const program = spawned('services', ['node', 'infra/services/open.ts'], { PATH: folder });
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

test('kill -9 leaves no server behind either', async () => {
  await using services = await openServices('echo 28.2.2');
  await services.ready();
  await services.program.end('SIGKILL');
  await eventually(async () => / down --volumes/.test((await services.asked()).at(-1)!));
});

test('a docker without an engine is none: what is missing is said, and how to get it', async () => {
  await using services = await openServices('exit 1');
  assert.equal(await services.program.ended, 1);
  const said = services.program.lines.join('\n');
  for (const name of ['a Docker engine', 'Redis is missing', 'Kafka is missing']) assert.match(said, new RegExp(name));
});
