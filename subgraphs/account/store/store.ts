// The only reader and writer of accounts and their saved travellers; sessions, tries and keys have stores of their own.
import { type EntityManager, LockMode, raw, UniqueConstraintViolationException } from '@mikro-orm/core';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../../infra/database/database.ts';
import { announce } from '../../../infra/database/outbox.ts';
import type { Decision } from '../../../schema/errors.ts';
import { event } from '../../../schema/events.ts';
import type { Role } from '../../../schema/wire/identity.ts';
import { Account, type AccountRow, rolesOf, SavedTraveller, type SavedTravellerRow, Session } from './tables.ts';
import { refusal } from '../rules/refusal.ts';
import { MOST_SAVED_TRAVELLERS, type StoredTraveller } from '../rules/traveller.ts';

/** An account with its roles parsed. */
export interface KnownAccount extends Omit<AccountRow, 'roles'> {
  roles: readonly Role[];
}

export interface Accounts {
  /** Opens an account; null if the email has one. */
  open(account: {
    email: string;
    name: string;
    password: string;
    roles: readonly Role[];
  }): Promise<KnownAccount | null>;
  /** Whether there are no accounts. */
  isEmpty(): Promise<boolean>;
  byEmail(email: string): Promise<KnownAccount | null>;
  byId(id: string): Promise<KnownAccount | null>;
  change(id: string, change: { name: string } | { password: string }): Promise<void>;
  /** Grants the role; false if the account has it already. Takes effect in its sessions within LIVE_FOR. */
  grant(id: string, role: Role): Promise<boolean>;
  /** Revokes the role within LIVE_FOR; false if the account lacks it, LAST_ADMIN if it is the only administrator. */
  revoke(id: string, role: Role): Promise<Decision<boolean, 'LAST_ADMIN'>>;
  /**
   * Deletes an account with its sessions and travellers, and publishes the deletion: no personal data stays. Resolves with
   * the ids of the deleted sessions: one may have started since the caller ended the account's sessions.
   */
  erase(id: string): Promise<string[]>;
  /** The account's saved travellers, by name. */
  travellers(account: string): Promise<SavedTravellerRow[]>;
  /** One of the account's travellers; null if the id is not one of them. */
  traveller(account: string, id: string): Promise<SavedTravellerRow | null>;
  /** Saves a traveller. Refuses beyond MOST_TRAVELLERS, and with SESSION_ENDED if the account was deleted. */
  addTraveller(
    account: string,
    traveller: StoredTraveller,
  ): Promise<Decision<SavedTravellerRow, 'TOO_MANY_TRAVELLERS' | 'SESSION_ENDED'>>;
  /** Replaces one of the account's travellers; null if the id is not one of them. */
  changeTraveller(account: string, id: string, traveller: StoredTraveller): Promise<SavedTravellerRow | null>;
  /** Removes one of the account's travellers and resolves with it; null if the id is not one of them. */
  removeTraveller(account: string, id: string): Promise<SavedTravellerRow | null>;
}

const known = (row: AccountRow | null): KnownAccount | null => row && { ...row, roles: rolesOf(row) };

const ADMINS = { roles: { $like: '%ADMIN%' } };
const LOCKED = { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE } as const;

const savedBy = (em: EntityManager, account: string, id: string) =>
  em.findOne(SavedTraveller, { id, account }, { refresh: true });

export function openAccounts(db: Database): Accounts {
  /** Applies `change` to the account's roles; false if nothing changes or the account does not exist. */
  async function changeRoles(em: EntityManager, id: string, change: (role: readonly Role[]) => Role[]) {
    const row = await em.findOne(Account, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!row) return false;
    const roles = change(rolesOf(row)).join(',');
    if (roles === row.roles) return false;
    await em.nativeUpdate(Account, { id }, { roles, revision: raw<number>('revision + 1') });
    return true;
  }

  return {
    async open({ roles, ...account }) {
      const row = { id: typeidUnboxed('acc'), ...account, emailConfirmedAt: null, roles: roles.join(','), revision: 0 };
      try {
        await db.write((em) => em.insert(Account, row));
      } catch (error) {
        if (error instanceof UniqueConstraintViolationException) return null;
        throw error;
      }
      return { ...row, roles };
    },

    isEmpty: async () => (await db.read().count(Account)) === 0,
    byEmail: async (email) => known(await db.read().findOne(Account, { email })),
    byId: async (id) => known(await db.read().findOne(Account, { id })),

    async change(id, change) {
      await db.write((em) => em.nativeUpdate(Account, { id }, change));
    },

    grant: (id, role) => db.write((em) => changeRoles(em, id, (has) => [...new Set([...has, role])])),

    revoke: (id, role) =>
      db.write(async (em) => {
        // locks all administrators in one order: of two that revoke each other, the second finds itself the last
        const admins = role === 'ADMIN' ? await em.find(Account, ADMINS, LOCKED) : [];
        if (admins.length === 1 && admins[0]?.id === id) return refusal('LAST_ADMIN');
        return changeRoles(em, id, (has) => has.filter((each) => each !== role));
      }),

    erase: (id) =>
      db.write(async (em, now) => {
        // starting a session takes the same row lock, so no session is missed
        const row = await em.findOne(
          Account,
          { id },
          { lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true },
        );
        if (!row) return [];
        const sessions = await em.find(Session, { account: id }, { fields: ['id'], disableIdentityMap: true });
        await em.nativeDelete(Account, { id }); // cascades to its sessions and travellers
        const about = { source: '/account', subject: id, sequence: row.revision + 1, now: await now() };
        await announce(em, [event('account.deleted', about, { accountId: id })]);
        return sessions.map((session) => session.id);
      }),

    travellers: (account) => db.read().find(SavedTraveller, { account }, { orderBy: { name: 'asc', id: 'asc' } }),
    traveller: (account, id) => savedBy(db.read(), account, id),

    addTraveller: (account, traveller) =>
      db.write(async (em) => {
        // the update locks the account's row, so that concurrent additions cannot exceed the limit
        const isThere = await em.nativeUpdate(Account, { id: account }, { revision: raw<number>('revision') });
        if (!isThere) return refusal('SESSION_ENDED');
        if ((await em.count(SavedTraveller, { account })) >= MOST_SAVED_TRAVELLERS)
          return refusal('TOO_MANY_TRAVELLERS');
        const row = { id: typeidUnboxed('trv'), account, ...traveller };
        await em.insert(SavedTraveller, row);
        return row;
      }),

    changeTraveller: (account, id, traveller) =>
      db.write(async (em) => {
        await em.nativeUpdate(SavedTraveller, { id, account }, traveller);
        return savedBy(em, account, id);
      }),

    removeTraveller: (account, id) =>
      db.write(async (em) => {
        const row = await savedBy(em, account, id);
        await em.nativeDelete(SavedTraveller, { id, account });
        return row;
      }),
  };
}
