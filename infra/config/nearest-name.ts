// Finds the known name that a misspelt name resembles.

const SHORTEST = 6; // letters; most words differ from PORT or HOST by one or two letters
const LONG = 12; // letters; from this length on, two typing errors still point to one name

/**
 * The known name that `name` was meant to be: one or two typing errors away, whatever the case. Undefined if none is
 * near.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const slips = name.length < SHORTEST ? 0 : name.length < LONG ? 1 : 2;
  const [nearest] = known
    .map((one) => ({ one, away: distance(name.toUpperCase(), one.toUpperCase()) }))
    .filter(({ away }) => away <= slips)
    .sort((a, b) => a.away - b.away);
  return nearest?.one;
}

/** The number of missing, extra, wrong or swapped letters (optimal string alignment). */
export function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity; // outside, there is no way
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (same ? 0 : 1),
        isSwapped ? at(i - 2, j - 2) + 1 : Infinity,
      );
    }
  }
  return at(a.length, b.length);
}
