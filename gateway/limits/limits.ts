// How much one request may ask for. Each number is at least three times what the largest honest operation needs:
// test/journeys/limits.test.ts measures those and says so when one of them has outgrown its limit.

/** What is counted of a document, with its fragments spread out: one that is spread twice counts twice. */
export interface DocumentLimits {
  /** Fields under fields. */
  depth: number;
  /** Fields and fragments in all. */
  selections: number;
  /** Fields under another name. */
  aliases: number;
  /** Fields of Query in one operation. */
  queries: number;
  /** Fields of Mutation in one operation. Each is done, one after another, whoever asks. */
  mutations: number;
  directives: number;
  /** How often the same field of the same object is written. */
  repeats: number;
  /** Items of one list, written in the document or in a variable. */
  listItems: number;
  /** Lists and objects within each other, written in the document or in a variable. */
  nesting: number;
  /** Characters of the longest name: an alias is written once and stands in the answer for each thing of a list. */
  name: number;
}

export interface Limits extends DocumentLimits {
  /** Of a document, before it is parsed to its end. */
  tokens: number;
  /** Values in all variables together: texts, numbers, lists, objects. */
  values: number;
  /** What an operation may cost: see cost.ts. */
  cost: number;
  /** Steps that the query planner may have to think through: see planning.ts. */
  planning: number;
}

export const LIMITS: Limits = {
  tokens: 2_000,
  depth: 27,
  selections: 600,
  aliases: 30,
  queries: 20,
  mutations: 5,
  directives: 30,
  repeats: 30,
  listItems: 1_500, // a file of fares comes in 500 at a time
  nesting: 24,
  name: 100,
  values: 30_000, // 500 fares
  cost: 12_000,
  planning: 1_500,
};

/** Bytes of a request's body. A file of fares comes in parts of 80,000. */
export const LARGEST_BODY = 100_000;

/** Errors in one answer that are the client's to mend. */
export const MOST_ERRORS = 5;
/** Where GraphQL stops to look for more: it adds one that says so. */
export const STOP_AT_ERROR = MOST_ERRORS - 1;

/** The query planner's own bounds. */
export const PLANS = {
  /** Plans compared for one operation; the largest honest one has a single plan. */
  compared: 100,
  /** Ways to one field that are followed; the largest honest operation has three. */
  paths: 100,
  /** MiB of plans that are kept, the last used ones. */
  cached: 16,
};
