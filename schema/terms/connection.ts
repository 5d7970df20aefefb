// Relay connections with keyset cursors: pagination for all subgraphs.
import { fault } from '../errors.ts';
import { isStorable } from '../values/storable.ts';

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** The sort keys of a row; the last one distinguishes rows with equal keys. */
export type SortKeys = readonly (string | number)[];

/** The range of a list, between two positions, from which a page of rows is read. */
export interface Page<K extends SortKeys = SortKeys> {
  after: K | null;
  before: K | null;
  /** Whether rows are read from the end of the range, last row first. */
  backward: boolean;
  /** Rows to read: one more than the page size, to know whether there are more. */
  most: number;
}

export interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** Counts the whole list; called only if a client selects it. */
  totalCount: () => number | Promise<number>;
}

/** The first rows of a list, for internal reads without page arguments. */
export const fromStart = (most: number): Page<never> => ({ after: null, before: null, backward: false, most });

/** The maximum page size. */
const MOST = 100;

/** `first` or `last`, or the default of 20. BAD_USER_INPUT when it is not 1 to 100, or both are given. */
export function pageSize({ first, last }: PageArgs): number {
  const isBoth = (first ?? null) !== null && (last ?? null) !== null;
  if (isBoth) throw fault('BAD_USER_INPUT', 'last: give either first or last, not both.', { argument: 'last' });
  const argument = (last ?? null) === null ? 'first' : 'last';
  const size = first ?? last ?? 20;
  if (size < 1 || size > MOST) {
    const message = `${argument}: ${size} is not possible; 1 to ${MOST} are allowed.`;
    throw fault('BAD_USER_INPUT', message, { argument });
  }
  return size;
}

/**
 * The range of the list by the page arguments; `shape` gives the types of its keys. BAD_USER_INPUT as in pageSize and
 * keysOf.
 */
export const pageOf = <K extends SortKeys>(list: string, shape: K, args: PageArgs): Page<K> => ({
  after: keysOf(list, shape, args, 'after'),
  before: keysOf(list, shape, args, 'before'),
  backward: (args.last ?? null) !== null,
  most: pageSize(args) + 1,
});

/** A keyset as an opaque cursor. `list` names the list and its order, so that no other list accepts the cursor. */
export const cursorOf = (list: string, keys: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify([list, ...keys])).toString('base64url');

/**
 * The keyset in the cursor `after` or `before`, or null without one. BAD_USER_INPUT if it is not a cursor of this list
 * and order; the keys must have the types of `shape`.
 */
export function keysOf<K extends SortKeys>(
  list: string,
  shape: K,
  args: PageArgs,
  argument: 'after' | 'before' = 'after',
): K | null {
  const cursor = args[argument];
  if (cursor === null || cursor === undefined) return null;
  try {
    const [name, ...keys] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [string, ...K];
    const fits = keys.length === shape.length && keys.every((key, i) => typeof key === typeof shape[i] && isOurs(key));
    if (name === list && fits) return keys;
  } catch {
    // refused below, with the same message as every other invalid cursor
  }
  const source = argument === 'after' ? 'the endCursor of its page before' : 'the startCursor of its page after';
  const message = `${argument}: this is not a cursor of this list; give ${source}, with the same order.`;
  throw fault('BAD_USER_INPUT', message, { argument });
}

/** Our cursors contain only finite numbers and text that a database can store. */
const isOurs = (key: string | number): boolean => (typeof key === 'number' ? Number.isFinite(key) : isStorable(key));

/** The page of these rows, which are in reading order and one more than the page size if there are more. */
export function connection<T>(
  rows: readonly T[],
  { after, before, backward, most }: Page,
  cursor: (row: T) => string,
  totalCount: Connection<T>['totalCount'],
): Connection<T> {
  const shown = rows.slice(0, most - 1);
  if (backward) shown.reverse();
  const edges = shown.map((node) => ({ cursor: cursor(node), node }));
  const goesOn = rows.length >= most;
  const pageInfo = {
    hasNextPage: backward ? before !== null : goesOn, // the cursor's own row follows the rows read before it
    hasPreviousPage: backward ? goesOn : after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo, totalCount };
}

/** The rows of a page, in reading order, out of a whole list in its own order. */
export function cut<T, K extends SortKeys>(
  rows: readonly T[],
  { after, before, backward, most }: Page<K>,
  place: (row: T) => K,
  compare: (a: K, b: K) => number,
): T[] {
  const between = rows.filter(
    (row) => (!after || compare(place(row), after) > 0) && (!before || compare(place(row), before) < 0),
  );
  return (backward ? between.reverse() : between).slice(0, most);
}
