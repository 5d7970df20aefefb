// Relay connections with keyset cursors: one way to page for every room.
import { fault } from './errors.ts';
import { isStorable } from './storable-text.ts';

export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

export interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** The largest page. */
const MOST = 100;

/** `first`, or the default of 20. BAD_USER_INPUT when it is not 1 to 100. */
export function pageSize({ first }: PageArgs): number {
  const size = first ?? 20;
  if (size < 1 || size > MOST) {
    throw fault('BAD_USER_INPUT', `first: ${size} is not possible; 1 to ${MOST} are allowed.`, { argument: 'first' });
  }
  return size;
}

/** A keyset as an opaque cursor. `list` names the list and its order, so that no other list accepts the cursor. */
export const cursorOf = (list: string, keys: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify([list, ...keys])).toString('base64url');

/**
 * The keyset in the cursor `after`, or null without one. BAD_USER_INPUT when it is not a cursor of this list in
 * this order: the types of `shape` are those of the keys.
 */
export function keysOf<K extends readonly (string | number)[]>(list: string, shape: K, { after }: PageArgs): K | null {
  if (after === null || after === undefined) return null;
  try {
    const [name, ...keys] = JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as [string, ...K];
    const fits = keys.length === shape.length && keys.every((key, i) => typeof key === typeof shape[i] && isOurs(key));
    if (name === list && fits) return keys;
  } catch {
    // refused below, in the same words as every other broken cursor
  }
  throw fault(
    'BAD_USER_INPUT',
    'after: this is not a cursor of this list; give the endCursor of its page before, with the same order.',
    { argument: 'after' },
  );
}

/** Nothing of ours is without an end or is text that a database would stumble over. */
const isOurs = (key: string | number): boolean => (typeof key === 'number' ? Number.isFinite(key) : isStorable(key));

/** A page of at most `size` of the rows; rows holds one more than the page where another page follows. */
export function connection<T>(rows: readonly T[], size: number, cursor: (row: T) => string): Connection<T> {
  const edges = rows.slice(0, size).map((node) => ({ cursor: cursor(node), node }));
  return { edges, pageInfo: { hasNextPage: rows.length > size, endCursor: edges.at(-1)?.cursor ?? null } };
}
