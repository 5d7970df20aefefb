// The offer token: the promised offer is read back unchanged, and any other token is refused.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { type PromisedOffer, readOffer, signOffer } from '../../schema/terms/offer-token.ts';
import { namedKey, type SigningKey } from '../../schema/wire/signing-key.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const key: SigningKey = namedKey('one', Buffer.alloc(32, 1));
const other: SigningKey = namedKey('two', Buffer.alloc(32, 2));

const offer: PromisedOffer = {
  offerId: 'off_abc',
  departureId: 'dep_abc',
  cabin: 'ECONOMY',
  brand: 'STANDARD',
  conditions: {
    refundable: true,
    refundFeePercent: 25,
    refundableUntilHours: 24,
    note: 'Ü 無',
  },
  slices: [
    {
      origin: 'DEL',
      destination: 'BLR',
      departure: '2026-03-24T22:20:00+05:30',
      arrival: '2026-03-25T01:10:00+05:30',
      stops: ['BOM'],
      carrier: '6E',
      flightNumber: null,
    },
  ],
  travellers: [
    { type: 'ADULT', count: 2, each: 389_700 },
    { type: 'INFANT', count: 1, each: 38_970 },
  ],
  total: 818_370,
  currency: 'INR',
  asOf: '2026-03-01T11:50:00.000Z',
  expiresAt: '2026-03-01T12:20:00.000Z',
};

const token = signOffer(offer, key);
const [head, body, mac] = token.split('.') as [string, string, string];
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const read = (text: string, keys = [key], now = NOW) => readOffer(text, keys, now);

/** A correctly signed token with a given header and payload. */
function forged(header: object, payload: unknown, { secret }: SigningKey = key): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
const HEADER = { alg: 'HS256', typ: 'offer+jws', kid: 'one' };

describe('an offer token', () => {
  test('returns the whole promised offer', () => {
    assert.deepEqual(read(token), offer);
    assert.deepEqual(read(forged(HEADER, offer)), offer); // the baseline of the refusals below
  });

  test('is valid until 30 s after its expiry, because another clock may have set it, and no longer', () => {
    const end = Date.parse(offer.expiresAt);
    assert.deepEqual(read(token, [key], new Date(end + 29_999)), offer);
    assert.equal(read(token, [key], new Date(end + 30_000)), 'EXPIRED');
  });

  test('is never valid after the departure of its flight', () => {
    const departing = { ...offer, expiresAt: '2026-03-24T16:50:00.000Z' };
    const departure = Date.parse(departing.slices[0].departure);
    assert.equal(departure, Date.parse(departing.expiresAt));
    assert.deepEqual(read(signOffer(departing, key), [key], new Date(departure - 1)), departing);
    assert.equal(read(signOffer(departing, key), [key], new Date(departure)), 'EXPIRED');
  });

  test('is accepted with any current key, and with no other', () => {
    assert.deepEqual(read(token, [other, key]), offer);
    assert.equal(read(token, [other]), 'INVALID');
    assert.equal(read(token, []), 'INVALID');
    assert.equal(read(token, [{ ...other, id: key.id }]), 'INVALID');
  });

  test('is not reported as expired if its signature is wrong', () => {
    const late = new Date('2027-01-01T00:00:00Z');
    assert.equal(read(token, [{ ...other, id: key.id }], late), 'INVALID');
  });

  test('is refused with any character of its header or payload changed', () => {
    const text = `${head}.${body}`;
    for (let at = 0; at < text.length; at++) {
      if (text[at] === '.') continue;
      const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      assert.equal(read(`${changed}.${mac}`), 'INVALID', `character ${at}`);
    }
  });

  test('is refused with any bit of its signature changed', () => {
    const bytes = Buffer.from(mac, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      assert.equal(read(`${head}.${body}.${changed.toString('base64url')}`), 'INVALID', `bit ${bit}`);
    }
  });

  /** Another character that base64 decodes to the same last bits. */
  const twin = (char: string) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    return alphabet[alphabet.indexOf(char) ^ 1]!;
  };
  const cheaper = encode({ ...offer, total: 1 });
  for (const [what, text] of [
    ['an empty one', ''],
    ['a word', 'token'],
    ['one without a signature', `${head}.${body}`],
    ['one with an empty signature', `${head}.${body}.`],
    ['one with half a signature', `${head}.${body}.${mac.slice(0, 22)}`],
    ['one with padding', `${token}=`],
    ['one with a line break', `${token}\n`],
    ['one whose last character has other spare bits', token.slice(0, -1) + twin(token.at(-1)!)],
    ['one with an extra part', `${token}.${mac}`],
    ['one with another payload', `${head}.${cheaper}.${mac}`],
    ['one that claims no algorithm', `${encode({ ...HEADER, alg: 'none' })}.${cheaper}.`],
    ['one that claims no algorithm, yet signed', forged({ ...HEADER, alg: 'none' }, offer)],
    ['one of another algorithm', forged({ ...HEADER, alg: 'HS512' }, offer)],
    ['one of another kind', forged({ ...HEADER, typ: 'JWT' }, offer)],
    ['one that names no key', forged({ alg: 'HS256', typ: 'offer+jws' }, offer)],
    ['one that names an unknown key', forged({ ...HEADER, kid: 'three' }, offer)],
    ['one signed with another key than it names', forged(HEADER, offer, other)],
    ['one whose header is no JSON', `${Buffer.from('head').toString('base64url')}.${body}.${mac}`],
    ['one whose header is null', `${encode(null)}.${body}.${mac}`],
    ['a signed one without an offer', forged(HEADER, { total: 1 })],
    ['a signed one with half a unit', forged(HEADER, { ...offer, total: 0.5 })],
    ['a signed one without travellers', forged(HEADER, { ...offer, travellers: [] })],
  ] as const) {
    test(`is refused when it is ${what}`, () => {
      assert.equal(read(text), 'INVALID');
    });
  }
});
