// The fingerprint of a request's input: the same for the same input, and for the inputs that are stored already.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { checkSameInput, fingerprint } from '../../schema/terms/idempotency-key.ts';

describe('the fingerprint of an input', () => {
  test('is the same whatever the order of its fields; null and undefined count as absent', () => {
    const input = { contact: { email: 'a@example.com', phone: null }, offers: [{ token: 'a', travellers: [] }] };
    const same = { offers: [{ travellers: [], token: 'a' }], contact: { email: 'a@example.com' }, cart: undefined };
    assert.equal(fingerprint(input), fingerprint(same));
  });

  test('differs for another value, another order of a list, and a value in another field', () => {
    const all = [{ a: 1 }, { a: 2 }, { a: '1' }, { b: 1 }, ['a', 'b'], ['b', 'a'], { a: { b: 1 } }, {}, [], null];
    assert.equal(new Set(all.map(fingerprint)).size, all.length);
  });

  test('of a payment is the one that releases before stored', () => {
    const before = createHash('sha256').update('["ord_1","CARD"]').digest('base64url');
    assert.equal(fingerprint(['ord_1', 'CARD']), before);
    assert.equal(fingerprint([1250, 'INR']), createHash('sha256').update('[1250,"INR"]').digest('base64url'));
  });
});

test('a key with another input is a conflict that names its argument', () => {
  checkSameInput(fingerprint(['a']), fingerprint(['a']), 'idempotencyKey');
  assert.throws(() => checkSameInput(fingerprint(['a']), fingerprint(['b']), 'input.idempotencyKey'), {
    extensions: { code: 'IDEMPOTENCY_CONFLICT', argument: 'input.idempotencyKey' },
  });
});
