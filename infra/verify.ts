// Recounts what must always hold, on a live database, and only looks: npm run verify; exits with 1 when something does not.
import { checksOf } from './assembly/checks.ts';
import { settled } from './audit.ts';
import { readConfig } from './env.ts';
import { openLog } from './log.ts';
import { openWiring } from './wiring.ts';

/** A line a check, with the ids for which it does not hold and its totals below it; and whether all hold. */
export async function verify(env: Record<string, string | undefined>, between?: number) {
  const log = openLog({ level: 'error', json: false, to: 'stderr' });
  const wiring = openWiring(readConfig(env), log, { readOnly: true });
  const lines: string[] = [];
  let faults = 0;
  try {
    for (const check of await checksOf(wiring)) {
      const { rows, offending, told = [] } = await settled(check, between);
      faults += offending.length ? 1 : 0;
      lines.push(`${offending.length ? 'FAULT' : 'holds'}  ${check.name}: ${check.sentence} ${counted(rows)}`);
      lines.push(...[...offending, ...told].map((line) => `       ${line}`));
    }
  } finally {
    await wiring.close();
  }
  lines.push(faults ? `${faults} of the checks found a fault.` : 'Everything holds.');
  return { holds: faults === 0, lines };
}

const counted = (rows: number): string => `(${rows} ${rows === 1 ? 'row' : 'rows'})`;

if (import.meta.main) {
  try {
    const { holds, lines } = await verify(process.env);
    process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = holds ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
