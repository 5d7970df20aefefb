// Paging: page sizes, cursors that no other list accepts, and where a page ends.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { GraphQLError } from 'graphql';
import { connection, cursorOf, keysOf, pageSize } from '../../schema/connection.ts';

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
    ['', '', { hasNextPage: false, endCursor: null }],
    ['a', 'a', { hasNextPage: false, endCursor: 'A' }],
    ['ab', 'ab', { hasNextPage: false, endCursor: 'B' }],
    ['abc', 'ab', { hasNextPage: true, endCursor: 'B' }],
  ] as const) {
    test(`of two rows out of ${rows.length} knows whether another follows`, () => {
      const page = connection([...rows], 2, (row) => row.toUpperCase());
      assert.deepEqual(page, {
        edges: [...edges].map((node) => ({ cursor: node.toUpperCase(), node })),
        pageInfo,
      });
    });
  }
});

describe('a cursor', () => {
  const shape = [0, ''] as const;
  const read = (after?: string | null) => keysOf('offers PRICE', shape as readonly [number, string], { after });

  test('gives its keys back, whatever they are', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string({ unit: 'grapheme' }), (value, text) => {
        const cursor = cursorOf('offers PRICE', [value, text]);
        assert.match(cursor, /^[\w-]+$/); // opaque, and safe in an address
        assert.deepEqual(read(cursor), [value, text]);
      }),
    );
  });

  test('that is not given is none', () => {
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
    ['one of another order', cursorOf('offers DURATION', [1, 'a'])],
    ['one with too few keys', cursorOf('offers PRICE', [1])],
    ['one with too many keys', cursorOf('offers PRICE', [1, 'a', 'b'])],
    ['one with keys of other types', cursorOf('offers PRICE', ['1', 'a'])],
    ['one with a key that is null', encode('["offers PRICE",1,null]')],
    ['one with a number without an end', encode('["offers PRICE",1e999,"a"]')],
    ['one with a control character', cursorOf('offers PRICE', [1, 'a\0'])],
    ['one that was cut', cursorOf('offers PRICE', [1, 'abc']).slice(0, -4)],
  ] as const) {
    test(`is refused when it is ${what}`, () => {
      const { message, ...rest } = refusalOf(() => read(cursor))!;
      assert.deepEqual(rest, { code: 'BAD_USER_INPUT', argument: 'after' });
      assert.match(message, /^after: this is not a cursor of this list; give the endCursor /);
    });
  }
});
