// A program of the system as a separate process, started like an operator would; killed after the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { root } from './compose-file.ts';
import { eventually } from './eventually.ts';

const START_WITHIN = 120_000; // ms; everything in one process with demo data takes 16 s of CPU on a slow core

/** For systems of many processes on two cores: these are slow, and their speed is not under test. */
export const UNHURRIED = { MAX_LOOP_DELAY: '60000', SUBGRAPH_TIMEOUT: '20000', REQUEST_TIMEOUT: '30000' };

export interface Spawned extends AsyncDisposable {
  name: string;
  url: string;
  pid: number;
  /** All output lines so far. */
  lines: readonly string[];
  /** Resolves when it is ready. */
  ready(): Promise<void>;
  /** Sends a signal that does not end it. */
  signal(signal: NodeJS.Signals): void;
  /** Sends a signal; resolves with its exit code when it has ended, or null if a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  hasEnded(): boolean;
  /** Closes the pipes that read its output, as `| head -1` does after one line. */
  closeOutput(): void;
  /** The exit code, once it ends by itself. */
  ended: Promise<number | null>;
}

/**
 * Starts it with only this environment, in the repository or the folder `cwd`. It serves its health on `port`, if given,
 * and writes to the file `output`, if given.
 */
export function spawned(
  name: string,
  command: readonly string[],
  env: Record<string, string>,
  port = 0,
  output?: string,
  cwd: string = root,
): Spawned {
  const [program, ...args] = command;
  const file = output === undefined ? null : openSync(output, 'a');
  const child: ChildProcess = spawn(program === 'node' ? process.execPath : program!, args, {
    cwd,
    env: { PATH: process.env['PATH'], METRICS_PORT: '0', REGISTRY_PORT: '0', ...env },
    stdio: file === null ? ['ignore', 'pipe', 'pipe'] : ['ignore', file, file],
  });
  if (file !== null) closeSync(file);
  const lines: string[] = [];
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };

  return {
    name,
    url,
    pid: child.pid!,
    lines,
    ended,
    hasEnded,
    closeOutput: () => streams.forEach((stream) => void stream.destroy()),
    end,
    signal: (signal) => void child.kill(signal),
    ready: () =>
      eventually(async () => {
        if (hasEnded()) return; // the caller finds out why
        if (!lines.some((line) => line.includes(`:${port}/`)))
          throw new Error(`${name} has not said yet that it listens`);
        if (!(await fetch(`${url}/readyz`)).ok) throw new Error(`${name} is not ready:\n${lines.join('\n')}`);
      }, START_WITHIN),
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  };
}

/** Runs it to its end. Throws an Error with its output when it fails. */
export async function runToEnd(name: string, command: readonly string[], env: Record<string, string>): Promise<string> {
  const program = spawned(name, command, env);
  const code = await program.ended;
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${program.lines.join('\n')}`);
  return program.lines.join('\n');
}
