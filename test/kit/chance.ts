// Seeded randomness for tests. The seed is in the test's output; set TEST_SEED to repeat a run.
import { randomInt } from 'node:crypto';

/** A seeded random source; prints its seed to the test's output. */
export function chance(t: { diagnostic(text: string): void }) {
  const seed = Number(process.env['TEST_SEED'] ?? randomInt(2 ** 31));
  t.diagnostic(`TEST_SEED=${seed}`);
  return seeded(seed);
}

/** A source of whole numbers from 0 to below a bound, the same for the same seed. */
export function seeded(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
