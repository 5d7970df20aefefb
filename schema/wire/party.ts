// The limit on travellers, separate from schema/terms/shopping.ts, which loads graphql: the configuration reads this
// file before tracing starts.

/** The maximum number of travellers in one booking of a carrier. */
export const MOST_TRAVELLERS = 9;
