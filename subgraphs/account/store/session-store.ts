// The only reader and writer of sessions, and of what the cache holds of them.
import type { EntityManager } from '@mikro-orm/core';
import { createHash, randomBytes } from 'node:crypto';
import { typeidUnboxed } from 'typeid-js';
import type { Cache } from '../../../infra/cache/cache.ts';
import type { Database } from '../../../infra/database/database.ts';
import type { Log } from '../../../infra/logging/log.ts';
import { openOutage } from '../../../infra/process/outage.ts';
import { accessToken } from '../../../schema/wire/access-token.ts';
import { LIVE_FOR, sessionKey, type SessionState, stateText } from '../../../schema/wire/session-state.ts';
import { Account, rolesOf, Session, type SessionRow } from './tables.ts';

const DAY = 24 * 60 * 60_000;

/** A session that nobody refreshes for this many ms ends. */
const UNUSED_FOR = 30 * DAY;

/** So many ms after its use a refresh token that comes again is another tab's, or a retry's, and no thief's. */
const USED_AT_ONCE = 10_000;

const MOST_SESSIONS = 20; // of one account: somebody's devices; beyond, the one unused for longest ends

/** A session with the one refresh token that is good for it now. */
export interface Begun {
  session: SessionRow;
  refreshToken: string;
}

export interface Sessions {
  /** Begins a session of who was found with this password; null where it is not the account's any more. */
  begin(account: { id: string; password: string }): Promise<Begun | null>;
  /**
   * Goes on with the session of its last refresh token. ALREADY_REFRESHED, and nothing ends, with the one before it
   * within USED_AT_ONCE. SESSION_ENDED with any other; where that was issued for the session, it is over now.
   */
  refresh(refreshToken: string): Promise<Begun | 'ALREADY_REFRESHED' | 'SESSION_ENDED'>;
  /** The account's sessions that go on, the last used first. */
  of(account: string): Promise<SessionRow[]>;
  /** Ends those of the account's sessions that are named, or all but one: how many there were. No gateway lets them in any more. */
  end(account: string, which: { id: string } | { except: string | null }): Promise<number>;
  /** Tells every gateway that sessions are over whose rows went with their account. */
  ended(ids: readonly string[]): Promise<void>;
  /** Ends the session that the refresh token was issued for, be it its last one or an old one: its id; null where there is none. */
  endIssued(refreshToken: string): Promise<string | null>;
  /** Whose session it is; null once it has ended. Leaves it in the cache for the next who asks. */
  state(id: string): Promise<SessionState | null>;
}

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** 256 random bits. */
const newSecret = (): string => randomBytes(32).toString('base64url');

const TOKEN = /^ses_[0-9a-z]{26}\.[\w-]{43}\.[\w-]{43}$/;

/** The parts of a refresh token: its session, the secret of all the session's tokens, and the one that is its own. */
function partsOf(token: string): { id: string; family: string } {
  const [id = '', family = ''] = token.split('.');
  return { id, family };
}

