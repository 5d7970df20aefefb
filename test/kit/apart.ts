// npm run start:apart on servers of the test: every service is a process under the supervisor, with a clock that the
// test controls.
import { randomBytes } from 'node:crypto';
import { mkdtempDisposable, rename, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { portFrom } from '../../infra/system/config/ports.ts';
import { serviceOf } from '../../infra/system/service.ts';
import type { ServiceName } from '../../infra/system/services.ts';
import { outputOf } from '../../infra/system/private-servers/program.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { programs, replicas } from '../../infra/system/run/start-apart.ts';
import { eventually } from './eventually.ts';
import { AHEAD_FILE } from './process-clock.ts';
import { type Spawned, spawned, UNHURRIED } from './spawned.ts';
import { lettersIn } from './world.ts';

const START_WITHIN = 300_000; // ms; thirty processes start on two cores

type Env = Record<string, string>;
const key = () => randomBytes(32).toString('base64');

/** The offer-signing key of every such system. */
export const OFFER_KEY = randomBytes(32);

/**
 * Starts private servers and the whole system on them. `startAt` is the initial time, by default the machine's; `more`
 * is additional environment of its processes.
 */
export async function openApart(startAt?: string, args: readonly string[] = [], more: Env = {}) {
  await using opened = new AsyncDisposableStack();
  const dir = opened.use(await mkdtempDisposable(join(tmpdir(), 'apart-'))).path;
  const { mariadb, redis, kafka } = opened.use(await openServices(['mariadb', 'redis', 'kafka']));
  const ahead = join(dir, 'ahead');
  let movedBy = startAt ? Date.parse(startAt) - Date.now() : 0;
  await writeFile(ahead, String(movedBy));

  const env: Env = {
    ...{ DATABASE_URL: mariadb.url, REDIS_URL: redis.url, KAFKA_URL: `${kafka.url}?session=6000` },
    ...{ OFFER_SIGNING_KEYS: OFFER_KEY.toString('base64'), INTERNAL_KEYS: key() },
    ...{ PAYMENT_PROVIDER_KEY: key(), PAYMENT_WEBHOOK_SECRET: key(), TICKET_ISSUER_KEY: key() },
    MAIL_URL: `file:${dir}/mail`,
    DEMO_DATA: 'off',
    NODE_OPTIONS: `--disable-warning=TimeoutNegativeWarning --import ${pathToFileURL(join(import.meta.dirname, 'process-clock.ts')).href}`,
    [AHEAD_FILE]: ahead,
    ...UNHURRIED,
    ...more,
  };
  const counts = replicas(args);
  const first = await freeFrom((from) => programs(counts, from).map(({ env }) => Number(env!['PORT'])));
  const urlOf = (name: ServiceName, replica = 0) => `http://127.0.0.1:${portFrom(first, serviceOf(name), replica)}`;

  /** Runs a command of the system beside it, to its end. */
  async function command(name: string, args: readonly string[]) {
    const partners = { PAYMENT_PROVIDER_URL: urlOf('payment-provider'), TICKET_ISSUER_URL: urlOf('ticket-issuer') };
    const program = spawned(name, args, { ...env, ...partners });
    return { code: await program.ended, lines: program.lines };
  }
  /** The same. Throws an Error with the command's output when it fails. */
  async function run(name: string, args: readonly string[]): Promise<string> {
    const { code, lines } = await command(name, args);
    if (code !== 0) throw new Error(`${name} ended with ${code}:\n${lines.join('\n')}`);
    return lines.join('\n');
  }

  await run('migrate', ['node', 'infra/system/commands/migrate.ts']);
  const system = opened.use(
    spawned('start:apart', ['node', 'infra/system/run/start-apart.ts', ...args], {
      ...env,
      ...{ PORT: String(first), PAYMENT_PROVIDER_URL: `demo:${dir}/payment-provider` },
      ...{ TICKET_ISSUER_URL: `demo:${dir}/ticket-issuer` },
    }),
  );

  /** Resolves when every process is ready. */
  async function ready(): Promise<void> {
    for (const { name, env } of programs(counts, first)) {
      await eventually(async () => {
        if (system.hasEnded()) return;
        const { ok } = await fetch(`http://127.0.0.1:${env!['PORT']}/readyz`);
        if (!ok) throw new Error(`${name} is not ready`);
      }, START_WITHIN);
    }
    if (system.hasEnded()) throw new Error(`it ended by itself:\n${system.lines.join('\n')}`);
  }
  await ready();
  const closing = opened.move();

  return {
    url: urlOf('gateway'),
    /** The URL of a replica of a service, counted from 0. */
    urlOf,
    lines: system.lines,
    /** Closes the pipes that read the supervisor's output. */
    closeOutput: system.closeOutput,
    ready,
    command,
    run,
    now: () => new Date(Date.now() + movedBy),
    /** Advances the clock of all processes by this, in ms, at the same instant. */
    async letPass(ms: number): Promise<void> {
      movedBy += ms;
      await writeFile(`${ahead}.new`, String(movedBy));
      await rename(`${ahead}.new`, ahead); // no process reads a partial number
    },
    /** kill -9 of a process of each of these services, all at once. The supervisor replaces them. */
    async kill(...names: readonly ServiceName[]): Promise<void> {
      const children = await childrenOf(system);
      const pids = names.map((name) => children.find(({ args }) => args.endsWith(`start.ts ${name}`))!.pid);
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      for (const pid of pids)
        await eventually(async () => !(await childrenOf(system)).some((each) => each.pid === pid));
    },
    /**
     * Stops a process of each of these services gracefully, then the next replica of each, once all are ready again.
     */
    async restart(...names: readonly ServiceName[]): Promise<void> {
      const children = await childrenOf(system);
      const pids = names.map((name) => children.filter(({ args }) => args.endsWith(`start.ts ${name}`)));
      for (let replica = 0; pids.some((of) => of[replica]); replica++) {
        const going = pids.flatMap((of) => of[replica]?.pid ?? []);
        for (const pid of going) process.kill(pid, 'SIGTERM');
        await eventually(async () => !(await childrenOf(system)).some(({ pid }) => going.includes(pid)));
        await ready();
      }
    },
    letters: async () => [...(await lettersIn(join(dir, 'mail'))).values()],
    /** Stops all processes gracefully; resolves with the exit code. */
    stop: () => system.end('SIGTERM'),
    [Symbol.asyncDispose]: async () => {
      await system.end('SIGTERM');
      await closing.disposeAsync();
    },
  };
}

export type Apart = Awaited<ReturnType<typeof openApart>>;

/** The processes that it started, with their command lines. */
async function childrenOf({ pid }: Spawned): Promise<{ pid: number; args: string }[]> {
  const lines = (await outputOf('ps', ['-o', 'pid=,stat=,args=', '--ppid', String(pid)])).trim().split('\n');
  return lines.flatMap((line) => {
    const [, pid, state, args] = /^\s*(\d+)\s+(\S+)\s+(.*?)\s*$/.exec(line)!;
    return state!.startsWith('Z') ? [] : [{ pid: Number(pid), args: args! }];
  });
}

const LOWEST = 10_000; // above the ports of common services, and below the ephemeral ports of operating systems
const HIGHEST = 28_000;

/** A port from which on all wanted ports are free. */
async function freeFrom(wanted: (first: number) => number[]): Promise<number> {
  for (;;) {
    const first = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    const free = await Promise.all(wanted(first).map(isFree));
    if (free.every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer((socket) => void socket.destroy());
  try {
    await once(server.listen(port, 'localhost'), 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
