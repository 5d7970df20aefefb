// Files the demo data, unless DEMO_DATA=off: node infra/demo-data.ts (a process that runs everything does so itself)
import { fileDemoData } from './assembly/demo-data.ts';
import { openRooms } from './assembly/rooms.ts';
import { runCommand } from './command.ts';
import { readConfig } from './env.ts';
import { openLog } from './log.ts';
import { openWiring } from './wiring.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = openLog({ level: config.LOG_LEVEL, json: config.LOG_FORMAT === 'json' });
  if (config.DEMO_DATA !== 'on') return;
  const wiring = openWiring(config, log);
  await fileDemoData({ wiring, rooms: openRooms(wiring) });
  await wiring.close();
}

if (import.meta.main) await runCommand(main);
