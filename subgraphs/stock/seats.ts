// What may be said of the seats on sale.

/** The most that is told: more would tell rivals how a departure sells. */
export const MOST_SHOWN = 9;

/** The seats left as the public may know them: 9 means nine or more. */
export const shown = (available: number): number => Math.min(available, MOST_SHOWN);
