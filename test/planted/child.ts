// Runs a test file in its own process, in which a fault can be planted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bugs.ts';

const WITHIN = 60_000; // ms; a fault may make its test hang, which counts as a failure

const COMPILED = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compiled') };

/** The result of a test file. */
export interface Run {
  /** The names of the failed tests; a placeholder where the file hung. */
  failed: readonly string[];
  passed: number;
  /** Whether the file was killed because it took too long. */
  hung: boolean;
  /** The duration, in ms. */
  took: number;
  /** All output, to explain a fault that could not be planted. */
  said: string;
}

/** Runs the file with the fault that `fault` names for plant.ts. */
export const runPlanted = (fault: Record<string, string>, file: string, args: readonly string[] = []): Promise<Run> =>
  runTests(fault, file, args, WITHIN);

/**
 * Runs the file with these variables until its first failure, at most for `within` ms. Plants the fault that they name
 * for plant.ts.
 */
export async function runTests(
  variables: Record<string, string>,
  file: string,
  args: readonly string[],
  within: number,
): Promise<Run> {
  await using temporary = await mkdtempDisposable(join(tmpdir(), 'planted-')); // a killed test leaves its files
  const began = performance.now();
  const reporter = ['--test-reporter', 'tap', '--test-force-exit'];
  const child = spawn(process.execPath, [...reporter, ...args, '--test', file], {
    cwd: root,
    env: {
      ...without('NODE_TEST_CONTEXT'),
      TMPDIR: temporary.path,
      ...(variables['NODE_V8_COVERAGE'] === undefined && COMPILED), // V8 measures cached code less precisely
      ...variables,
      NODE_OPTIONS: `--import ${join(root, 'test/planted/plant.ts')}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that processes started by the tests end with it
  });
  let said = '';
  let killed = false;
  const kill = () => {
    if (!killed) process.kill(-child.pid!, 'SIGKILL');
    killed = true;
  };
  const timer = setTimeout(kill, within);
  process.once('exit', kill);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += String(text);
      if (failures(said).length) kill();
    });
  }
  await once(child, 'close');
  clearTimeout(timer);
  process.off('exit', kill);
  const took = performance.now() - began;
  const failed = failures(said);
  const hung = killed && failed.length === 0;
  const passed = Number(/^# pass (\d+)/m.exec(said)?.[1] ?? 0);
  return { failed: hung ? ['(it hung)'] : failed, passed, hung, took, said };
}

const failures = (said: string) => [...said.matchAll(/^ *not ok \d+ - (.*)\n/gm)].map(([, name]) => name!);

const without = (name: string) => Object.fromEntries(Object.entries(process.env).filter(([key]) => key !== name));
