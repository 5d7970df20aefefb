// The offer token: the fare subgraph signs an offer, the order subgraph accepts it without calling the fare subgraph.
// A JSON Web Signature (HS256) made with node:crypto: ten offers must take microseconds, and the usual libraries sign
// asynchronously.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { CLOCK_TOLERANCE } from '../wire/clocks.ts';
import { brands, cabins, travellerTypes } from './fare-words.ts';
import type { SigningKey } from '../wire/signing-key.ts';

const traveller = z.object({
  type: z.enum(travellerTypes),
  count: z.number().int().min(1).max(9),
  each: z.number().int().nonnegative(),
});

const slice = z.object({
  origin: z.string(),
  destination: z.string(),
  departure: z.string(),
  arrival: z.string(),
  stops: z.array(z.string()),
  carrier: z.string(),
  flightNumber: z.string().nullable(),
});

const promise = z.object({
  offerId: z.string(),
  departureId: z.string(),
  cabin: z.enum(cabins),
  brand: z.enum(brands),
  conditions: z.object({
    refundable: z.boolean(),
    refundFeePercent: z.number().nullable(),
    refundableUntilHours: z.number().nullable(),
    note: z.string().nullable(),
  }),
  slices: z.tuple([slice], slice),
  travellers: z.array(traveller).min(1),
  /** Minor units of `currency`. */
  total: z.number().int().nonnegative(),
  currency: z.string(),
  asOf: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

/** The offer's data that an order needs. Amounts are minor units; instants are UTC. */
export type PromisedOffer = z.infer<typeof promise>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = (text: string, key: SigningKey): Buffer => createHmac('sha256', key.hmac).update(text).digest();

/**
 * Whether an offer has expired. Another process' clock set `expiresAt`, so it has 30 s of tolerance; the departure is
 * the timetable's, and nothing is sold after it.
 */
export const isOver = ({ expiresAt, slices }: PromisedOffer, now: Date): boolean =>
  now.getTime() >= Math.min(Date.parse(expiresAt) + CLOCK_TOLERANCE * 1000, Date.parse(slices[0].departure));

/** The token of an offer, signed with the key. */
export function signOffer(offer: PromisedOffer, key: SigningKey): string {
  const text = `${encode({ alg: 'HS256', typ: 'offer+jws', kid: key.id })}.${encode(offer)}`;
  return `${text}.${signature(text, key).toString('base64url')}`;
}

/** The offer in a token; INVALID if none of our keys signed it, EXPIRED if `isOver`. */
export function readOffer(
  token: string,
  keys: readonly SigningKey[],
  now: Date,
): PromisedOffer | 'INVALID' | 'EXPIRED' {
  const [head, body, mac, ...rest] = token.split('.');
  if (!head || !body || !mac || rest.length) return 'INVALID';
  try {
    const { alg, typ, kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>;
    const key = keys.find(({ id }) => id === kid);
    if (alg !== 'HS256' || typ !== 'offer+jws' || !key) return 'INVALID';
    // compared as text: base64 can encode the same bytes in several ways, but only one is valid in a token
    const expected = Buffer.from(signature(`${head}.${body}`, key).toString('base64url'));
    const given = Buffer.from(mac);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'INVALID';
    const offer = promise.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    return isOver(offer, now) ? 'EXPIRED' : offer;
  } catch {
    return 'INVALID';
  }
}
