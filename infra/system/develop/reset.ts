// A fresh data folder with orders in chosen states: npm run reset [-- SCENARIO... [--data FOLDER] [--yes]]
import { parseArgs } from 'node:util';
import { MINUTE } from '../../../schema/terms/durations.ts';
import { isEmbedded } from '../../config/adapter-url.ts';
import { publicUrlOf } from '../config/derived.ts';
import { readConfig } from '../config/config.ts';
import { nearestName } from '../../config/nearest-name.ts';
import { printingTo } from '../../logging/printable.ts';
import { runCommand } from '../../process/command.ts';
import { clearFolder, noteOrder } from './clear-folder.ts';
import { openShop, type Scenario, scenarios, STOPPED } from './scenarios.ts';
import { openWorkbench } from './workbench.ts';

const BEFORE = 20 * MINUTE; // the first scenario begins this long ago: what it lets pass is over by now

const ALL = 'all';
const WIDTH = Math.max(...Object.keys(scenarios).map((name) => name.length));
const line = (name: string, says: string): string => `  ${name.padEnd(WIDTH)}  ${says}\n`;
const listed =
  Object.entries(scenarios)
    .map(([name, { says }]) => line(name, `an order that ${says}`))
    .join('') + line(ALL, 'one of each');

const say = (text: string) => printingTo(process.stdout).write(text);

/** The scenarios of these names, in the order of making. Throws an Error with a sentence. */
function chosen(names: readonly string[]): Scenario[] {
  const known = [...Object.keys(scenarios), ALL];
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    throw new Error(`There is no scenario ${name}${near ? `; did you mean ${near}?` : `. There are:\n${listed}`}`);
  }
  return Object.entries(scenarios).flatMap(([name, scenario]) =>
    names.includes(ALL) || names.includes(name) ? [scenario] : [],
  );
}

/** The data folder of npm start. */
function usualFolder(): string {
  const { DATABASE_URL } = readConfig(process.env);
  if (isEmbedded(DATABASE_URL)) return DATABASE_URL.slice('sqlite:'.length) || '.data';
  throw new Error('npm run reset makes embedded databases: unset DATABASE_URL, or name a folder with --data.');
}

/** Makes the orders and returns their ids: first those that need every worker, then those that a worker would take further. */
async function make(folder: string, wanted: readonly Scenario[]): Promise<ReadonlyMap<Scenario, string>> {
  const now = new Date();
  const { PORT, PUBLIC_URL } = process.env;
  const env = {
    PUBLIC_URL: publicUrlOf(readConfig({ PORT, PUBLIC_URL })), // mails link to the system that npm start will start
    UNPAID_SEATS: 'off', // one traveller makes all orders
  };
  const made = new Map<Scenario, string>();

  async function play(part: 'begin' | 'leave', start: Date, without: readonly string[], isLast: boolean) {
    const workbench = await openWorkbench({ folder, now: start, env, without });
    const shop = openShop(workbench, (id) => noteOrder(folder, id));
    try {
      for (const scenario of wanted) {
        const id = await scenario[part]?.(shop, made.get(scenario) ?? '');
        if (id === undefined) continue;
        await shop.settled();
        workbench.clock.set(now);
        made.set(scenario, id);
      }
      for (const [{ status }, id] of isLast ? made : []) {
        const seen = (await shop.order(id)).status;
        if (seen !== status) throw new Error(`The order ${id} is ${seen}, and should be ${status}.`);
      }
    } finally {
      await workbench.stop();
    }
  }

  const isLeft = wanted.some(({ leave }) => leave);
  await play('begin', new Date(now.getTime() - BEFORE), [], !isLeft);
  if (isLeft) await play('leave', now, STOPPED, true);
  return made;
}

/** How to look at an order: one that a worker would take further needs a system without that worker. */
const howToSee = (folder: string, { leave }: Scenario, id: string): string =>
  `npm run repl -- --data ${folder}${leave ? ` --without ${STOPPED.join()}` : ''}, then await order('${id}')`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { data: { type: 'string' }, yes: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (!positionals.length) {
    say(`npm run reset -- SCENARIO... [--data FOLDER] [--yes] makes a fresh data folder with:\n${listed}`);
    return;
  }
  const wanted = chosen(positionals);
  const folder = values.data ?? usualFolder();
  await clearFolder(folder, values.yes);
  say(`Making the data of ${folder}: up to a minute.\n`);
  for (const [scenario, id] of await make(folder, wanted)) {
    say(`${id}  ${scenario.status.padEnd(WIDTH)}  ${howToSee(folder, scenario, id)}\n`);
  }
  say('They belong to traveller@fareloom.example; npm run account -- demo-password shows the password.\n');
}

if (import.meta.main) await runCommand(main);
