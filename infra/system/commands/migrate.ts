// Migrates every subgraph's database: npm run migrate; with -- --check it changes nothing, and fails when a migration
// is missing.
import { parseArgs } from 'node:util';
import { allTables } from '../stores.ts';
import { runCommand } from '../../process/command.ts';
import { printingTo } from '../../logging/printable.ts';
import { readConfig } from '../config/config.ts';
import { openLog } from '../../logging/log.ts';
import { openWiring } from '../wiring.ts';

/**
 * Opens each subgraph's database once, which runs missing migrations or, with `check`, fails because of them. Returns a
 * sentence per database, and whether all are up to date. It is safe to run twice, or in two processes at once.
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
    for (const each of await allTables()) {
      try {
        await wiring.database(each);
        sentences.push(`The ${each.database} database is up to date.`);
      } catch (error) {
        upToDate = false;
        sentences.push((error as Error).message);
      }
    }
  } finally {
    await wiring.close();
  }
  return { upToDate, sentences: [...new Set(sentences)] }; // a folder in use is the same reason for all
}

if (import.meta.main) {
  await runCommand(async () => {
    const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
    const { upToDate, sentences } = await migrate(process.env, values.check);
    printingTo(process.stdout).write(`${sentences.join('\n')}\n`);
    return upToDate ? 0 : 1;
  });
}
