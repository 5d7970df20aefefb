// The sales of a departure by day, from its ledger.

/** A ledger line about sales: seats sold (+) or returned (-), and when. */
export interface SaleLine {
  sold: number;
  at: Date;
}

/** The seats sold and returned on one day, in UTC. */
export interface SalesDay {
  date: string;
  sold: number;
  returned: number;
}

/** The days with sales or returns, oldest first. */
export function salesByDay(lines: readonly SaleLine[]): SalesDay[] {
  const byDay = Map.groupBy(lines, ({ at }) => at.toISOString().slice(0, 10));
  return [...byDay]
    .map(([date, some]) => ({
      date,
      sold: some.reduce((sum, { sold }) => sum + Math.max(sold, 0), 0),
      returned: some.reduce((sum, { sold }) => sum + Math.max(-sold, 0), 0),
    }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}
