// Plants each bug and runs the test that must catch it: npm run planted [-- NAME ...]; exits with 1 when one goes unseen.
import { table } from '../bench/table.ts';
import { type Bug, bugs } from './bugs.ts';
import { runPlanted } from './child.ts';

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
  const { failed, passed, said } = await runPlanted({ PLANTED: bug.name }, file, pattern);
  const planted = !/has the place for|There is no planted bug/.test(said);
  if (!planted || passed + failed.length === 0) throw new Error(`${bug.name}:\n${said}`);
  return { bug, failed, passed };
}

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
