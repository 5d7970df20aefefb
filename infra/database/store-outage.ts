// Whether an error means that a store, a disk or a server cannot work now: neither a message nor an input caused it.
import { ConnectionException, DeadlockException, LockWaitTimeoutException } from '@mikro-orm/core';
import { CacheAway } from '../cache/cache.ts';
import { isByDisk } from './disk-fault.ts';
import { isOutOfReach } from '../process/out-of-reach.ts';

const READ_ONLY: ReadonlySet<number> = new Set([1290, 1792, 1836]); // --read-only or super_read_only, a read-only transaction, a standby
const TOO_MANY_CONNECTIONS: ReadonlySet<number> = new Set([1040, 1203, 1226]); // of all users, of this user, beyond its resources

/**
 * Error codes with which a MySQL or MariaDB server, or a proxy in front of it, says that it cannot serve this
 * connection now: another connection, another server or a later attempt may work. From the servers' own error
 * references.
 */
const cannotServe: ReadonlySet<number> = new Set([
  ...READ_ONLY,
  ...[1053, 1927, 3032, 3169, 4031], // shutting down, connection killed, offline mode, session killed, closed as idle
  ...[1317, 1047, 1180, 3100], // interrupted, a cluster node that has not joined, the cluster or the disk refused a commit
  ...TOO_MANY_CONNECTIONS,
  1135, // no more threads
  ...[1021, 1026, 1030, 1037, 1041, 1114], // the server's disk is full or failing, its memory is used up
  ...[1129, 1130, 1152, 1158, 1159, 1160, 1161, 1184], // host blocked, network errors between server and client
  9001, // ProxySQL reached no server in time
]);

const errnoOf = (error: unknown): unknown => (error as { errno?: unknown } | null)?.errno;
const isAmong = (set: ReadonlySet<number>, error: unknown): boolean => {
  const errno = errnoOf(error);
  return typeof errno === 'number' && set.has(errno);
};

/** Whether a database server cannot serve this connection now. */
export const isUnserved = (error: unknown): boolean => isAmong(cannotServe, error);

/** Whether a database server has become read-only: nothing of the transaction was done. */
export const isReadOnlyNow = (error: unknown): boolean => isAmong(READ_ONLY, error);

/** Whether a database server has no free connection: it may have one in a moment. */
export const isTooManyConnections = (error: unknown): boolean => isAmong(TOO_MANY_CONNECTIONS, error);

/**
 * Whether a store, a disk or a server cannot work now, for any request: no input is to blame, and a later attempt may
 * succeed.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    [ConnectionException, DeadlockException, LockWaitTimeoutException, CacheAway].some(
      (kind) => error instanceof kind,
    ) ||
    isByDisk(error) ||
    isOutOfReach(error) ||
    isUnserved(error) ||
    isOutage(error.cause)
  );
}
