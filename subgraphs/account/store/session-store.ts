// The only reader and writer of sessions and their cache entries.
import type { EntityManager } from '@mikro-orm/core';
import { createHash, randomBytes } from 'node:crypto';
import { typeidUnboxed } from 'typeid-js';
import type { Cache } from '../../../infra/cache/cache.ts';
import type { Database } from '../../../infra/database/database.ts';
import type { Log } from '../../../infra/logging/log.ts';
import { openOutage } from '../../../infra/process/outage.ts';
import { type Decision, isRefused } from '../../../schema/errors.ts';
import { accessToken } from '../../../schema/wire/access-token.ts';
import { LIVE_FOR, sessionKey, type SessionState, stateText } from '../../../schema/wire/session-state.ts';
import { refusal } from '../rules/refusal.ts';
import { Account, rolesOf, Session, type SessionRow } from './tables.ts';
import { DAY } from '../../../schema/terms/durations.ts';

/** A session that is not refreshed for this many ms ends. */
const UNUSED_FOR = 30 * DAY;

/** Within this many ms after its use, a reused refresh token counts as a retry or another tab, not as theft. */
const USED_AT_ONCE = 10_000;

const MOST_SESSIONS = 20; // per account; beyond this, the session unused for longest ends

/** A session with its only valid refresh token. */
export interface Begun {
  session: SessionRow;
  refreshToken: string;
}

export interface Sessions {
  /** Starts a session for an account loaded with this password hash; null if the password has changed since. */
  begin(account: { id: string; password: string }): Promise<Begun | null>;
  /**
   * Rotates the refresh token of a session. The previous token gives ALREADY_REFRESHED within USED_AT_ONCE and ends
   * nothing. Any other token gives SESSION_ENDED, and ends the session if it was issued for it.
   */
  refresh(refreshToken: string): Promise<Decision<Begun, 'ALREADY_REFRESHED' | 'SESSION_ENDED'>>;
  /** The account's active sessions, most recently used first. */
  of(account: string): Promise<SessionRow[]>;
  /** Ends one session of the account, or all but one. Gateways refuse them from now on. Resolves with their number. */
  end(account: string, which: { id: string } | { except: string | null }): Promise<number>;
  /** Makes every gateway refuse sessions whose rows another store has deleted. */
  ended(ids: readonly string[]): Promise<void>;
  /** Ends the session that the refresh token, current or old, was issued for. Resolves with its id; null if there is none. */
  endIssued(refreshToken: string): Promise<string | null>;
  /** The account of a session and its roles; null once the session has ended. Caches the result. */
  state(id: string): Promise<SessionState | null>;
}

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** 256 random bits. */
const newSecret = (): string => randomBytes(32).toString('base64url');

const TOKEN = /^ses_[0-9a-z]{26}\.[\w-]{43}\.[\w-]{43}$/;

/** The session and the family secret in a refresh token. The third part is the token's own secret. */
function partsOf(token: string): { id: string; family: string } {
  const [id = '', family = ''] = token.split('.');
  return { id, family };
}

export function openSessions(db: Database, cache: Cache, log: Log): Sessions {
  const cacheOutage = openOutage(log.child({ service: 'account' }), 'sessions are written to the cache again');

  /** Tells every gateway that sessions have ended, for as long as their access tokens could be valid. */
  async function publishEnded(ids: readonly string[]): Promise<void> {
    const ended = { revision: Number.MAX_SAFE_INTEGER, value: stateText(null), ttl: 2 * accessToken.lives * 1000 };
    try {
      await cache.putMany(ids.map((id) => ({ key: sessionKey(id), ...ended })));
    } catch (error) {
      // a gateway without the cache asks this subgraph; one with it sees the old state for LIVE_FOR at most
      log.error('ended sessions not written to the cache', { service: 'account', error });
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
        // locks the account's row: a concurrent password change commits before this, or after it and ends this session
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
      await publishEnded(begun.over);
      return { session: begun.session, refreshToken };
    },

    async refresh(given) {
      if (!TOKEN.test(given)) return refusal('SESSION_ENDED'); // without a database access
      const { id, family } = partsOf(given);
      const next = `${id}.${family}.${newSecret()}`;
      const { session, ended } = await db.write(async (em, now) => {
        const at = (await now()).getTime();
        const change = { refreshHash: hash(next), previousHash: hash(given), usedAt: at, expiresAt: at + UNUSED_FOR };
        // one statement decides: of two concurrent uses of a token, one succeeds
        const good = { id, refreshHash: hash(given), expiresAt: { $gt: at } };
        const isGood = await em.nativeUpdate(Session, good, change);
        if (isGood) return { session: await em.findOneOrFail(Session, { id }), ended: 0 };
        const atOnce = { id, previousHash: hash(given), usedAt: { $gte: at - USED_AT_ONCE } };
        if (await em.findOne(Session, atOnce)) return { session: refusal('ALREADY_REFRESHED'), ended: 0 };
        // a session's id is not secret: only the holder of one of its tokens can end it
        const issued = { id, familyHash: hash(family) };
        return { session: refusal('SESSION_ENDED'), ended: await em.nativeDelete(Session, issued) };
      });
      if (ended) await publishEnded([id]);
      return isRefused(session) ? session : { session, refreshToken: next };
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
      await publishEnded(ids);
      return ids.length;
    },

    ended: publishEnded,

    async endIssued(given) {
      if (!TOKEN.test(given)) return null;
      const { id, family } = partsOf(given);
      const ended = await db.write((em) => em.nativeDelete(Session, { id, familyHash: hash(family) }));
      if (!ended) return null;
      await publishEnded([id]);
      return id;
    },

    async state(id) {
      const em = db.read();
      const session = await em.findOne(Session, { id, expiresAt: { $gt: (await db.now()).getTime() } });
      const account = session && (await em.findOne(Account, { id: session.account }));
      if (!account) return null;
      const state = { account: account.id, roles: rolesOf(account) };
      const entry = { key: sessionKey(id), revision: account.revision, value: stateText(state), ttl: LIVE_FOR };
      await cache.putMany([entry]).then(cacheOutage.ended, (error: unknown) => {
        cacheOutage.began('session not written to the cache', error);
      });
      return state;
    },
  };
}
