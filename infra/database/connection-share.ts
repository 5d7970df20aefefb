// Divides the connections that a MySQL or MariaDB server grants among the pools.
import { oneRow } from './one-row.ts';
import { createConnection } from 'mysql2/promise';
import { CONNECTIONS, serverOf } from './database.mysql.ts';
import type { Log } from '../logging/log.ts';
import { parseServerUrl } from '../config/server-url.ts';

/** Kept free for operators' commands, migrations, and the one connection with which a process reads the limits. */
const KEPT_FREE = 3;

export interface Share {
  /** Connections of each pool. */
  each: number;
  /** Whether all pools can be full at once. */
  fits: boolean;
  /** For the operator: how many connections are used, how many the server grants, and what to do if they do not fit. */
  sentence: string;
}

/**
 * The share of each of `pools` in the connections that a server grants to all of them: what each wants if that fits,
 * else an equal part of at least one. An explicit `?pool=N` is not changed.
 */
export function shareOf({ granted, pools, asked }: { granted: number; pools: number; asked?: number }): Share {
  const part = Math.max(1, Math.floor((granted - KEPT_FREE) / pools));
  const each = asked ?? Math.min(CONNECTIONS, part);
  const fits = each * pools + KEPT_FREE <= granted;
  const taken = `${each} for each of ${pools} pools, of ${granted} that the server grants this user`;
  const enough = pools * (asked ?? CONNECTIONS) + KEPT_FREE;
  const raise = `raise max_connections (and max_user_connections, where it is set) to ${enough} for one replica of each service`;
  if (!fits) {
    const lower = asked !== undefined && asked > part ? `, or set ?pool=${part} in DATABASE_URL` : '';
    return { each, fits, sentence: `${taken}: they do not fit. Processes wait for connections; ${raise}${lower}.` };
  }
  return {
    each,
    fits,
    sentence: each < (asked ?? CONNECTIONS) ? `${taken}; to have ${CONNECTIONS} for each, ${raise}` : taken,
  };
}

/**
 * The connections of each of `pools` that share the server of this URL. The server's limits are read when a pool is
 * first used, and the result is logged once, at `level` if the pools fit. If the server cannot be reached, the call
 * rejects and the next call tries again.
 */
export function openShare(
  url: string,
  pools: number,
  log: Log,
  level: 'info' | 'debug' = 'info',
): () => Promise<number> {
  const asked = parseServerUrl(url).options.get('pool');
  let share: Promise<number> | undefined;

  async function read(): Promise<number> {
    const { each, fits, sentence } = shareOf({
      granted: await grantedBy(url),
      pools,
      ...(asked && { asked: Number(asked) }),
    });
    if (fits) log[level](`database connections: ${sentence}`);
    else log.warn(`database connections: ${sentence}`);
    return each;
  }

  return () =>
    (share ??= read().catch((error: unknown) => {
      share = undefined;
      throw error;
    }));
}

/** How many connections the server accepts from all its clients, or from this user if that is fewer. */
async function grantedBy(url: string): Promise<number> {
  const connection = await createConnection(serverOf(url));
  try {
    const [rows] = await connection.query('select @@max_connections as ofAll, @@max_user_connections as ofUser');
    const { ofAll, ofUser } = oneRow(rows as { ofAll: number; ofUser: number }[]);
    return ofUser > 0 ? Math.min(ofAll, ofUser) : ofAll; // 0: the user has no limit of its own
  } finally {
    connection.destroy();
  }
}
