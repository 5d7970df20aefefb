// Checks the invariants of a live system, read-only: npm run verify; exits with 1 when one is broken, 2 when a check
// could not be made.
import { checksOf } from './checks.ts';
import { findingsOf, Unanswered } from '../../database/audit.ts';
import { runCommand } from '../../process/command.ts';
import { readConfig } from '../config/config.ts';
import { openLog } from '../../logging/log.ts';
import { printingTo } from '../../logging/printable.ts';
import { openWiring } from '../wiring.ts';

/**
 * Returns a line per check, followed by the ids that violate it and its totals. A check that fails, for example because
 * a partner returns no statement or a table cannot be read, is unknown; the others still run. `code` is the exit code:
 * 0 when all hold, 1 when one is broken, 2 when none is known to be broken and one is unknown.
 */
export async function verify(env: Record<string, string | undefined>, between?: number) {
  const log = openLog({ level: 'error', json: false, to: 'stderr' });
  const wiring = openWiring(readConfig(env), log, { readOnly: true });
  const lines: string[] = [];
  let faults = 0;
  let unanswered = 0;
  try {
    for (const { name, sentence, outcome, error, rows, offending, totals = [] } of await findingsOf(
      await checksOf(wiring),
      { between },
    )) {
      if (outcome === 'UNKNOWN') {
        unanswered += 1;
        lines.push(`UNKNOWN  ${name}: ${whyUnknown(error)}.`);
        continue;
      }
      faults += outcome === 'FAULT' ? 1 : 0;
      lines.push(`${outcome === 'FAULT' ? 'FAULT' : 'holds'}  ${name}: ${sentence} ${counted(rows)}`);
      lines.push(...[...offending, ...totals].map((line) => `       ${line}`));
    }
  } finally {
    await wiring.close();
  }
  if (faults) lines.push(`${faults} of the checks found a fault.`);
  if (unanswered) lines.push(`${unanswered} of the checks could not be made.`);
  if (!faults && !unanswered) lines.push('Everything holds.');
  const code: 0 | 1 | 2 = faults ? 1 : unanswered ? 2 : 0;
  return { holds: code === 0, code, lines };
}

function whyUnknown(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${error instanceof Unanswered ? 'not reconciled' : 'the check failed'}: ${message.trim()}`;
}

const counted = (rows: number): string => `(${rows} ${rows === 1 ? 'row' : 'rows'})`;

if (import.meta.main) {
  await runCommand(async () => {
    const { code, lines } = await verify(process.env);
    printingTo(process.stdout).write(`${lines.join('\n')}\n`);
    return code;
  });
}
