// A server as a private child process, with its own port and folder; it ends when its parent ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { outputOf } from './program.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

/** How to start a server, and its address. */
export interface Launch {
  name: string;
  /** The folder that it works in and writes its log to. */
  dir: string;
  command: string;
  args: readonly string[];
  port: number;
  url: string;
  /** Sends the server a signal, when the server is not the child process itself. */
  signal?: (signal: NodeJS.Signals) => void;
}

/** A running server. It keeps its port and its folder across `restart`. */
export interface Server extends AsyncDisposable {
  url: string;
  port: number;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts the server again after `kill` or `stop`; resolves when it answers. */
  restart(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers, until `resume`. Resolves when it has stopped. */
  pause(): Promise<void>;
  resume(): void;
  /** Stops the server gracefully; kills it after ten seconds. */
  stop(): Promise<void>;
}

const READY_WITHIN = MINUTE; // a broker takes two seconds, and many times that on a busy machine
const STOP_WITHIN = 10_000; // ms
const LOOK_EVERY = 20; // ms

/** Starts the server; resolves when its port answers. Throws an Error with the end of its log when it does not. */
export async function startServer(launch: Launch): Promise<Server> {
  let child = await started(launch);
  const signal = (name: NodeJS.Signals) => (launch.signal ? launch.signal(name) : void child.kill(name));

  async function end(name: NodeJS.Signals): Promise<void> {
    if (hasEnded(child)) return;
    const exit = once(child, 'exit');
    signal('SIGCONT'); // a paused process reacts only to SIGKILL
    signal(name);
    const late = setTimeout(() => signal('SIGKILL'), STOP_WITHIN);
    await exit;
    clearTimeout(late);
  }

  const stop = () => end('SIGTERM');
  return {
    url: launch.url,
    port: launch.port,
    kill: () => end('SIGKILL'),
    async restart() {
      await stop();
      child = await started(launch);
    },
    async pause() {
      signal('SIGSTOP');
      while (!launch.signal && !(await isStopped(child))) await wait(1);
    },
    resume: () => signal('SIGCONT'),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function started(launch: Launch): Promise<ChildProcess> {
  const log = join(launch.dir, `${launch.name}.log`);
  const out = openSync(log, 'a');
  // its own process group: Ctrl-C at the terminal reaches only us, and we stop the server gracefully
  const child = spawn(launch.command, launch.args, { cwd: launch.dir, stdio: ['ignore', out, out], detached: true });
  closeSync(out);
  child.on('error', () => undefined); // hasEnded reports it
  killWithParent(child);
  const giveUp = Date.now() + READY_WITHIN;
  while (!(await answers(launch.port))) {
    if (hasEnded(child) || Date.now() > giveUp) {
      child.kill('SIGKILL');
      throw new Error(`${launch.name} does not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
    await wait(LOOK_EVERY);
  }
  return child;
}

/** Whether all threads of the process have stopped after SIGSTOP. */
const isStopped = async ({ pid }: ChildProcess) =>
  (await outputOf('ps', ['-o', 'state=', '-p', String(pid)])).trim().startsWith('T');

const hasEnded = (child: ChildProcess) =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

/** Kills the child when this process dies, even by kill -9: a shell waits for the end of a pipe that only we hold. */
function killWithParent(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const watch = `read -r _; kill -9 ${child.pid}`;
  const guard = spawn('/bin/sh', ['-c', watch], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  child.once('exit', () => guard.kill('SIGKILL'));
}

/** Whether something listens on the port. */
function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

/** Ports that nothing listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () =>
    createServer((socket) => void socket.destroy()).listen(0, '127.0.0.1'),
  );
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
