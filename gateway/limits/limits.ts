// Limits of one request. Each number is at least three times the need of the largest honest operation:
// test/journeys/limits.test.ts measures these operations and fails if one comes too close to a limit.

/** Limits of a document, counted with its fragments expanded: a fragment that is spread twice counts twice. */
export interface DocumentLimits {
  /** Levels of nested fields. */
  depth: number;
  /** Total number of fields and fragments. */
  selections: number;
  /** Fields with an alias. */
  aliases: number;
  /** Fields of Query in one operation. */
  queries: number;
  /** Fields of Mutation in one operation, which are executed one after another. */
  mutations: number;
  directives: number;
  /** How often one field of one object is selected. */
  repeats: number;
  /** Items of one list, in the document or in a variable. */
  listItems: number;
  /** Levels of nested lists and objects, in the document or in a variable. */
  nesting: number;
  /** Characters of the longest name: an alias is sent once but repeated in the response for each item of a list. */
  name: number;
}

export interface Limits extends DocumentLimits {
  /** Tokens of a document; the parser stops at the limit. */
  tokens: number;
  /** Values in all variables together: texts, numbers, lists, objects. */
  values: number;
  /** Cost of an operation: see cost.ts. */
  cost: number;
  /** Estimated steps of the query planner: see planning.ts. */
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
  listItems: 1_500, // a file of fares is sent 500 fares at a time
  nesting: 24,
  name: 100,
  values: 30_000, // 500 fares
  cost: 12_000,
  planning: 1_500,
};

/** Bytes of a request's body. A file of fares is sent in parts of 80,000. */
export const LARGEST_BODY = 100_000;

/** Maximum number of errors of one service in a response, and of one fetch: the number of nodes in a page. */
export const MOST_PATHS = 100;
/** Maximum number of deferred parts in one response; what would be more comes with the part around it. */
export const MOST_PARTS = 500;
/** Maximum number of client errors in one response. */
export const MOST_ERRORS = 5;
/** The number of errors after which GraphQL stops; it then adds one that says so. */
export const STOP_AT_ERROR = MOST_ERRORS - 1;

/** The query planner's own bounds. */
export const PLANS = {
  /** Plans compared for one operation; the largest honest operation has a single plan. */
  compared: 100,
  /** Paths to one field that the planner follows; the largest honest operation has three. */
  paths: 100,
  /** Size of the plan cache in MiB; the most recently used plans stay. */
  cached: 16,
};
