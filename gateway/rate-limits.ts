// Rate limits: every operation is charged what it costs before it is run, on buckets that all gateways share in the cache.
import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { Cache } from '../infra/cache.ts';
import type { Log } from '../infra/log.ts';
import { openOutage } from '../infra/outage.ts';
import type { ErrorCode } from '../schema/errors.ts';
import { networkOf } from '../schema/network.ts';
import type { GatewayContext } from './context.ts';
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

export interface RateLimitOptions {
  cache: Pick<Cache, 'spend'>;
  limits: RateLimits;
  now: () => Date;
  log: Log;
  /** Told of each refusal; null is one because the cache is away. */
  onRefusal?: ((policy: Policy | null) => void) | undefined;
}

export interface RateGate {
  /** Refuses who was refused a moment ago, before a byte of the body is read. For routes that know who asks. */
  guard(scope: FastifyInstance): void;
  /** Charges each operation once its cost is known, and what fails before that. */
  plugin: ApolloServerPlugin<GatewayContext>;
}

interface Refusal {
  status: 429 | 503;
  code: ErrorCode;
  message: string;
  /** Seconds. */
  retryAfter: number;
}

const CLIENT_HEADER = 'apollographql-client-name'; // as Apollo's clients send it
const UNREAD_COSTS = 2000; // units for a document that is refused: half of what the largest honest page costs
const TURNED_AWAY_FOR = 1000; // ms; the shortest Retry-After, so nobody is told to come within it
const MOST_TURNED_AWAY = 10_000; // askers; beyond it the oldest is asked of the cache again, and named again
const CACHE_BACK_AFTER = 1; // second
const NAMED_EVERY = 60_000; // ms
const LONGEST_NAME = 80; // characters of what a client says of itself

const tooMuch: Readonly<Record<Policy, string>> = {
  address: 'Too much was asked for from this address.',
  account: 'This account has asked for too much.',
  client: 'This program has asked for too much.',
  'sign-in': 'There were too many sign-ins from this address.',
  money: 'This account has made too many orders and payments.',
};

/** Opens the limits. While the cache is away everything goes on but what moves money. */
export function openRateLimits({ cache, limits, now, log, onRefusal }: RateLimitOptions): RateGate {
  const absent = openOutage(log.child({ service: 'gateway' }), 'the cache keeps rate limits again');
  const turnedAway = new Map<string, { at: number; seconds: number }>(); // when, and what it was told, by a bucket's key
  const named = new Map<string, number>(); // when the log named who was over a limit, by a bucket's key

  function turnAway(asker: Asker, buckets: readonly Bucket[], levels: readonly number[], seconds: number): Refusal {
    const at = now().getTime();
    const empty = buckets.filter(({ amount }, i) => levels[i]! < amount);
    for (const { key, policy } of empty) {
      nameOnce(asker, key, policy, at);
      if (!isStrict(policy)) keepLast(turnedAway, key, { at, seconds }); // else its other questions are welcome
    }
    return tooSoon(empty[0]!.policy, seconds);
  }

  /** Tells operators who it is, once a minute. */
  function nameOnce({ identity, client }: Asker, key: string, limit: Policy, at: number): void {
    if (at < (named.get(key) ?? -Infinity) + NAMED_EVERY) return;
    keepLast(named, key, at);
    const { address, account, requestId: traceId } = identity;
    const who = {
      address: networkOf(address ?? ''),
      account: account ?? undefined,
      client: client?.slice(0, LONGEST_NAME),
    };
    log.child({ service: 'gateway' }).warn('somebody is over a rate limit', { limit, ...who, traceId });
  }

  function tooSoon(policy: Policy, seconds: number): Refusal {
    onRefusal?.(policy);
    const message = `${tooMuch[policy]} Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
    return { status: 429, code: 'RATE_LIMITED', message, retryAfter: seconds };
  }

  /** Charges the buckets, or says why not; `tell` is given the headers. */
  async function charge(
    asker: Asker,
    buckets: readonly Bucket[],
    tell: (headers: object) => void,
  ): Promise<Refusal | null> {
    try {
      const { granted, levels } = await cache.spend(buckets);
      absent.ended();
      tell(headersOf(buckets, levels));
      return granted ? null : turnAway(asker, buckets, levels, Math.max(1, retryAfter(buckets, levels)));
    } catch (error) {
      absent.began('the cache keeps no rate limits; nothing that moves money is taken in', error);
      if (!buckets.some(({ policy }) => policy === 'money')) return null;
      onRefusal?.(null);
      const message = 'Orders and payments cannot be taken in just now: try again in a moment. Nothing was done.';
      return { status: 503, code: 'UNAVAILABLE', message, retryAfter: CACHE_BACK_AFTER };
    }
  }

  return {
    guard(scope) {
      scope.addHook('onRequest', async ({ caller, headers }, reply) => {
        if (!turnedAway.size || !caller) return undefined;
        const client = String(headers[CLIENT_HEADER] ?? '');
        const since = now().getTime() - TURNED_AWAY_FOR;
        for (const { key, policy } of generalBuckets({ identity: caller.identity, client }, 1, limits)) {
          const told = turnedAway.get(key);
          if (!told || told.at <= since) continue;
          const error = errorOf(tooSoon(policy, told.seconds), { traceId: caller.traceId });
          return reply
            .code(429)
            .header('retry-after', told.seconds)
            .send({ errors: [error] });
        }
        return undefined;
      });
    },

    plugin: {
      async requestDidStart({ contextValue, request, response }) {
        const client = request.http?.headers.get(CLIENT_HEADER);
        const asker: Asker = { identity: contextValue.identity, client };
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
            const refusal = await charge(asker, buckets, tell);
            return refusal && answerOf(refusal);
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

const errorOf = ({ message, code, retryAfter }: Refusal, more: object = {}) => ({
  message,
  extensions: { code, retryAfter, ...more },
});

/** As the answer of an operation that is not run; retryAfter becomes the header with every other error's. */
const answerOf = (refusal: Refusal): GraphQLResponse => ({
  http: { status: refusal.status, headers: new HeaderMap() },
  body: { kind: 'single', singleResult: { errors: [errorOf(refusal)] } },
});
