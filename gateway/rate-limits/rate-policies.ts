// The buckets that a request is charged on, the amount for each, and the rate limit headers.
import { hash } from 'node:crypto';
import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Charge } from '../../infra/cache/cache.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import { MINUTE, SECOND } from '../../schema/terms/durations.ts';
import { networkOf } from '../../schema/wire/network.ts';
import { rootFields } from '../documents/operations.ts';

/** The rate limits: all requests of an address, an account or a client, and two stricter limits for rare operations. */
export type Policy = 'address' | 'account' | 'client' | Strict;
type Strict = 'sign-in' | 'money';

/** A token bucket with its capacity in units and its refill per minute. */
export interface RateLimit {
  capacity: number;
  perMinute: number;
}

/** A unit is one of cost for `address`, `account` and `client`; for `sign-in` and `money` it is one such field. */
export type RateLimits = Readonly<Record<Policy, RateLimit>>;

/** A charge and its policy. */
export interface Bucket extends Charge {
  policy: Policy;
}

/** A bucket and the units that are in it after the charge. */
export type Filled = readonly [bucket: Bucket, level: number];

/** The caller: the identity of the request, and the client's name as it states it. */
export interface RateLimitedCaller {
  identity: Identity;
  program: string | null;
}

/** The mutations that are also charged on a bucket of their own, besides their cost. */
export const strict: Readonly<Record<string, Strict>> = {
  signUp: 'sign-in',
  signIn: 'sign-in',
  refreshSession: 'sign-in',
  requestPasswordReset: 'sign-in',
  resetPassword: 'sign-in',
  confirmEmail: 'sign-in',
  changePassword: 'sign-in', // this and the next two check the password
  changeEmail: 'sign-in',
  deleteAccount: 'sign-in',
  placeOrder: 'money',
  checkout: 'money',
  cancelOrder: 'money',
  startPayment: 'money',
  topUp: 'money',
};

/**
 * The buckets that every request is charged on. A client's name is an unverified claim, so its bucket is separate for
 * each account or network: a client cannot use up another caller's bucket.
 */
export function generalBuckets(
  { identity, program }: { identity: Pick<Identity, 'address' | 'account'>; program: string | null },
  cost: number,
  limits: RateLimits,
): Bucket[] {
  const { address, account } = identity;
  const network = networkOf(address ?? '');
  const buckets = [bucket('address', network, cost, limits)];
  if (account !== null) buckets.push(bucket('account', account, cost, limits));
  if (program !== null) buckets.push(bucket('client', `${program} ${account ?? network}`, cost, limits));
  return buckets;
}

/** The buckets of the stricter mutations: sign-ins are counted by network, payments by account. */
export function strictBuckets({ identity }: RateLimitedCaller, asked: readonly Strict[], limits: RateLimits): Bucket[] {
  const network = networkOf(identity.address ?? '');
  const subjects = { 'sign-in': network, money: identity.account ?? network };
  return [...Map.groupBy(asked, (policy) => policy)].map(([policy, { length }]) =>
    bucket(policy, subjects[policy], length, limits),
  );
}

/** A charge above the capacity takes the whole bucket, so that no operation is refused for ever. */
function bucket(policy: Policy, subject: string, units: number, limits: RateLimits): Bucket {
  const { capacity, perMinute } = limits[policy];
  return {
    policy,
    key: keyOf(`${policy} ${subject}`),
    amount: Math.min(Math.max(1, units), capacity),
    capacity,
    refill: (perMinute * SECOND) / MINUTE,
  };
}

const MOST_KEYS = 10_000;
const keys = new Map<string, string>();

/** The key is hashed: the cache gets neither addresses nor accounts. This process holds the latest in memory. */
function keyOf(subject: string): string {
  const known = keys.get(subject);
  if (known !== undefined) return known;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = `rate ${hash('sha256', subject, 'base64url')}`;
  keys.set(subject, key);
  return key;
}

const strictOf = new Map(Object.entries(strict));

/** The stricter mutations of an operation, one entry for each occurrence. */
export const strictFields = (operation: OperationDefinitionNode, document: DocumentNode): Strict[] =>
  operation.operation === OperationTypeNode.MUTATION
    ? rootFields(operation, document).flatMap((field) => strictOf.get(field) ?? [])
    : [];

/** Seconds until all buckets have enough units; 0 if they have now. */
export const secondsUntilRefilled = (filled: readonly Filled[]): number =>
  Math.max(0, ...filled.map(([{ amount, refill }, level]) => Math.ceil((amount - level) / refill)));

/** The headers of draft-ietf-httpapi-ratelimit-headers-10. */
export const headersOf = (filled: readonly Filled[]): Record<string, string> => ({
  'ratelimit-policy': filled
    .map(([{ policy, capacity, refill }]) => {
      const unit = isStrict(policy) ? '' : ';qu="cost"';
      return `"${policy}";q=${capacity};w=${Math.ceil(capacity / refill)}${unit}`;
    })
    .join(', '),
  ratelimit: filled
    .map(([{ policy, capacity, refill }, level]) => {
      const left = Math.max(0, Math.floor(level));
      return `"${policy}";r=${left};t=${Math.ceil((capacity - left) / refill)}`;
    })
    .join(', '),
});

export const isStrict = (policy: Policy): policy is Strict => policy === 'sign-in' || policy === 'money';
