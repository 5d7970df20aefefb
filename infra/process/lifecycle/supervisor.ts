// Keeps programs running as child processes: merges their output and restarts those that end.
// Not `concurrently`: it restarts with back-off, but kills all at once, and a gateway must stop before the subgraphs.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { MINUTE, SECOND } from '../../../schema/terms/durations.ts';

/** A program for Node: its arguments, and the variables that it gets in addition to ours. */
export interface Program {
  name: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Node's compile cache, shared by all processes: it halves their start time. */
export const COMPILED = join(import.meta.dirname, '../../../node_modules/.cache/compiled');

/** Receives the lines of all programs. */
export type Say = (name: string, line: string) => void;

export interface RestartPolicy {
  /** The pause before the first restart, in ms; each further pause is twice as long. */
  first: number;
  /** The longest pause between two restarts, in ms. */
  longest: number;
  /** A program that ran this long, in ms, counts as healthy: its next pause is the first again. */
  steady: number;
  /** The time, in ms, within which a program must stop before it is killed. */
  stop: number;
}

const RESTART_POLICY: RestartPolicy = { first: 500, longest: 30 * SECOND, steady: MINUTE, stop: 16 * SECOND };

/** Runs a program once. Throws an Error with its name when it fails. */
export async function runOnce(program: Program, say: Say): Promise<void> {
  const how = await startProgram(program, say).ended;
  if (how !== 'code 0') throw new Error(`${program.name} failed (${how}): nothing was started.`);
}

/** A program that was started once. */
export interface StartedProgram {
  /** How it ended, as `code 1` or a signal; resolves after all of its output was read. */
  ended: Promise<string>;
  /** Stops it gracefully, or kills it when that takes too long; resolves when it has ended. */
  stop(): Promise<void>;
}

/** Starts a program; without `say` it writes to our own output. */
export function startProgram(program: Program, say?: Say, stopWithin: number = RESTART_POLICY.stop): StartedProgram {
  const child = launch(program, say);
  const how = ended(child);
  return {
    ended: how,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithin);
      await how;
      clearTimeout(timer);
    },
  };
}

/** Keeps a program running. The returned function stops it, and resolves when it has ended. */
export function keepRunning(program: Program, say: Say, policy: Partial<RestartPolicy> = {}): () => Promise<void> {
  const { first, longest, steady, stop } = { ...RESTART_POLICY, ...policy };
  const stopping = new AbortController();
  let started: StartedProgram | undefined;

  async function run(): Promise<void> {
    let pause = first;
    for (;;) {
      const since = performance.now();
      started = startProgram(program, say, stop);
      const how = await started.ended;
      if (stopping.signal.aborted) return;
      if (performance.now() - since > steady) pause = first;
      say(program.name, `ended with ${how}; restarts in ${pause} ms`);
      if (!(await waited(pause, stopping.signal))) return;
      pause = Math.min(pause * 2, longest);
    }
  }

  const running = run();
  return async () => {
    stopping.abort();
    await started?.stop();
    await running;
  };
}

/** Waits; false if `signal` ended the wait. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts the child in its own process group: Ctrl-C reaches only us, and we stop the children in order. The IPC channel
 * closes when we die, so that the child notices.
 */
function launch({ name, args, env }: Program, say?: Say): ChildProcess {
  const output = say ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output, 'ipc'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => say?.(name, line));
  }
  return child;
}

/** How the child ended; resolves after all of its output was read. */
async function ended(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    return signal ?? `code ${String(code)}`;
  } catch (error) {
    return (error as Error).message; // it could not be started at all
  }
}
