// Sums of seats by cabin, for monitoring.
import { select } from '../../../infra/database/audit.ts';
import type { Database } from '../../../infra/database/database.ts';
import type { CabinSeats } from '../../../infra/metrics/trade.ts';
import { HOUR } from '../../../schema/terms/durations.ts';

const FURTHEST_WEST = 12 * HOUR; // departures are stored in local time, which can be this far behind UTC

/** The seats of each cabin on future departures. Reads all of them, so it is too slow for every request. */
export async function seatSums(db: Database, now: Date): Promise<CabinSeats[]> {
  const since = new Date(now.getTime() - FURTHEST_WEST).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
  const rows = await select<Record<keyof CabinSeats, string>>(
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
