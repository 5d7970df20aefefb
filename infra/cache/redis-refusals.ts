// What each error reply of a Redis server means, and what an operator can do about it.

/** A refusal by the server: its error code, and a sentence for the log. */
export interface RedisRefusal {
  code: string;
  sentence: string;
  /** Whether the address may resolve to another server by now. */
  isElsewhere: boolean;
}

const CLUSTER = 'Redis is a cluster, which is not supported: set REDIS_URL to a single server';
const LOGIN = 'Redis refuses the login: correct the user and the password in REDIS_URL';
const REPLICA = 'Redis is a replica and takes no writes: it is used again once REDIS_URL leads to a primary';

const sentences: Readonly<Record<string, string>> = {
  READONLY: REPLICA,
  MASTERDOWN: 'Redis is a replica without its primary: it is used again once REDIS_URL leads to a primary',
  LOADING: 'Redis is loading its data; it is used again when that is done',
  OOM: 'Redis is full: raise its maxmemory, or set its maxmemory-policy to allkeys-lru',
  MISCONF: 'Redis takes no writes because it cannot save to its disk: its own log says why',
  NOREPLICAS: 'Redis takes no writes because it has too few replicas (min-replicas-to-write)',
  BUSY: 'Redis is busy with a script of another client',
  MOVED: CLUSTER,
  ASK: CLUSTER,
  CLUSTERDOWN: CLUSTER,
  CROSSSLOT: CLUSTER,
  TRYAGAIN: CLUSTER,
  NOAUTH: LOGIN,
  WRONGPASS: LOGIN,
  NOPERM:
    'Redis denies a command: allow the user of REDIS_URL mget, eval, info, zrem and what scripts call (get, set, del, getrange, time, zadd, zremrangebyscore, zrevrange, pexpire)',
};

const KNOWN = new RegExp(`\\b(${Object.keys(sentences).join('|')})\\b`);

/**
 * The refusal in a server's error reply; undefined for an error that is no reply. Before version 7 the code of an error
 * in a script stands in the middle of the message. The message is never repeated: it may quote arguments.
 */
export function refusalIn(error: Error): RedisRefusal | undefined {
  if (error.name !== 'ReplyError') return undefined;
  const code = KNOWN.exec(error.message)?.[1] ?? 'ERR';
  const sentence = sentences[code] ?? 'Redis refuses a command; its own log may say why';
  return { code, sentence, isElsewhere: code === 'READONLY' || code === 'MASTERDOWN' };
}
