// How a departure sells: its ledger by days.

/** What the ledger tells of sales: seats sold (+) or given back (-), and when. */
export interface SaleLine {
  sold: number;
  at: Date;
}

/** The seats sold and given back on one day, in UTC. */
export interface SalesDay {
  date: string;
  sold: number;
  returned: number;
}

/** The days on which anything was sold or given back, the first one first. */
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
