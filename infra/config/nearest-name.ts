// The known name that a misspelt one resembles.

const SHORTEST = 6; // letters; most words differ from PORT or HOST by a letter or two
const LONG = 12; // letters; from here on two slips still point to one name

/** The known name that `name` was meant to be: a slip or two away, or in other case. Undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const slips = name.length < SHORTEST ? 0 : name.length < LONG ? 1 : 2;
  const [nearest] = known
    .map((one) => ({ one, away: distance(name.toUpperCase(), one) }))
    .filter(({ away }) => away <= slips)
    .sort((a, b) => a.away - b.away);
  return nearest?.one;
}

/** How many letters were left out, put in, mistaken or swapped with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + (same ? 0 : 1),
        isSwapped ? rows[i - 2]![j - 2]! + 1 : Infinity,
      );
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
