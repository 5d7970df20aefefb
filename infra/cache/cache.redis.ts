// The cache on a Redis server, by ioredis. Every call returns or rejects soon, whatever state the server is in.
import { Redis } from 'ioredis';
import { once } from 'node:events';
import { type Cache, CacheAway, type CacheEntry } from './cache.ts';
import type { Log } from '../logging/log.ts';
import { type RedisRefusal, refusalIn } from './redis-refusals.ts';
import { parseServerUrl, tlsOf } from '../config/server-url.ts';
import { listedPause } from '../../schema/terms/back-off.ts';

const ANSWER_WITHIN = 300; // ms; the database answers faster than that
const SILENT_FOR = 1_000; // ms without an answer that is due: the connection is dead and is replaced
const CONNECT_WITHIN = 1_000; // ms
const RECONNECT_AFTER = [20, 50, 100, 200, 500]; // ms; a server that is back is used within half a second
const ELSEWHERE_EVERY = 1_000; // ms; a replica answers reads until its address leads to the primary
const LOOK_WHILE_LOADING = 500; // ms
const AT_ONCE = 100; // entries a script call: Redis serves no other client meanwhile

/**
 * Stores `<revision>:<value>` unless a higher revision is stored; returns how many entries did not fit into memory.
 * Such an entry is deleted: the older value may be wrong by now. A key of another type is replaced. Idempotent.
 */
const PUT = `
local full = 0
for i, key in ipairs(KEYS) do
  local revision, value, ttl = ARGV[3 * i - 2], ARGV[3 * i - 1], ARGV[3 * i]
  local head = redis.pcall('GETRANGE', key, 0, 16)
  if type(head) == 'table' then
    if not string.find(head['err'], 'WRONGTYPE') then return head end
    head = ''
  end
  local there = tonumber(string.match(head, '^(%d+):'))
  if not there or there <= tonumber(revision) then
    local kept = redis.pcall('SET', key, revision .. ':' .. value, 'PX', ttl)
    if kept['err'] then
      if not string.find(kept['err'], 'OOM') then return kept end
      redis.call('DEL', key)
      full = full + 1
    end
  end
end
return full`;

/**
 * Takes units from buckets by the server's clock, which all replicas share. A bucket is stored as the instant at which
 * it is full again, in ms, and expires at that instant. Numbers are returned as text: Redis would cut their decimals.
 */
const SPEND = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local granted, buckets, levels = 1, {}, {}
for i, key in ipairs(KEYS) do
  local amount, capacity, refill = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), ARGV[3 * i] / 1000
  local kept = redis.pcall('GET', key)
  if type(kept) == 'table' then
    if not string.find(kept['err'], 'WRONGTYPE') then return kept end
    kept = nil -- it is replaced
  end
  local full = math.max(now, tonumber(kept) or now)
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
 * A group is a sorted set: the score of a member is the time of its last report by the server's clock, which all
 * processes share. A key of another type is replaced.
 */
