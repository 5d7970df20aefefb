// The only reader and writer of accounts and their saved travellers; sessions, tries and keys have stores of their own.
import { type EntityManager, LockMode, raw, UniqueConstraintViolationException } from '@mikro-orm/core';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../../infra/database/database.ts';
import { announce } from '../../../infra/database/outbox.ts';
import { event } from '../../../schema/events.ts';
import type { Role } from '../../../schema/wire/identity.ts';
import { Account, type AccountRow, rolesOf, SavedTraveller, type SavedTravellerRow, Session } from './tables.ts';
import { MOST_TRAVELLERS, type Traveller } from '../rules/traveller.ts';

/** An account as its room knows it. */
export interface KnownAccount extends Omit<AccountRow, 'roles'> {
  roles: readonly Role[];
}

export interface Accounts {
  /** Opens an account; null when the email has one. */
  open(account: {
    email: string;
    name: string;
    password: string;
    roles: readonly Role[];
  }): Promise<KnownAccount | null>;
  /** Whether nobody has an account. */
  isEmpty(): Promise<boolean>;
  byEmail(email: string): Promise<KnownAccount | null>;
  byId(id: string): Promise<KnownAccount | null>;
  change(id: string, change: { name: string } | { password: string }): Promise<void>;
  /** Gives the account a role; false when it has it already. Its sessions have it within LIVE_FOR. */
  grant(id: string, role: Role): Promise<boolean>;
  /** Takes a role from the account; false when it has it not, LAST_ADMIN when nobody else is one. What it allowed ends within LIVE_FOR. */
  revoke(id: string, role: Role): Promise<boolean | 'LAST_ADMIN'>;
  /**
   * Deletes an account with its sessions and travellers, and tells the other subgraphs: nothing personal stays. Resolves
   * with the ids of the sessions that went with it: one may have begun since the account's sessions were ended.
   */
  erase(id: string): Promise<string[]>;
  /** All that the account saved, by name. */
  travellers(account: string): Promise<SavedTravellerRow[]>;
  /** One of the account's travellers; null when it has none of this id. */
  traveller(account: string, id: string): Promise<SavedTravellerRow | null>;
  /** Saves a traveller, unless there are as many as there may be, or the account was deleted a moment ago. */
  addTraveller(
    account: string,
    traveller: Traveller,
  ): Promise<SavedTravellerRow | 'TOO_MANY_TRAVELLERS' | 'SESSION_ENDED'>;
  /** Replaces one of the account's travellers; null when it has none of this id. */
  changeTraveller(account: string, id: string, traveller: Traveller): Promise<SavedTravellerRow | null>;
  /** Forgets one of the account's travellers, and gives what was known; null when it has none of this id. */
  removeTraveller(account: string, id: string): Promise<SavedTravellerRow | null>;
}

const known = (row: AccountRow | null): KnownAccount | null => row && { ...row, roles: rolesOf(row) };

const ADMINS = { roles: { $like: '%ADMIN%' } };
const LOCKED = { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE } as const;

const savedBy = (em: EntityManager, account: string, id: string) =>
  em.findOne(SavedTraveller, { id, account }, { refresh: true });

export function openAccounts(db: Database): Accounts {
  /** Gives the account the roles that `change` makes of those it has; false where they are the same, or it is gone. */
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
        // takes the rows of all of them, in one order: of two who take each other's role the second is the last
        const admins = role === 'ADMIN' ? await em.find(Account, ADMINS, LOCKED) : [];
        if (admins.length === 1 && admins[0]!.id === id) return 'LAST_ADMIN';
        return changeRoles(em, id, (has) => has.filter((each) => each !== role));
      }),

    erase: (id) =>
      db.write(async (em, now) => {
        // under the row's lock, which every session takes to begin: none is missed
        const row = await em.findOne(
          Account,
          { id },
          { lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true },
        );
        if (!row) return [];
        const sessions = await em.find(Session, { account: id }, { fields: ['id'], disableIdentityMap: true });
        await em.nativeDelete(Account, { id }); // its sessions and travellers go with it
        const about = { source: '/account', subject: id, sequence: row.revision + 1, now: await now() };
        await announce(em, [event('account.deleted', about, { accountId: id })]);
        return sessions.map((session) => session.id);
      }),

    travellers: (account) => db.read().find(SavedTraveller, { account }, { orderBy: { name: 'asc', id: 'asc' } }),
    traveller: (account, id) => savedBy(db.read(), account, id),

    addTraveller: (account, traveller) =>
      db.write(async (em) => {
        // the account's row is written first, so that of two who add the last one waits for the other
        const isThere = await em.nativeUpdate(Account, { id: account }, { revision: raw<number>('revision') });
        if (!isThere) return 'SESSION_ENDED';
        if ((await em.count(SavedTraveller, { account })) >= MOST_TRAVELLERS) return 'TOO_MANY_TRAVELLERS';
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
