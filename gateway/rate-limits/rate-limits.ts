// Rate limits: every operation is charged its cost before execution, on buckets that all gateways share in the cache.
import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { Cache } from '../../infra/cache/cache.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { paired } from '../../schema/values/paired.ts';
import { present } from '../../schema/values/present.ts';
import { clientAddress } from '../http/client-address.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { networkOf } from '../../schema/wire/network.ts';
import type { GatewayContext } from '../context.ts';
import {
  type RateLimitedCaller,
  type Bucket,
  generalBuckets,
  type Filled,
  headersOf,
  isStrict,
  type Policy,
  type RateLimits,
  secondsUntilRefilled,
  strictBuckets,
  strictFields,
} from './rate-policies.ts';
import { errorOf, type HttpRefusal, refuse } from '../errors/refusal.ts';
import { requestTraceId } from '../http/tracing.ts';
import { MINUTE } from '../../schema/terms/durations.ts';

export interface RateLimitOptions {
  cache: Pick<Cache, 'spend'>;
  limits: RateLimits;
  now: () => Date;
  log: Log;
  /** Called for each refusal; null if the reason is that the cache is unavailable. */
  onRefusal?: ((policy: Policy | null) => void) | undefined;
}

export interface RateGate {
  /**
   * Refuses callers that were refused a moment ago, before a byte of the body is read. For routes with authentication.
   */
  guard(scope: FastifyInstance): void;
  /**
   * Charges each request of the scope on the bucket of its address, before its body is read. For routes without
   * authentication.
   */
  charge(scope: FastifyInstance, units: number): void;
  /** Charges each operation once its cost is known, and each request that fails before that. */
  plugin: ApolloServerPlugin<GatewayContext>;
}

/** A refusal and the limit that caused it; null if the cache is unavailable. */
interface Refused extends HttpRefusal {
  by: Policy | null;
}

const UNREAD_COSTS = 2000; // units for a refused document: half the cost of the largest honest page
const TURNED_AWAY_FOR = 1000; // ms; the shortest Retry-After, so no client is asked to return earlier
const MOST_TURNED_AWAY = 10_000; // callers; beyond it the oldest is looked up in the cache again, and logged again
const NAMED_EVERY = MINUTE;

const notNow: Refused = {
  by: null,
  status: 503,
  code: 'UNAVAILABLE',
  message: 'Orders and payments cannot be accepted now: try again in a moment. Nothing was done.',
  retryAfter: 1,
};

const tooMuch: Readonly<Record<Policy, string>> = {
  address: 'Too much was asked for from this address.',
  account: 'This account has asked for too much.',
  client: 'This program has asked for too much.',
  'sign-in': 'There were too many sign-ins from this address.',
  money: 'This account has made too many orders and payments.',
};