export function openSessions(db: Database, cache: Cache, log: Log): Sessions {
  const deaf = openOutage(log.child({ service: 'account' }), 'the cache is told of sessions again');

  /** Tells every gateway that sessions have ended, for as long as their access tokens could be good. */
  async function tellEnded(ids: readonly string[]): Promise<void> {
    const ended = { revision: Number.MAX_SAFE_INTEGER, value: stateText(null), ttl: 2 * accessToken.lives * 1000 };
    try {
      await cache.putMany(ids.map((id) => ({ key: sessionKey(id), ...ended })));
    } catch (error) {
      // who cannot read it either asks us; who can has an older word for LIVE_FOR at most
      log.error('the cache was not told of sessions that ended', { service: 'account', error });
    }
  }

  const remove = async (em: EntityManager, ids: readonly string[]): Promise<readonly string[]> => {
    await em.nativeDelete(Session, { id: { $in: [...ids] } });
    return ids;
  };

  return {
    async begin({ id: account, password }) {
      const id = typeidUnboxed('ses');
      const family = newSecret();
      const refreshToken = `${id}.${family}.${newSecret()}`;
      const hashes = { familyHash: hash(family), refreshHash: hash(refreshToken), previousHash: null };
      const begun = await db.write(async (em, now) => {
        // takes the account's row: a password that is changed now is changed before or after this, and ends it then
        if (!(await em.nativeUpdate(Account, { id: account, password }, { password }))) return null;
        const at = (await now()).getTime();
        const session = { id, account, ...hashes, startedAt: at, usedAt: at, expiresAt: at + UNUSED_FOR };
        await em.insert(Session, session);
        const all = await em.find(Session, { account }, { orderBy: { usedAt: 'desc', id: 'desc' } });
        const over = all.filter(({ expiresAt }, i) => expiresAt <= at || i >= MOST_SESSIONS);
        return {
          session,
          over: await remove(
            em,
            over.map((each) => each.id),
          ),
        };
      });
      if (!begun) return null;
      await tellEnded(begun.over);
      return { session: begun.session, refreshToken };
    },

    async refresh(given) {
      if (!TOKEN.test(given)) return 'SESSION_ENDED'; // costs nothing
      const { id, family } = partsOf(given);
      const next = `${id}.${family}.${newSecret()}`;
      const { session, ended } = await db.write(async (em, now) => {
        const at = (await now()).getTime();
        const change = { refreshHash: hash(next), previousHash: hash(given), usedAt: at, expiresAt: at + UNUSED_FOR };
        // one statement decides: of two who come with the same token one goes on
        const good = { id, refreshHash: hash(given), expiresAt: { $gt: at } };
        const isGood = await em.nativeUpdate(Session, good, change);
        if (isGood) return { session: await em.findOneOrFail(Session, { id }), ended: 0 };
        const atOnce = { id, previousHash: hash(given), usedAt: { $gte: at - USED_AT_ONCE } };
        if (await em.findOne(Session, atOnce)) return { session: 'ALREADY_REFRESHED' as const, ended: 0 };
        // a session's id is no secret: only who was given a token of it can end it
        const issued = { id, familyHash: hash(family) };
        return { session: 'SESSION_ENDED' as const, ended: await em.nativeDelete(Session, issued) };
      });
      if (ended) await tellEnded([id]);
      return typeof session === 'string' ? session : { session, refreshToken: next };
    },

    async of(account) {
      const good = { account, expiresAt: { $gt: (await db.now()).getTime() } };
      return db.read().find(Session, good, { orderBy: { usedAt: 'desc', id: 'desc' } });
    },

    async end(account, which) {
      const meant = 'id' in which ? { id: which.id } : which.except === null ? {} : { id: { $ne: which.except } };
      const ids = await db.write(async (em) => {
        const rows = await em.find(Session, { account, ...meant });
        return remove(
          em,
          rows.map(({ id }) => id),
        );
      });
      await tellEnded(ids);
      return ids.length;
    },

    ended: tellEnded,

    async endIssued(given) {
      if (!TOKEN.test(given)) return null;
      const { id, family } = partsOf(given);
      const ended = await db.write((em) => em.nativeDelete(Session, { id, familyHash: hash(family) }));
      if (!ended) return null;
      await tellEnded([id]);
      return id;
    },

    async state(id) {
      const em = db.read();
      const session = await em.findOne(Session, { id, expiresAt: { $gt: (await db.now()).getTime() } });
      const account = session && (await em.findOne(Account, { id: session.account }));
      if (!account) return null;
      const state = { account: account.id, roles: rolesOf(account) };
      const entry = { key: sessionKey(id), revision: account.revision, value: stateText(state), ttl: LIVE_FOR };
      await cache.putMany([entry]).then(deaf.ended, (error: unknown) => {
        deaf.began('the cache was not told of a session', error);
      });
      return state;
    },
  };
}
