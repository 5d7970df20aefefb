// Keyset pagination: the condition and the order that read a range of a list by an index, from either end.
import { isNonEmpty, type NonEmpty } from '../../schema/values/non-empty.ts';
import type { FilterQuery, QueryOrderMap } from '@mikro-orm/core';
import type { SortKeys, Page } from '../../schema/terms/connection.ts';

type Direction = 'asc' | 'desc';
/** The columns that order a list, as many as its cursors have keys. */
export type ListOrder<Row> = NonEmpty<readonly [column: keyof Row & string, direction: Direction]>;

/** The options with which `find` reads a page in reading order; combine the conditions with others by `$and`. */
export function keyset<Row>(order: ListOrder<Row>, { after, before, backward, most }: Page) {
  const conditions = [
    ...(after ? [beyond(order, after, true)] : []),
    ...(before ? [beyond(order, before, false)] : []),
  ];
  const flip = (direction: Direction): Direction => ((direction === 'asc') === backward ? 'desc' : 'asc');
  const orderBy = Object.fromEntries(order.map(([column, direction]) => [column, flip(direction)]));
  return {
    conditions: conditions as unknown as FilterQuery<Row>[],
    page: { orderBy: orderBy as QueryOrderMap<Row>, limit: most },
  };
}

/** Rows after a position of the list, or before it. An index can use only the bound on the first column alone. */
function beyond<Row>([first, ...rest]: ListOrder<Row>, [key, ...keys]: SortKeys, isBehind: boolean): object {
  const [column, direction] = first;
  const operator = (direction === 'asc') === isBehind ? '$gt' : '$lt';
  const strictly = { [column]: { [operator]: key } };
  if (!isNonEmpty(rest)) return strictly;
  return { [column]: { [`${operator}e`]: key }, $or: [strictly, beyond(rest, keys, isBehind)] };
}
