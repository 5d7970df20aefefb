// What guests' ratings come to: in tenths inside, so that equal is equal, and 0 for what nobody has rated.

/** The mean of ratings from 1 to 5, in tenths and rounded half up; 0 without a rating. */
export const mean = (ratings: readonly number[]): number =>
  ratings.length ? Math.round((ratings.reduce((sum, rating) => sum + rating, 0) * 10) / ratings.length) : 0;

/** A rating in tenths as the public reads it: 43 is 4.3; null for what nobody has rated. */
export const shown = (tenths: number): number | null => (tenths ? tenths / 10 : null);
