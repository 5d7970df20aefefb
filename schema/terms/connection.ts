// Relay connections with keyset cursors: one way to page for every room.
import { fault } from '../errors.ts';
import { isStorable } from './storable-text.ts';

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** The keys of a row in the order of its list; the last one tells equals apart. */
export type Keys = readonly (string | number)[];

/** A stretch of a list, between two places of it, for a page of rows. */
export interface Page<K extends Keys = Keys> {
  after: K | null;
  before: K | null;
  /** Whether rows are read from the end of the stretch, the last row first. */
  backward: boolean;
  /** Rows to read: one more than the page has, to know whether the list goes on. */
  most: number;
}

export interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** Counts the whole list; called only where a client asks. */
  totalCount: () => number | Promise<number>;
}

/** The first rows of a list, for what reads no page of a client. */
export const fromStart = (most: number): Page<never> => ({ after: null, before: null, backward: false, most });

/** The largest page. */
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

/** The stretch of this list that the arguments ask for; `shape` gives the types of its keys. BAD_USER_INPUT as in pageSize and keysOf. */
export const pageOf = <K extends Keys>(list: string, shape: K, args: PageArgs): Page<K> => ({
  after: keysOf(list, shape, args, 'after'),
  before: keysOf(list, shape, args, 'before'),
  backward: (args.last ?? null) !== null,
  most: pageSize(args) + 1,
});

/** A keyset as an opaque cursor. `list` names the list and its order, so that no other list accepts the cursor. */
export const cursorOf = (list: string, keys: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify([list, ...keys])).toString('base64url');

/**
 * The keyset in the cursor `after` or `before`, or null without one. BAD_USER_INPUT when it is not a cursor of this list
 * in this order: the types of `shape` are those of the keys.
 */
export function keysOf<K extends Keys>(
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
    // refused below, in the same words as every other broken cursor
  }
  const source = argument === 'after' ? 'the endCursor of its page before' : 'the startCursor of its page after';
  const message = `${argument}: this is not a cursor of this list; give ${source}, with the same order.`;
  throw fault('BAD_USER_INPUT', message, { argument });
}

/** Nothing of ours is without an end or is text that a database would stumble over. */
const isOurs = (key: string | number): boolean => (typeof key === 'number' ? Number.isFinite(key) : isStorable(key));

/** The page of the rows that were read for it, in reading order: one more than it has where the list goes on. */
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
    hasNextPage: backward ? before !== null : goesOn, // the row of a cursor is beyond all that was read before it
    hasPreviousPage: backward ? goesOn : after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo, totalCount };
}

/** The rows of a page, in reading order, out of a whole list in its own order. */
export function cut<T, K extends Keys>(
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
