// Rate limits: every operation is charged what it costs before it is run, on buckets that all gateways share in the cache.
import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { Cache } from '../../infra/cache/cache.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { networkOf } from '../../schema/wire/network.ts';
import type { GatewayContext } from '../context.ts';
import {
  type Asker,
  type Bucket,
  generalBuckets,
  headersOf,
  isStrict,
  type Policy,
  type RateLimits,
  retryAfter,
  strictBuckets,
  strictFields,
} from './rate-policies.ts';
import { errorOf, type Refusal, refuse } from '../errors/refusal.ts';
import { traceIdOf } from '../http/tracing.ts';

export interface RateLimitOptions {
  cache: Pick<Cache, 'spend'>;
  limits: RateLimits;
  now: () => Date;
  log: Log;
  /** Told of each refusal; null is one because the cache is away. */
  onRefusal?: ((policy: Policy | null) => void) | undefined;
}

export interface RateGate {
  /** Refuses what was refused a moment ago, before a byte of the body is read. For routes with authentication. */
  guard(scope: FastifyInstance): void;
  /** Charges each request of the scope on the bucket of its address, before its body is read. For routes without authentication. */
  charge(scope: FastifyInstance, units: number): void;
  /** Charges each operation once its cost is known, and what fails before that. */
  plugin: ApolloServerPlugin<GatewayContext>;
}

/** Why a request is refused, and by which limit; null where it is that the cache is away. */
interface Refused extends Refusal {
  by: Policy | null;
}

const UNREAD_COSTS = 2000; // units for a document that is refused: half of what the largest honest page costs
const TURNED_AWAY_FOR = 1000; // ms; the shortest Retry-After, so nobody is told to come within it
const MOST_TURNED_AWAY = 10_000; // askers; beyond it the oldest is asked of the cache again, and named again
const NAMED_EVERY = 60_000; // ms

const notNow: Refused = {
  by: null,
  status: 503,
  code: 'UNAVAILABLE',
  message: 'Orders and payments cannot be taken in just now: try again in a moment. Nothing was done.',
  retryAfter: 1,
};

const tooMuch: Readonly<Record<Policy, string>> = {
  address: 'Too much was asked for from this address.',
  account: 'This account has asked for too much.',
  client: 'This program has asked for too much.',
  'sign-in': 'There were too many sign-ins from this address.',
  money: 'This account has made too many orders and payments.',
};

/** Opens the limits. While the cache is away everything goes on but what moves money. */
export function openRateLimits({ cache, limits, now, log, onRefusal }: RateLimitOptions): RateGate {
  const absent = openOutage(log, 'the cache keeps rate limits again');
  const turnedAway = new Map<string, { at: number; seconds: number }>(); // when, and what it was told, by a bucket's key
  const named = new Map<string, number>(); // when the log named who was over a limit, by a bucket's key

  function turnAway(asker: Asker, buckets: readonly Bucket[], levels: readonly number[], seconds: number): Refused {
    const at = now().getTime();
    const empty = buckets.filter(({ amount }, i) => levels[i]! < amount);
    for (const { key, policy } of empty) {
      nameOnce(asker, key, policy, at);
      if (!isStrict(policy)) keepLast(turnedAway, key, { at, seconds }); // else its other questions are welcome
    }
    return tooSoon(empty[0]!.policy, seconds);
  }

  /** Tells operators who it is, once a minute. */
  function nameOnce({ identity, program }: Asker, key: string, limit: Policy, at: number): void {
    if (at < (named.get(key) ?? -Infinity) + NAMED_EVERY) return;
    keepLast(named, key, at);
    const { address, account, requestId: traceId } = identity;
    const who = { address: networkOf(address ?? ''), account: account ?? undefined, client: program ?? undefined };
    log.warn('somebody is over a rate limit', { limit, ...who, traceId });
  }

  /** Charges the buckets, or says why not; `tell` is given the headers. */
  async function charge(
    asker: Asker,
    buckets: readonly Bucket[],
    tell: (headers: object) => void,
  ): Promise<Refused | null> {
    try {
      const { granted, levels } = await cache.spend(buckets);
      absent.ended();
      tell(headersOf(buckets, levels));
      return granted ? null : turnAway(asker, buckets, levels, Math.max(1, retryAfter(buckets, levels)));
    } catch (error) {
      absent.began('the cache keeps no rate limits; nothing that moves money is taken in', error);
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
        const asker: Asker = { identity: anonymous(traceIdOf(request), request.ip), program: null };
        const tell = (headers: object) => void reply.headers(headers);
        const refused = await charge(asker, generalBuckets(asker, units, limits), tell);
        if (!refused) return undefined;
        onRefusal?.(refused.by);
        return refuse(request, reply, refused);
      });
    },

    plugin: {
      async requestDidStart({ contextValue, response }) {
        const asker: Asker = { ...contextValue }; // who has signed out by the end is still who asked
        const tell = (headers: object) => {
          for (const [name, value] of Object.entries(headers)) response.http.headers.set(name, value as string);
        };
        let charged = false;
        return {
          // after all that can refuse the operation has had its say: what is refused costs what reading it took
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
            // who sends a hash that is not known yet has sent no document
            if (!charged) await charge(asker, generalBuckets(asker, source ? UNREAD_COSTS : 1, limits), tell);
          },
        };
      },
    },
  };
}

/** Puts it in as the newest; beyond the most that are kept the oldest goes. */
function keepLast<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_TURNED_AWAY) map.delete(oldest!);
}

function tooSoon(policy: Policy, seconds: number): Refused {
  const message = `${tooMuch[policy]} Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
  return { by: policy, status: 429, code: 'RATE_LIMITED', message, retryAfter: seconds };
}

/** As the answer of an operation that is not run; retryAfter becomes the header with every other error's. */
const answerOf = (refusal: Refusal): GraphQLResponse => ({
  http: { status: refusal.status, headers: new HeaderMap() },
  body: { kind: 'single', singleResult: { errors: [errorOf(refusal)] } },
});