const REPORT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.pcall('ZADD', KEYS[1], now, ARGV[1])
if type(kept) == 'table' then
  if not string.find(kept['err'], 'WRONGTYPE') then return kept end
  redis.call('DEL', KEYS[1])
  redis.call('ZADD', KEYS[1], now, ARGV[1])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. string.format('%.0f', now - ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

/** Returns each member and the milliseconds since its last report, in turns. */
const MEMBERS = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local members = redis.pcall('ZREVRANGE', KEYS[1], 0, ARGV[1] - 1, 'WITHSCORES')
if members['err'] then
  if string.find(members['err'], 'WRONGTYPE') then return {} end
  return members
end
for i = 2, #members, 2 do members[i] = string.format('%.0f', now - members[i]) end
return members`;

/**
 * A cache on the server of the URL, as `rediss://user:password@host:6379/0?prefix=staging.&ca=/file.pem`. While the
 * server is out of reach or refuses, calls reject with CacheAway.
 */
export const openRedisCache = (url: string, log: Log): Cache => cacheOn(new Redis(optionsOf(url)), log);

/** The same, once its connection stands or has failed, or has taken as long as an answer may. */
export async function connectRedisCache(url: string, log: Log): Promise<Cache> {
  const redis = new Redis(optionsOf(url));
  const cache = cacheOn(redis, log);
  await once(redis, 'ready', { signal: AbortSignal.timeout(ANSWER_WITHIN) }).catch(() => undefined);
  return cache;
}

function cacheOn(redis: Redis, log: Log): Cache {
  const state = watch(redis, log.child({ service: 'cache' }));

  return {
    async getMany(keys) {
      if (!keys.length) return [];
      const values = await redis.mget([...keys]).catch(state.away);
      state.reads();
      return values.map((value) => value && value.slice(value.indexOf(':') + 1));
    },

    async putMany(entries) {
      if (!entries.length) return;
      const pipeline = redis.pipeline();
      for (let from = 0; from < entries.length; from += AT_ONCE) {
        const some = entries.slice(from, from + AT_ONCE);
        pipeline.eval(PUT, some.length, ...some.map(({ key }) => key), ...some.flatMap(argumentsOf));
      }
      let full = 0;
      for (const [error, count] of (await pipeline.exec())!) {
        if (error) state.away(error);
        full += Number(count);
      }
      if (full) state.isFull();
      else state.writes();
    },

    async spend(charges) {
      const asked = charges.flatMap(({ amount, capacity, refill }) => [amount, capacity, refill]);
      const answer = await redis
        .eval(SPEND, charges.length, ...charges.map(({ key }) => key), ...asked)
        .catch(state.away);
      const [granted, levels] = answer as [number, string[]];
      if (granted && charges.length) state.writes();
      return { granted: granted === 1, levels: levels.map(Number) };
    },

    async report(group, member, rememberedFor) {
      await redis.eval(REPORT, 1, group, member, Math.ceil(rememberedFor)).catch(quietly);
    },

    async withdraw(group, member) {
      await redis.zrem(group, member).catch(quietly);
    },

    async members(group, most) {
      const pairs = (await redis.eval(MEMBERS, 1, group, most).catch(state.away)) as string[];
      return pairs.flatMap((member, i) => (i % 2 ? [] : [{ member, silentFor: Number(pairs[i + 1]) }]));
    },

    async close() {
      redis.disconnect();
    },
  };
}

/** Without a line in the log: the caller decides, as the process may not need the cache. */
function quietly(error: Error): never {
  const refusal = refusalIn(error);
  throw new CacheAway(refusal?.sentence ?? 'Redis did not take a report', refusal?.code ?? 'ETIMEDOUT', {
    cause: withoutCommand(error),
  });
}

const argumentsOf = ({ revision, value, ttl }: CacheEntry) => [revision, value, Math.ceil(ttl)];

function optionsOf(text: string) {
  const url = parseServerUrl(text);
  const tls = tlsOf(url);
  let soughtAt = -Infinity;
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
    enableOfflineQueue: false, // a call fails at once while the server is out of reach
    maxRetriesPerRequest: 0,
    maxLoadingRetryTime: LOOK_WHILE_LOADING,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times: number) => listedPause(RECONNECT_AFTER, times - 1),
    /** After a failover the old primary lives on as a replica: a new connection resolves the address again. */
    reconnectOnError: (error: Error) => {
      if (!refusalIn(error)?.isElsewhere || performance.now() - soughtAt < ELSEWHERE_EVERY) return false;
      soughtAt = performance.now();
      return true;
    },
  };
}

/**
 * Logs once that the server is lost or refuses, and once that it is back, not at each attempt. Logs and errors never
 * contain a command's arguments: these may be a password or a session.
 */
function watch(redis: Redis, log: Log) {
  let lost = false;
  let login: RedisRefusal | undefined; // why no connection is accepted
  const lasting = new Map<string, 'reads' | 'writes'>(); // logged refusals, and the kind of call whose success ends each

  function refused({ code, sentence }: RedisRefusal, until: 'reads' | 'writes' = 'writes'): void {
    if (!lasting.has(code)) log.warn(sentence, { code });
    lasting.set(code, until);
  }

  function over(...shown: string[]): void {
    for (const [code, until] of lasting) {
      if (!shown.includes(until)) continue;
      lasting.delete(code);
      log.info('Redis no longer refuses', { code });
    }
  }

  redis.on('error', (error: Error) => {
    login = refusalIn(error);
    if (login) {
      refused(login, 'reads');
      return;
    }
    if (!lost) log.warn('Redis is out of reach; reading from the database', { reason: error.message });
    lost = true;
  });
  redis.on('ready', () => {
    login = undefined;
    if (lost) log.info('Redis is back');
    lost = false;
  });

  return {
    away(error: Error): never {
      const refusal = refusalIn(error) ?? login;
      if (!refusal) throw new CacheAway('Redis does not answer', 'ETIMEDOUT', { cause: withoutCommand(error) });
      const { code, sentence } = refusal;
      refused(refusal, ['LOADING', 'NOAUTH', 'WRONGPASS'].includes(code) ? 'reads' : 'writes');
      throw new CacheAway(sentence, code);
    },
    isFull: () => refused(FULL),
    reads: () => over('reads'),
    writes: () => over('reads', 'writes'),
  };
}

const FULL = refusalIn(Object.assign(new Error('OOM'), { name: 'ReplyError' }))!;

/** A copy of a connection error without the command and its arguments, which ioredis adds to some errors. */
const withoutCommand = ({ name, message, code }: Error & { code?: unknown }): Error =>
  Object.assign(new Error(message), { name, ...(typeof code === 'string' && { code }) });
