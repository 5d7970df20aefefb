// Plants each bug and runs the test that must catch it: npm run planted [-- NAME ...]; exits with 1 if one is missed.
import { table } from '../bench/table.ts';
import { type Bug, bugs } from './bugs.ts';
import { runPlanted } from './child.ts';

export interface Verdict {
  bug: Bug;
  /** The tests that failed with the bug; none if it was missed. */
  failed: readonly string[];
  /** The number of tests that passed with the bug. */
  passed: number;
}

/** Runs a bug's test with the bug planted. Throws if it could not be planted, or no test ran. */
export async function caught(bug: Bug): Promise<Verdict> {
  const { file, tests } = bug.caughtBy;
  const pattern = tests === undefined ? [] : ['--test-name-pattern', tests];
  const { failed, passed, said } = await runPlanted({ PLANTED: bug.name }, file, pattern);
  const planted = !/has the place for|There is no planted bug/.test(said);
  if (!planted || passed + failed.length === 0) throw new Error(`${bug.name}:\n${said}`);
  return { bug, failed, passed };
}

/** Prints the test that caught each bug, one bug per line. */
export function tell(verdicts: readonly Verdict[]): void {
  const rows = verdicts.map(({ bug, failed }) => [bug.name, bug.file, failed[0] ?? 'NOT CAUGHT']);
  table([['planted bug', 'in', 'caught by'], ...rows]);
}

if (import.meta.main) {
  const names = process.argv.slice(2);
  const verdicts: Verdict[] = [];
  for (const bug of bugs.filter(({ name }) => !names.length || names.includes(name))) verdicts.push(await caught(bug));
  tell(verdicts);
  process.exitCode = verdicts.every(({ failed }) => failed.length) ? 0 : 1;
}
