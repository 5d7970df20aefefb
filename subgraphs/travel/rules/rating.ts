// Ratings, stored as integers in tenths so that equal ratings compare equal. 0 means unrated.

/** The mean of ratings from 1 to 5, in tenths and rounded half up; 0 without a rating. */
export const mean = (ratings: readonly number[]): number =>
  ratings.length ? Math.round((ratings.reduce((sum, rating) => sum + rating, 0) * 10) / ratings.length) : 0;

/** The public form of a rating in tenths: 43 is 4.3; null if unrated. */
export const ratingShown = (tenths: number): number | null => (tenths ? tenths / 10 : null);
