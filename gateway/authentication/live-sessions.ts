// Whether a session is active: one cache look-up per request; if the cache cannot answer, the account subgraph is
// queried.
import type { Cache } from '../../infra/cache/cache.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { parseState, sessionKey, type SessionState } from '../../schema/wire/session-state.ts';
import type { AccountService } from './account-service.ts';

/**
 * The session's state; null if it has ended. Rejects if neither source answers: an unverified session is never
 * accepted.
 */
export type LiveSessions = (id: string) => Promise<SessionState | null>;

export function openLiveSessions(
  cache: Pick<Cache, 'getMany'>,
  account: Pick<AccountService, 'sessionState'>,
  log: Log,
): LiveSessions {
  const absent = openOutage(log, 'session cache available again');

  return async (id) => {
    const found = await absent.trying('session cache unavailable; querying the account service', () =>
      cache.getMany([sessionKey(id)]),
    );
    const state = parseState(found?.[0] ?? null);
    return state === undefined ? account.sessionState(id) : state;
  };
}
