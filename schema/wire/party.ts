// How many travel together. Apart from schema/terms/shopping.ts, which loads graphql: the configuration reads this before traces begin.

/** The most travellers that a carrier books in one go. */
export const MOST_TRAVELLERS = 9;
