// The cache on a Redis server, by ioredis: whoever asks gets an answer or a refusal soon, whatever state it is in.
import { Redis } from 'ioredis';
import type { Cache, CacheEntry } from './cache.ts';
import type { Log } from './log.ts';
import { parseServerUrl, tlsOf } from './server-url.ts';

const ANSWER_WITHIN = 300; // ms; the database answers sooner than that
const SILENT_FOR = 1_000; // ms without an answer that is due: the connection is dead and a new one is made
const CONNECT_WITHIN = 1_000; // ms
const RECONNECT_AFTER = [20, 50, 100, 200, 500]; // ms; a server that is back is used within half a second
const AT_ONCE = 100; // entries a script call: Redis serves nobody else meanwhile

/**
 * Stores `<revision>:<value>` unless a higher revision is there. An entry for which a full server has no room goes
 * altogether: the older value may be wrong by now. Running it twice is running it once.
 */
const PUT = `
for i, key in ipairs(KEYS) do
  local revision, value, ttl = ARGV[3 * i - 2], ARGV[3 * i - 1], ARGV[3 * i]
  local there = tonumber(string.match(redis.call('GETRANGE', key, 0, 16), '^(%d+):'))
  if not there or there <= tonumber(revision) then
    local kept = redis.pcall('SET', key, revision .. ':' .. value, 'PX', ttl)
    if kept['err'] then redis.call('DEL', key) end
  end
end`;

/**
 * Takes from buckets by the server's own clock, in which all replicas agree. What is kept of a bucket is the instant at
 * which it is full again, in ms, and no longer than until then. Numbers go out as text: Redis would cut their decimals.
 */
const SPEND = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local granted, buckets, levels = 1, {}, {}
for i, key in ipairs(KEYS) do
  local amount, capacity, refill = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), ARGV[3 * i] / 1000
  local full = math.max(now, tonumber(redis.call('GET', key)) or now)
  full = math.min(full, now + capacity / refill) -- its clock may have been ahead: a bucket is empty at worst
  buckets[i] = { amount = amount, level = capacity - (full - now) * refill, full = full + amount / refill }
  if buckets[i].level < amount then granted = 0 end
end
for i, key in ipairs(KEYS) do
  local bucket = buckets[i]
  if granted == 1 then
    redis.call('SET', key, string.format('%.3f', bucket.full), 'PX', math.ceil(bucket.full - now))
    bucket.level = bucket.level - bucket.amount
  end
  levels[i] = string.format('%.6f', bucket.level)
end
return { granted, levels }`;

/**
 * A cache on the server of the URL, as
 * `rediss://user:password@host:6379/0?prefix=staging.&ca=/file.pem`. While it is away, calls reject
 * with the code ETIMEDOUT.
 */
export function openRedisCache(url: string, log: Log): Cache {
  const redis = new Redis(optionsOf(url));
  report(redis, log);

  return {
    async getMany(keys) {
      if (!keys.length) return [];
      const values = await redis.mget([...keys]).catch(away);
      return values.map((value) => value && value.slice(value.indexOf(':') + 1));
    },

    async putMany(entries) {
      if (!entries.length) return;
      const pipeline = redis.pipeline();
      for (let from = 0; from < entries.length; from += AT_ONCE) {
        const some = entries.slice(from, from + AT_ONCE);
        pipeline.eval(PUT, some.length, ...some.map(({ key }) => key), ...some.flatMap(argumentsOf));
      }
      for (const [error] of (await pipeline.exec())!) if (error) away(error);
    },

    async spend(charges) {
      const asked = charges.flatMap(({ amount, capacity, refill }) => [amount, capacity, refill]);
      const answer = await redis.eval(SPEND, charges.length, ...charges.map(({ key }) => key), ...asked).catch(away);
      const [granted, levels] = answer as [number, string[]];
      return { granted: granted === 1, levels: levels.map(Number) };
    },

    async close() {
      redis.disconnect();
    },
  };
}

/** Its errors have no code by which a caller could tell that the server is away, and that no message is to blame. */
function away(cause: Error): never {
  throw Object.assign(new Error('Redis does not answer', { cause }), { code: 'ETIMEDOUT' });
}

const argumentsOf = ({ revision, value, ttl }: CacheEntry) => [revision, value, Math.ceil(ttl)];

function optionsOf(text: string) {
  const url = parseServerUrl(text);
  const tls = tlsOf(url);
  return {
    ...url.hosts[0],
    ...(url.user && { username: url.user }),
    ...(url.password && { password: url.password }),
    ...(tls && { tls }),
    db: Number(url.path || 0),
    keyPrefix: url.options.get('prefix') ?? '',
    connectTimeout: CONNECT_WITHIN,
    commandTimeout: ANSWER_WITHIN,
    socketTimeout: SILENT_FOR,
    enableAutoPipelining: true, // look-ups of one tick share a round trip
    enableOfflineQueue: false, // nobody waits for a server that is away
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times: number) => RECONNECT_AFTER[Math.min(times, RECONNECT_AFTER.length) - 1]!,
  };
}

/** Says once that the server was lost, and once that it is back: not at each try. */
function report(redis: Redis, log: Log): void {
  let lost = false;
  const service = 'cache';
  redis.on('error', (error) => {
    if (!lost) log.warn('Redis is out of reach; reading from the database', { service, error });
    lost = true;
  });
  redis.on('ready', () => {
    if (lost) log.info('Redis is back', { service });
    lost = false;
  });
}
