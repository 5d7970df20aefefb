// Whether a session goes on: one look into the cache a request; where the cache cannot say, the account room does.
import type { Cache } from '../infra/cache.ts';
import type { Log } from '../infra/log.ts';
import { parseState, sessionKey, type SessionState } from '../schema/session-state.ts';
import type { AccountRoom } from './account-room.ts';

/** Whose session it is; null once it has ended. Rejects when nobody can say: a session is never let in on a guess. */
export type LiveSessions = (id: string) => Promise<SessionState | null>;

export const openLiveSessions =
  (cache: Pick<Cache, 'getMany'>, room: Pick<AccountRoom, 'sessionState'>, log: Log): LiveSessions =>
  async (id) => {
    const [text] = await cache.getMany([sessionKey(id)]).catch((error: unknown) => {
      log.warn('the cache does not tell of sessions; the account room is asked', { service: 'gateway', error });
      return [null];
    });
    const state = parseState(text ?? null);
    return state === undefined ? room.sessionState(id) : state;
  };
