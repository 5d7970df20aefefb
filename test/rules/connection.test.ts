// Pagination: page sizes, cursors that no other list accepts, and where a page ends.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { GraphQLError } from 'graphql';
import {
  connection,
  cursorOf,
  cut,
  fromStart,
  keysOf,
  type PageArgs,
  pageOf,
  pageSize,
} from '../../schema/terms/connection.ts';

const refusalOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    const { message, extensions } = error as GraphQLError;
    return { message, ...extensions };
  }
  return undefined;
};

describe('a page', () => {
  for (const [first, size] of [
    [undefined, 20],
    [null, 20],
    [1, 1],
    [100, 100],
  ] as const) {
    // prettier-ignore
    test(`of ${first} is of ${size}`, () => {
      assert.equal(pageSize({ first }), size);
    });
  }

  for (const first of [0, -1, 101, 2 ** 31 - 1]) {
    test(`of ${first} is refused`, () => {
      assert.deepEqual(refusalOf(() => pageSize({ first })), {
        message: `first: ${first} is not possible; 1 to 100 are allowed.`,
        code: 'BAD_USER_INPUT',
        argument: 'first',
      }); // prettier-ignore
    });
  }

  for (const [rows, edges, pageInfo] of [
    ['', '', { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }],
    ['a', 'a', { hasNextPage: false, hasPreviousPage: false, startCursor: 'A', endCursor: 'A' }],
    ['ab', 'ab', { hasNextPage: false, hasPreviousPage: false, startCursor: 'A', endCursor: 'B' }],
    ['abc', 'ab', { hasNextPage: true, hasPreviousPage: false, startCursor: 'A', endCursor: 'B' }],
  ] as const) {
    test(`of two rows out of ${rows.length} knows whether another page follows`, () => {
      const { totalCount, ...page } = connection(
        [...rows],
        fromStart(3),
        (row) => row.toUpperCase(),
        () => rows.length,
      );
      assert.equal(totalCount(), rows.length);
      assert.deepEqual(page, {
        edges: [...edges].map((node) => ({ cursor: node.toUpperCase(), node })),
        pageInfo,
      });
    });
  }
});

describe('a list', () => {
  const place = (value: number): [number] => [value];
  const read = (list: readonly number[], args: PageArgs) => {
    const page = pageOf<readonly [number]>('numbers', [0], args);
    const rows = cut(list, page, place, ([a], [b]) => a - b);
    const { edges, pageInfo } = connection(
      rows,
      page,
      (value) => cursorOf('numbers', [value]),
      () => list.length,
    );
    return { values: edges.map(({ node }) => node), ...pageInfo };
  };
  const lists = fc.uniqueArray(fc.integer(), { maxLength: 30 }).map((list) => list.toSorted((a, b) => a - b));
  const sizes = fc.integer({ min: 1, max: 7 });

  test('is the same when read from its start and from its end, and its page info is right', () => {
    fc.assert(
      fc.property(lists, sizes, (list, size) => {
        const forward: number[] = [];
        for (let after: string | null = null, more = true; more;) {
          const page = read(list, { first: size, after });
          forward.push(...page.values);
          assert.equal(page.hasPreviousPage, after !== null);
          [after, more] = [page.endCursor, page.hasNextPage];
        }
        const backward: number[] = [];
        for (let before: string | null = null, more = true; more;) {
          const page = read(list, { last: size, before });
          backward.unshift(...page.values);
          assert.equal(page.hasNextPage, before !== null);
          [before, more] = [page.startCursor, page.hasPreviousPage];
        }
        assert.deepEqual([forward, backward], [list, list]);
      }),
    );
  });

  test('between two cursors has the items between them, from either end', () => {
    fc.assert(
      fc.property(lists, sizes, fc.integer(), fc.integer(), (list, size, low, high) => {
        const within = { after: cursorOf('numbers', [low]), before: cursorOf('numbers', [high]) };
        const between = list.filter((value) => value > low && value < high);
        assert.deepEqual(read(list, { ...within, first: size }).values, between.slice(0, size));
        assert.deepEqual(read(list, { ...within, last: size }).values, between.slice(-size));
      }),
    );
  });

  test('is read from one end only', () => {
    const { message, ...rest } = refusalOf(() => pageSize({ first: 1, last: 1 }))!;
    assert.deepEqual(rest, { code: 'BAD_USER_INPUT', argument: 'last' });
    assert.match(message, /either first or last/);
    assert.match(refusalOf(() => pageSize({ last: 101 }))!.message, /^last: 101 is not possible/);
  });
});

describe('a cursor', () => {
  const shape = [0, ''] as const;
  const read = (after?: string | null) => keysOf('offers PRICE', shape as readonly [number, string], { after });

  test('decodes to its keys, for any keys', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string({ unit: 'grapheme' }), (value, text) => {
        const cursor = cursorOf('offers PRICE', [value, text]);
        assert.match(cursor, /^[\w-]+$/); // opaque, and safe in a URL
        assert.deepEqual(read(cursor), [value, text]);
      }),
    );
  });

  test('that is omitted decodes to none', () => {
    assert.equal(read(), null);
    assert.equal(read(null), null);
  });

  const encode = (text: string) => Buffer.from(text).toString('base64url');
  for (const [what, cursor] of [
    ['an empty one', ''],
    ['no base64', '!!!'],
    ['no JSON', encode('offers PRICE')],
    ['no list', encode('5')],
    ['nothing', encode('null')],
    ['an object', encode('{"0":"offers PRICE"}')],
    ['one of another list', cursorOf('stays DEL', [1, 'a'])],
    ['one of another sort order', cursorOf('offers DURATION', [1, 'a'])],
    ['one with too few keys', cursorOf('offers PRICE', [1])],
    ['one with too many keys', cursorOf('offers PRICE', [1, 'a', 'b'])],
    ['one with keys of other types', cursorOf('offers PRICE', ['1', 'a'])],
    ['one with a null key', encode('["offers PRICE",1,null]')],
    ['one with an infinite number', encode('["offers PRICE",1e999,"a"]')],
    ['one with a control character', cursorOf('offers PRICE', [1, 'a\0'])],
    ['one that is truncated', cursorOf('offers PRICE', [1, 'abc']).slice(0, -4)],
  ] as const) {
    test(`is refused when it is ${what}`, () => {
      const { message, ...rest } = refusalOf(() => read(cursor))!;
      assert.deepEqual(rest, { code: 'BAD_USER_INPUT', argument: 'after' });
      assert.match(message, /^after: this is not a cursor of this list; give the endCursor /);
    });
  }
});
