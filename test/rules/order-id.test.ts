// Order ids: sortable, unguessable, and verifiable by a subgraph that does not know the order yet.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOrderIdOf, newOrderId, orderIdKeys } from '../../schema/terms/order-id.ts';
import { type SigningKeys, signingKey } from '../../schema/wire/signing-key.ts';

const offerKeys = (...names: string[]) =>
  names.map((name) => signingKey(Buffer.alloc(32, name))) as unknown as SigningKeys;
const keys = orderIdKeys(offerKeys('one'));
const ids = Array.from({ length: 2000 }, () => newOrderId('acc_1', keys));

test('an order id has the form of every other id: a prefix and 26 lower-case characters', () => {
  for (const id of ids) assert.match(id, /^ord_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
  assert.equal(new Set(ids).size, ids.length);
});

test('ids sort by the millisecond of their creation', () => {
  const times = ids.map((id) => id.slice('ord_'.length, 'ord_'.length + 9)); // 45 of the 48 bits of the time
  assert.deepEqual(times.toSorted(), times);
});

test('an id is genuine for the account that it was created for, and for no other', () => {
  for (const id of ids.slice(0, 100)) {
    assert.ok(isOrderIdOf('acc_1', id, keys));
    assert.ok(!isOrderIdOf('acc_2', id, keys));
  }
});

test('an id with any one character changed is not genuine', () => {
  const [id] = ids as [string];
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: id.length - 1 }),
      fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz'),
      (place, digit) => {
        const changed = id.slice(0, place) + digit + id.slice(place + 1);
        assert.equal(isOrderIdOf('acc_1', changed, keys), changed === id);
      },
    ),
  );
});

test('a text that is not an order id is not genuine', () => {
  const [id] = ids as [string];
  const others = [
    '',
    'ord_',
    id.toUpperCase(),
    `${id} `,
    ` ${id}`,
    id.slice(0, -1),
    `${id}0`,
    id.replace('ord', 'pay'),
  ];
  for (const other of [...others, 'ord_01jq0000000000000000000000', '__proto__', `${id}\n`]) {
    assert.ok(!isOrderIdOf('acc_1', other, keys), JSON.stringify(other));
  }
  fc.assert(fc.property(fc.string(), (text) => assert.ok(!isOrderIdOf('acc_1', text, keys))));
});

test('during key rotation, ids of all current keys are genuine; ids of a removed key are not', () => {
  const rotated = orderIdKeys(offerKeys('two', 'one'));
  assert.ok(isOrderIdOf('acc_1', ids[0]!, rotated));
  assert.ok(isOrderIdOf('acc_1', newOrderId('acc_1', rotated), orderIdKeys(offerKeys('two'))));
  assert.ok(!isOrderIdOf('acc_1', ids[0]!, orderIdKeys(offerKeys('two'))));
});

test('the key that signs order ids is not the key of offers', () => {
  assert.ok(!isOrderIdOf('acc_1', ids[0]!, offerKeys('one')));
});
