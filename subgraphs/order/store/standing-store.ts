// How the orders stand, for who watches them: how many there are of each status, and since when the oldest is in it.
import { select } from '../../../infra/database/audit.ts';
import type { Database } from '../../../infra/database/database.ts';
import type { Standing } from '../../../infra/metrics/trade.ts';
import { ends, type OrderStatus, statuses } from '../rules/order.ts';

const COUNTED = 10_000; // orders of a status; ends grow for ever, and who counts them all each few seconds does nothing else
const LOOKED_AT = 1000; // orders; of those that were placed first, so that it is exact while fewer wait

/** The orders of every status. Two index ranges a status, however many there are. */
export const orderStandings = (db: Database): Promise<Standing[]> =>
  Promise.all(statuses.map((status) => standing(db, status)));

async function standing(db: Database, status: OrderStatus): Promise<Standing> {
  const [counted] = await select<{ orders: number | string }>(
    db,
    `select count(*) as orders from (select id from order_head where status = ? limit ${COUNTED}) of_status`,
    [status],
  );
  const orders = Number(counted!.orders);
  return { status, orders, since: orders && !ends.includes(status) ? await entered(db, status) : null };
}

/** When the first of the status' orders took the step that led to it; its timeline says so. */
async function entered(db: Database, status: OrderStatus): Promise<number | null> {
  const [oldest] = await select<{ since: number | string | null }>(
    db,
    `select min(t.at) as since
      from (select id from order_head where status = ? order by id limit ${LOOKED_AT}) h
      join timeline_entry t on t.order_id = h.id and t.status = ?`,
    [status, status],
  );
  return oldest?.since == null ? null : Number(oldest.since);
}
