// Plants each bug and runs the test that must catch it: npm run planted [-- NAME ...]; exits with 1 when one goes unseen.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { table } from '../bench/table.ts';
import { type Bug, bugs, root } from './bugs.ts';

const WITHIN = 60_000; // ms; a bug may make its test hang, which is failing, too

export interface Verdict {
  bug: Bug;
  /** The tests that failed with the bug planted; none when it went unseen. */
  failed: readonly string[];
  /** How many of the tests passed with it. */
  passed: number;
}

/** Runs a bug's test with the bug in its place. Throws where it could not be planted, or no test was run. */
export async function caught(bug: Bug): Promise<Verdict> {
  const { file, tests } = bug.caughtBy;
  const pattern = tests === undefined ? [] : ['--test-name-pattern', tests];
  const reporter = ['--test-reporter', 'tap', '--test-force-exit'];
  const child = spawn(process.execPath, [...reporter, ...pattern, '--test', file], {
    cwd: root,
    env: {
      ...without('NODE_TEST_CONTEXT'),
      PLANTED: bug.name,
      NODE_OPTIONS: `--import ${join(root, 'test/planted/plant.ts')}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const timer = setTimeout(() => child.kill('SIGKILL'), WITHIN);
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  const passed = Number(/^# pass (\d+)/m.exec(said)?.[1] ?? 0);
  const failed = [...said.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name]) => name!);
  const planted = !/has the place for|There is no planted bug/.test(said);
  if (!planted || (passed + failed.length === 0 && signal === null)) throw new Error(`${bug.name}:\n${said}`);
  return { bug, failed: signal === null ? failed : ['(it hung)'], passed };
}

const without = (name: string) => Object.fromEntries(Object.entries(process.env).filter(([key]) => key !== name));

/** Prints who caught what, a line a bug. */
export function tell(verdicts: readonly Verdict[]): void {
  const rows = verdicts.map(({ bug, failed }) => [bug.name, bug.file, failed[0] ?? 'NOBODY']);
  table([['planted bug', 'in', 'caught by'], ...rows]);
}

if (import.meta.main) {
  const names = process.argv.slice(2);
  const verdicts: Verdict[] = [];
  for (const bug of bugs.filter(({ name }) => !names.length || names.includes(name))) verdicts.push(await caught(bug));
  tell(verdicts);
  process.exitCode = verdicts.every(({ failed }) => failed.length) ? 0 : 1;
}