/** Opens the limits. While the cache is unavailable, all operations run unlimited except those that move money. */
export function openRateLimits({ cache, limits, now, log, onRefusal }: RateLimitOptions): RateGate {
  const absent = openOutage(log, 'rate limits available again');
  const turnedAway = new Map<string, { at: number; seconds: number }>(); // the last refusal, by bucket key
  const named = new Map<string, number>(); // time of the last log entry, by bucket key

  function turnAway(asker: RateLimitedCaller, filled: readonly Filled[], seconds: number): Refused {
    const at = now().getTime();
    const empty = filled.filter(([{ amount }, level]) => level < amount).map(([bucket]) => bucket);
    for (const { key, policy } of empty) {
      nameOnce(asker, key, policy, at);
      if (!isStrict(policy)) keepLast(turnedAway, key, { at, seconds }); // others must not block all operations
    }
    return tooSoon(present(empty[0], 'The cache refused a charge that every bucket covers.').policy, seconds);
  }

  /** Logs the caller, once a minute. */
  function nameOnce({ identity, program }: RateLimitedCaller, key: string, limit: Policy, at: number): void {
    if (at < (named.get(key) ?? -Infinity) + NAMED_EVERY) return;
    keepLast(named, key, at);
    const { address, account, requestId: traceId } = identity;
    const who = { address: networkOf(address ?? ''), account: account ?? undefined, client: program ?? undefined };
    log.warn('rate limit exceeded', { limit, ...who, traceId });
  }

  /** Charges the buckets, or returns the refusal; `tell` receives the headers. */
  async function charge(
    asker: RateLimitedCaller,
    buckets: readonly Bucket[],
    tell: (headers: object) => void,
  ): Promise<Refused | null> {
    try {
      const { granted, levels } = await cache.spend(buckets);
      absent.ended();
      const filled = paired(buckets, levels);
      tell(headersOf(filled));
      return granted ? null : turnAway(asker, filled, Math.max(1, secondsUntilRefilled(filled)));
    } catch (error) {
      absent.began('rate limits unavailable: cache failed; orders and payments are refused', error);
      if (!buckets.some(({ policy }) => policy === 'money')) return null;
      return notNow;
    }
  }

  return {
    guard(scope) {
      scope.addHook('onRequest', async (request, reply) => {
        if (!turnedAway.size || !request.claim) return undefined;
        const { address, bearer, program } = request.claim;
        const claimed = { identity: { address, account: bearer?.account ?? null }, program };
        const since = now().getTime() - TURNED_AWAY_FOR;
        for (const { key, policy } of generalBuckets(claimed, 1, limits)) {
          const told = turnedAway.get(key);
          if (!told || told.at <= since) continue;
          onRefusal?.(policy);
          return refuse(request, reply, tooSoon(policy, told.seconds));
        }
        return undefined;
      });
    },

    charge(scope, units) {
      scope.addHook('onRequest', async (request, reply) => {
        const asker: RateLimitedCaller = {
          identity: anonymous(requestTraceId(request), clientAddress(request)),
          program: null,
        };
        const tell = (headers: object) => void reply.headers(headers);
        const refused = await charge(asker, generalBuckets(asker, units, limits), tell);
        if (!refused) return undefined;
        onRefusal?.(refused.by);
        return refuse(request, reply, refused);
      });
    },

    plugin: {
      async requestDidStart({ contextValue, response }) {
        const asker: RateLimitedCaller = { ...contextValue }; // a copy: the original caller is charged even if the operation signs out
        const tell = (headers: object) => {
          for (const [name, value] of Object.entries(headers)) response.http.headers.set(name, value as string);
        };
        let charged = false;
        return {
          // after every check that can refuse the operation: a refused operation is charged for reading it only
          async responseForOperation({ operation, document }) {
            charged = true;
            const buckets = [
              ...generalBuckets(asker, contextValue.cost, limits),
              ...strictBuckets(asker, strictFields(operation, document), limits),
            ];
            const refused = await charge(asker, buckets, tell);
            if (refused) onRefusal?.(refused.by);
            return refused && answerOf(refused);
          },
          async willSendResponse({ source }) {
            // a request with an unknown hash contains no document to parse
            if (!charged) await charge(asker, generalBuckets(asker, source ? UNREAD_COSTS : 1, limits), tell);
          },
        };
      },
    },
  };
}

/** Inserts the entry as the newest; removes the oldest above the maximum size. */
function keepLast<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST_TURNED_AWAY) return;
    map.delete(oldest);
  }
}

function tooSoon(policy: Policy, seconds: number): Refused {
  const message = `${tooMuch[policy]} Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
  return { by: policy, status: 429, code: 'RATE_LIMITED', message, retryAfter: seconds };
}

/** The response of an operation that is not run; retryAfter becomes the Retry-After header as for every other error. */
const answerOf = (refusal: HttpRefusal): GraphQLResponse => ({
  http: { status: refusal.status, headers: new HeaderMap() },
  body: { kind: 'single', singleResult: { errors: [errorOf(refusal)] } },
});
