// Order counts by status, and since when the oldest order has been in it, for monitoring.
import { oneRow } from '../../../infra/database/one-row.ts';
import { select } from '../../../infra/database/audit.ts';
import type { Database } from '../../../infra/database/database.ts';
import type { OrderCount } from '../../../infra/metrics/trade.ts';
import { ends, type OrderStatus, orderStatuses } from '../rules/order.ts';

const COUNTED = 10_000; // orders of a status; final statuses grow for ever, and counting all of them every few seconds would be too expensive
const LOOKED_AT = 1000; // orders, those placed first: the result is exact while fewer orders are in the status

/** The count and age of each status. Reads two index ranges for each status, however many orders there are. */
export const orderStandings = (db: Database): Promise<OrderCount[]> =>
  Promise.all(orderStatuses.map((status) => standing(db, status)));

async function standing(db: Database, status: OrderStatus): Promise<OrderCount> {
  const counted = await select<{ orders: number | string }>(
    db,
    `select count(*) as orders from (select id from order_head where status = ? limit ${COUNTED}) of_status`,
    [status],
  );
  const orders = Number(oneRow(counted).orders);
  return { status, orders, since: orders && !ends.includes(status) ? await entered(db, status) : null };
}

/** When the order that has been in the status longest entered it, according to the timelines. */
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
