// Brings every room's database up to date: npm run migrate; -- --check only looks, and fails when one is behind.
import { parseArgs } from 'node:util';
import { tables } from '../rooms.ts';
import { runCommand } from '../../process/command.ts';
import { printingTo } from '../../logging/printable.ts';
import { readConfig } from '../../config/env.ts';
import { openLog } from '../../logging/log.ts';
import { openWiring } from '../wiring.ts';

/**
 * Opens each room's database once: that runs what is missing, or with `check` refuses. The answer is a sentence a room,
 * and whether all of them are up to date. Running it twice, or from two processes at once, does no harm.
 */
export async function migrate(
  env: Record<string, string | undefined>,
  check: boolean,
): Promise<{ upToDate: boolean; sentences: string[] }> {
  const log = openLog({ level: 'error', json: false, to: 'stderr' });
  const wiring = openWiring(readConfig(env), log, { migrate: check ? 'refuse-when-behind' : 'now' });
  const sentences: string[] = [];
  let upToDate = true;
  try {
    for (const each of tables) {
      try {
        await wiring.database(each);
        sentences.push(`The ${each.room} database is up to date.`);
      } catch (error) {
        upToDate = false;
        sentences.push((error as Error).message);
      }
    }
  } finally {
    await wiring.close();
  }
  return { upToDate, sentences };
}

if (import.meta.main) {
  await runCommand(async () => {
    const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
    const { upToDate, sentences } = await migrate(process.env, values.check);
    printingTo(process.stdout).write(`${sentences.join('\n')}\n`);
    return upToDate ? 0 : 1;
  });
}
