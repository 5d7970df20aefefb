// What a request is charged on: which buckets, how much from each, and how that is told in headers.
import { createHash } from 'node:crypto';
import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Charge } from '../../infra/cache/cache.ts';
import type { Identity } from '../../schema/wire/identity.ts';
import { networkOf } from '../../schema/wire/network.ts';
import { rootFields } from '../documents/operations.ts';

/** What is limited: all that is asked from an address, by an account, by a program, and what is rarer than other questions. */
export type Policy = 'address' | 'account' | 'client' | Strict;
type Strict = 'sign-in' | 'money';

/** A bucket of so many units that gets so many back in a minute. */
export interface RateLimit {
  capacity: number;
  perMinute: number;
}

/** A unit is one of cost for `address`, `account` and `client`; for `sign-in` and `money` it is one such field. */
export type RateLimits = Readonly<Record<Policy, RateLimit>>;

/** A charge, and why it is made. */
export interface Bucket extends Charge {
  policy: Policy;
}

/** Who asks: the one behind the request, and the program as it calls itself. */
export interface Asker {
  identity: Identity;
  program: string | null;
}

const MINUTE = 60; // seconds

/** The mutations that take from a bucket of their own besides what they cost. */
export const strict: Readonly<Record<string, Strict>> = {
  signUp: 'sign-in',
  signIn: 'sign-in',
  refreshSession: 'sign-in',
  requestPasswordReset: 'sign-in',
  resetPassword: 'sign-in',
  confirmEmail: 'sign-in',
  changePassword: 'sign-in', // this and the next two ask for the password
  changeEmail: 'sign-in',
  deleteAccount: 'sign-in',
  placeOrder: 'money',
  checkout: 'money',
  cancelOrder: 'money',
  startPayment: 'money',
  topUp: 'money',
};

/**
 * The buckets that everything is charged on. What a program calls itself is a claim: it shares in its network's bucket
 * or its account's, and can use up nobody else's.
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

/** The buckets of the stricter mutations: signing in is counted on the network, money on the account that moves it. */
export function strictBuckets({ identity }: Asker, asked: readonly Strict[], limits: RateLimits): Bucket[] {
  const network = networkOf(identity.address ?? '');
  const subjects = { 'sign-in': network, money: identity.account ?? network };
  return [...Map.groupBy(asked, (policy) => policy)].map(([policy, { length }]) =>
    bucket(policy, subjects[policy], length, limits),
  );
}

/** Who charges more than a bucket holds takes all of it: nothing is refused for ever. */
function bucket(policy: Policy, subject: string, units: number, limits: RateLimits): Bucket {
  const { capacity, perMinute } = limits[policy];
  // neither addresses nor accounts are kept for a limit's sake
  const key = `rate ${createHash('sha256').update(`${policy} ${subject}`).digest('base64url')}`;
  return { policy, key, amount: Math.min(Math.max(1, units), capacity), capacity, refill: perMinute / MINUTE };
}

/** The stricter mutations that an operation asks for, each as often as it does. */
export const strictFields = (operation: OperationDefinitionNode, document: DocumentNode): Strict[] =>
  operation.operation === OperationTypeNode.MUTATION
    ? rootFields(operation, document).flatMap((field) => (Object.hasOwn(strict, field) ? [strict[field]!] : []))
    : [];

/** In how many seconds all of the buckets have enough; 0 where they have it now. */
export const retryAfter = (buckets: readonly Bucket[], levels: readonly number[]): number =>
  Math.max(0, ...buckets.map(({ amount, refill }, i) => Math.ceil((amount - levels[i]!) / refill)));

/** The headers of draft-ietf-httpapi-ratelimit-headers-10. */
export const headersOf = (buckets: readonly Bucket[], levels: readonly number[]): Record<string, string> => ({
  'ratelimit-policy': buckets
    .map(({ policy, capacity, refill }) => {
      const unit = isStrict(policy) ? '' : ';qu="cost"';
      return `"${policy}";q=${capacity};w=${Math.ceil(capacity / refill)}${unit}`;
    })
    .join(', '),
  ratelimit: buckets
    .map(({ policy, capacity, refill }, i) => {
      const left = Math.max(0, Math.floor(levels[i]!));
      return `"${policy}";r=${left};t=${Math.ceil((capacity - left) / refill)}`;
    })
    .join(', '),
});

export const isStrict = (policy: Policy): policy is Strict => policy === 'sign-in' || policy === 'money';
