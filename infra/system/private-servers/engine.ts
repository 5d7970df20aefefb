// Runs the servers of docker-compose.yml on free ports of a Docker engine, when the machine lacks their programs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { programOf, outputOf } from './program.ts';
import { freePorts } from './server.ts';

const ANSWERS_WITHIN = 5_000; // ms; a running engine answers at once, a hanging one never
const PASSWORD = 'for-development-only';
const names = ['mysql', 'redis', 'kafka'];

const root = join(import.meta.dirname, '../../..');
const files = ['-f', join(root, 'docker-compose.yml'), '-f', join(import.meta.dirname, 'on-this-machine.yml')];

/**
 * The path of a docker client with Compose whose engine answers; undefined without one. A client without engine is not
 * enough.
 */
export async function engineOf(): Promise<string | undefined> {
  const docker = programOf('docker');
  if (!docker) return undefined;
  try {
    await outputOf(docker, ['compose', 'version'], { timeout: ANSWERS_WITHIN });
    const version = await outputOf(docker, ['info', '--format', '{{.ServerVersion}}'], { timeout: ANSWERS_WITHIN });
    return version.trim() ? docker : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs its arguments when a pipe ends that only we hold: however this process ends, its servers end, too. The pipe's
 * first line is the pid of `compose up`; the second comes when that has exited. Without the second line the guard first
 * ends `compose up`, which could otherwise start the servers after they were taken down.
 */
const GUARD = `read -r up
if ! read -r _; then
  [ -n "$up" ] && kill "$up"
  for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$up" && /bin/sleep 1; done
fi 2>/dev/null
read -r _
"$@"`;

/** Starts nothing before the guard has the pid: if we were killed in between, it would run unguarded. */
const WHEN_GUARDED = 'read -r _ && exec "$@" </dev/null';

/** The URLs of the three servers. Disposal, or the end of this process, stops all and deletes their data. */
export interface EngineServices extends AsyncDisposable {
  urls: { DATABASE_URL: string; REDIS_URL: string; KAFKA_URL: string };
}

/** Starts the servers; resolves when their health checks pass. The first time, the engine pulls their images. */
export async function openByEngine(docker: string): Promise<EngineServices> {
  const [mysql, redis, kafka] = (await freePorts(3)) as [number, number, number];
  const compose = (...args: string[]) => ['compose', '-p', `fareloom-services-${process.pid}`, ...files, ...args];
  const env = {
    ...process.env,
    ...{ MYSQL_PORT: String(mysql), REDIS_PORT: String(redis), KAFKA_PORT: String(kafka) },
    DATABASE_PASSWORD: PASSWORD,
  };
  const down = [docker, ...compose('down', '--volumes', '--timeout', '1')];
  const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', ...down], {
    env,
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true, // Ctrl-C must not reach it
  });
  const close = async (): Promise<void> => {
    const exit = once(guard, 'exit');
    guard.stdin.end();
    await exit;
  };
  const up = spawn('/bin/sh', ['-c', WHEN_GUARDED, 'sh', docker, ...compose('up', '--wait', ...names)], {
    env,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  guard.stdin.write(`${String(up.pid)}\n`, () => up.stdin.end('guarded\n'));
  const [code] = (await once(up, 'exit')) as [number | null];
  guard.stdin.write('ended\n');
  if (code !== 0) {
    await close();
    throw new Error(`docker compose up failed with ${String(code)}; see its output above.`);
  }
  return {
    urls: {
      DATABASE_URL: `mysql://fareloom:${PASSWORD}@127.0.0.1:${mysql}/fareloom`,
      REDIS_URL: `redis://127.0.0.1:${redis}`,
      KAFKA_URL: `kafka://127.0.0.1:${kafka}`,
    },
    [Symbol.asyncDispose]: close,
  };
}
