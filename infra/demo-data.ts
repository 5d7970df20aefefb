// Files the demo data, unless DEMO_DATA=off: node infra/demo-data.ts (a process that runs everything does so itself)
import { fileDemoData } from './assembly/demo-data.ts';
import { openRooms } from './assembly/rooms.ts';
import { readConfig } from './env.ts';
import { openLog } from './log.ts';
import { openWiring } from './wiring.ts';

const config = readConfig(process.env);
const log = openLog({ level: config.LOG_LEVEL, json: config.LOG_FORMAT === 'json' });
if (config.DEMO_DATA === 'on') {
  const wiring = openWiring(config, log);
  await fileDemoData({ wiring, rooms: openRooms(wiring) });
  await wiring.close();
}
