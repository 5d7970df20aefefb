// Whether a session goes on: one look into the cache a request; where the cache cannot say, the account room does.
import type { Cache } from '../../infra/cache/cache.ts';
import type { Log } from '../../infra/logging/log.ts';
import { openOutage } from '../../infra/process/outage.ts';
import { parseState, sessionKey, type SessionState } from '../../schema/wire/session-state.ts';
import type { AccountRoom } from './account-room.ts';

/** Whose session it is; null once it has ended. Rejects when nobody can say: a session is never let in on a guess. */
export type LiveSessions = (id: string) => Promise<SessionState | null>;

export function openLiveSessions(
  cache: Pick<Cache, 'getMany'>,
  room: Pick<AccountRoom, 'sessionState'>,
  log: Log,
): LiveSessions {
  const absent = openOutage(log, 'the cache tells of sessions again');

  return async (id) => {
    const found = await absent.trying('the cache does not tell of sessions; the account room is asked', () =>
      cache.getMany([sessionKey(id)]),
    );
    const state = parseState(found?.[0] ?? null);
    return state === undefined ? room.sessionState(id) : state;
  };
}
