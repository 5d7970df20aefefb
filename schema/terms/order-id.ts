// The order id: time-sortable like every id, with a final check that proves its account. Events reach other subgraphs
// late; by the check they can distinguish an order that they have not heard of yet from one that does not exist.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { typeidUnboxed } from 'typeid-js';
import { derivedKeys, type SigningKeys, type SigningKey } from '../wire/signing-key.ts';

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'; // the base 32 of TypeID
// 40 of the 128 bits. A guess passes once in 10^12, and gets only NOT_READY; 34 random bits per millisecond remain.
const CHECK_LENGTH = 8;
const ORDER_ID = new RegExp(`^ord_[${DIGITS}]{26}$`);

/**
 * The keys of the check, derived from the keys that sign offers: every process that needs the former has the latter.
 */
export const orderIdKeys = (offerKeys: SigningKeys): SigningKeys => derivedKeys(offerKeys, 'fareloom order id');

/** A new order id for this account, as ord_ and 26 digits; the order of two ids of one millisecond is undefined. */
export function newOrderId(account: string, [key]: SigningKeys): string {
  const body = typeidUnboxed('ord').slice(0, -CHECK_LENGTH);
  return body + check(body, account, key);
}

/**
 * Whether the id was made for this account with one of the keys. The account is part of the check, so the id of another
 * account's order looks like any invented id. Ids from releases before the check never pass.
 */
export function isOrderIdOf(account: string, id: string, keys: readonly SigningKey[]): boolean {
  if (!ORDER_ID.test(id)) return false;
  const body = id.slice(0, -CHECK_LENGTH);
  const given = Buffer.from(id.slice(-CHECK_LENGTH));
  return keys.some((key) => timingSafeEqual(given, Buffer.from(check(body, account, key))));
}

function check(body: string, account: string, { hmac }: SigningKey): string {
  const mac = createHmac('sha256', hmac).update(`${body} ${account}`).digest();
  return Array.from(mac.subarray(0, CHECK_LENGTH), (byte) => DIGITS[byte % DIGITS.length]).join('');
}
