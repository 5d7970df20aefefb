// Order numbers: short, readable, sortable, and with few collisions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A_SECOND, orderNumber, readNumber } from '../../subgraphs/order/rules/order-number.ts';

const START = Date.parse('2026-03-01T12:00:00Z');

test('a number has nine characters that cannot be mistaken for one another', () => {
  assert.equal(orderNumber(new Date('2024-01-01T00:00:00Z'), 0), '000-000-000');
  assert.equal(orderNumber(new Date('2024-01-01T00:00:31Z'), 32 ** 3 - 1), '000-00Z-ZZZ');
  assert.match(orderNumber(new Date(START), 12_345), /^[0-9A-HJKMNP-TV-Z]{3}(-[0-9A-HJKMNP-TV-Z]{3}){2}$/);
  assert.match(orderNumber(new Date('2057-12-31T00:00:00Z'), 0), /^Z/);
});

test('a number of a later second sorts later, whatever its random part and process', () => {
  const numbers = Array.from({ length: 5000 }, (_, second) =>
    orderNumber(new Date(START + second * 1000), (second * 7919) % A_SECOND),
  );
  assert.deepEqual([...numbers].sort(), numbers);
});

test('forty processes that draw a hundred thousand numbers, a hundred at a time, rarely collide, and draw again', () => {
  const taken = new Set<string>();
  let seed = 1;
  const draw = () => (seed = (seed * 48_271) % 2_147_483_647) % A_SECOND;
  let again = 0;
  for (let second = 0; second < 25; second++) {
    for (let order = 0; order < 40 * 100; order++) {
      const now = new Date(START + second * 1000);
      let number = orderNumber(now, draw());
      for (; taken.has(number); again++) number = orderNumber(now, draw());
      taken.add(number);
    }
  }
  assert.equal(taken.size, 100_000);
  assert.ok(again < 10_000, `${again} of 100000 were drawn again`);
});

test('a number is normalized however it is typed', () => {
  for (const typed of ['0X4-7QK-M21', '0x47qkm21', ' ox4 7qk m2l', 'OX4-7QK-M2I'])
    assert.equal(readNumber(typed), '0X4-7QK-M21');
});
