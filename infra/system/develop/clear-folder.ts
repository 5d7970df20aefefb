// Empties a data folder for the next scenario, unless it has work of another process.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OrderHead, orderTables } from '../../../subgraphs/order/store/tables.ts';
import { type DataFolder, openDataFolder } from '../../config/data-folder.ts';
import { readConfig } from '../config/config.ts';
import { openLog } from '../../logging/log.ts';
import { embeddedIn } from '../embedded.ts';
import { openWiring } from '../wiring.ts';

/** The ids of the orders that scenarios made in this folder. */
const MADE = 'orders-of-scenarios.json';
const LOCK = 'lock.sqlite'; // stays: it is locked meanwhile
const PARTNERS = ['payment-provider', 'ticket-issuer'];

/** The other entries that a system makes; trusted documents stay. */
const OURS =
  /^(\w+\.sqlite(-wal|-shm|-journal)?|offer-signing-key|internal-key|registry-token|demo-password|mail|supergraph|orders-of-scenarios\.json)$/;

/** Remembers an order that a scenario makes. */
export function noteOrder(folder: string, id: string): void {
  writeFileSync(join(folder, MADE), JSON.stringify([...notedIn(folder), id]));
}

const notedIn = (folder: string): string[] => {
  const file = join(folder, MADE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
};

/**
 * Deletes the data in the folder. Throws an Error with a sentence, and deletes nothing, when it is no data folder, when
 * a process uses it, or, unless `yes`, when it has orders that no scenario made.
 */
export async function clearFolder(folder: string, yes: boolean): Promise<void> {
  const entries = existsSync(folder) ? readdirSync(folder) : [];
  const [first] = entries;
  if (first === undefined) return;
  if (!entries.includes(LOCK)) throw new Error(`${folder} is no data folder of Fareloom: it has ${first} in it.`);
  const locked: DataFolder[] = [];
  try {
    const used = [folder, ...PARTNERS.map((name) => join(folder, name)).filter((path) => existsSync(path))];
    for (const path of used) locked.push(openDataFolder(path));
    if (!yes) await refuseOthersOrders(folder);
    for (const name of entries) {
      if (name === LOCK) continue;
      if (OURS.test(name) || PARTNERS.includes(name)) rmSync(join(folder, name), { recursive: true });
    }
  } catch (error) {
    throw new Error(`${(error as Error).message}\nNothing was deleted.`, { cause: error });
  } finally {
    for (const each of locked) each.release();
  }
}

async function refuseOthersOrders(folder: string): Promise<void> {
  const made = notedIn(folder);
  const others = (await ordersIn(folder)).filter((id) => !made.includes(id));
  const [first] = others;
  if (first === undefined) return;
  const count = others.length === 1 ? 'an order' : `${others.length} orders`;
  throw new Error(
    `${folder} has ${count} that npm run reset did not make, such as ${first}: add --yes to delete all of its data.`,
  );
}

/** The ids of all orders in the folder. */
async function ordersIn(folder: string): Promise<string[]> {
  if (!existsSync(join(folder, 'order.sqlite'))) return [];
  const log = openLog({ level: 'nothing', json: false });
  const wiring = openWiring(readConfig(embeddedIn(folder)), log, { readOnly: true });
  try {
    const db = await wiring.database(orderTables);
    return (await db.read().find(OrderHead, {}, { fields: ['id'] })).map(({ id }) => id);
  } catch (cause) {
    throw new Error(`The orders in ${folder} cannot be read (${(cause as Error).message}): add --yes to delete them.`, { cause }); // prettier-ignore
  } finally {
    await wiring.close();
  }
}
