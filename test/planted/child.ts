// Runs a test file in its own process, in which a fault can be planted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './bugs.ts';

const WITHIN = 60_000; // ms; a fault may make its test hang, which counts as a failure

/** The result of a test file. */
export interface Run {
  /** The names of the failed tests; a placeholder where the file hung. */
  failed: readonly string[];
  passed: number;
  /** All output, to explain a fault that could not be planted. */
  said: string;
}

/** Runs the file with the fault that `fault` names for plant.ts. */
export const runPlanted = (fault: Record<string, string>, file: string, args: readonly string[] = []): Promise<Run> =>
  runTests(fault, file, args, WITHIN);

/** Runs the file with these variables and kills it after `within` ms. Plants the fault that they name for plant.ts. */
export async function runTests(
  variables: Record<string, string>,
  file: string,
  args: readonly string[],
  within: number,
): Promise<Run> {
  const reporter = ['--test-reporter', 'tap', '--test-force-exit'];
  const child = spawn(process.execPath, [...reporter, ...args, '--test', file], {
    cwd: root,
    env: {
      ...without('NODE_TEST_CONTEXT'),
      ...variables,
      NODE_OPTIONS: `--import ${join(root, 'test/planted/plant.ts')}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that processes started by the tests end with it
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), within);
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  const passed = Number(/^# pass (\d+)/m.exec(said)?.[1] ?? 0);
  const failed = [...said.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name]) => name!);
  return { failed: signal === null ? failed : ['(it hung)'], passed, said };
}

const without = (name: string) => Object.fromEntries(Object.entries(process.env).filter(([key]) => key !== name));
