// The order id: time-sortable like every id, and ending in a check that proves which account it was made for.
// Events reach other subgraphs late; with the check they can tell an order they have not heard of yet from one that never was.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { typeidUnboxed } from 'typeid-js';
import { derivedKeys, type Keys, type SigningKey } from '../wire/signing-key.ts';

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'; // the base 32 of TypeID
// 40 of the 128 bits. A guess passes once in 10^12, and gains no more than a NOT_READY; 34 random bits a millisecond stay.
const CHECK_LENGTH = 8;
const ORDER_ID = new RegExp(`^ord_[${DIGITS}]{26}$`);

/** The keys of the check, from those that sign offers: every process that needs the one kind has the other. */
export const orderIdKeys = (offerKeys: Keys): Keys => derivedKeys(offerKeys, 'fareloom order id');

/** A new id for an order of this account, as ord_ and 26 digits; of two in one millisecond either may sort first. */
export function newOrderId(account: string, [key]: Keys): string {
  const body = typeidUnboxed('ord').slice(0, -CHECK_LENGTH);
  return body + check(body, account, key);
}

/**
 * Whether one of the keys made the id for this account. The account is part of the check, so that the id of another
 * account's order looks like any invented one. Ids of releases before the check are never genuine.
 */
export function isOrderIdOf(account: string, id: string, keys: readonly SigningKey[]): boolean {
  if (!ORDER_ID.test(id)) return false;
  const body = id.slice(0, -CHECK_LENGTH);
  const given = Buffer.from(id.slice(-CHECK_LENGTH));
  return keys.some((key) => timingSafeEqual(given, Buffer.from(check(body, account, key))));
}

function check(body: string, account: string, { secret }: SigningKey): string {
  const mac = createHmac('sha256', secret).update(`${body} ${account}`).digest();
  return Array.from({ length: CHECK_LENGTH }, (_, i) => DIGITS[mac[i]! % DIGITS.length]).join('');
}
