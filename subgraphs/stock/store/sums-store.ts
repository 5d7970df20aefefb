// How many seats there are, for who watches them.
import { select } from '../../../infra/database/audit.ts';
import type { Database } from '../../../infra/database/database.ts';
import type { Seats } from '../../../infra/metrics/trade.ts';

const FURTHEST_WEST = 12 * 3_600_000; // ms; a departure is written in local time, and there it can be this much earlier

/** The seats of each cabin on the departures to come. Reads all of them: not for every request. */
export async function seatSums(db: Database, now: Date): Promise<Seats[]> {
  const since = new Date(now.getTime() - FURTHEST_WEST).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
  const rows = await select<Record<keyof Seats, string>>(
    db,
    `select cabin, sum(available) as available, sum(held) as held, sum(sold) as sold
      from departure where departs >= ? group by cabin`,
    [since],
  );
  return rows.map(({ cabin, available, held, sold }) => ({
    cabin,
    available: Number(available),
    held: Number(held),
    sold: Number(sold),
  }));
}
