// Files the demo data, unless DEMO_DATA=off: node infra/system/demo/demo-data.ts (the all-in-one process does so
// itself)
import { fileDemoData } from './fill.ts';
import { shareStores } from '../stores.ts';
import { runCommand } from '../../process/command.ts';
import { readConfig } from '../config/config.ts';
import { openLog } from '../../logging/log.ts';
import { openWiring } from '../wiring.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = openLog({ level: config.LOG_LEVEL, json: config.LOG_FORMAT === 'json' });
  if (config.DEMO_DATA !== 'on') return;
  const wiring = openWiring(config, log);
  await fileDemoData(shareStores(wiring));
  await wiring.close();
}

if (import.meta.main) await runCommand(main);
