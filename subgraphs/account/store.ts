// The only reader and writer of accounts and their saved travellers; sessions, tries and keys have stores of their own.
import { type EntityManager, raw, UniqueConstraintViolationException } from '@mikro-orm/core';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../infra/database.ts';
import type { Role } from '../../schema/identity.ts';
import { Account, type AccountRow, SavedTraveller, type SavedTravellerRow } from './tables.ts';
import { MOST_TRAVELLERS, type Traveller } from './traveller.ts';

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
  /** Takes a role from the account; false when it has it not. What it allowed ends within LIVE_FOR. */
  revoke(id: string, role: Role): Promise<boolean>;
  /** Deletes an account with its sessions and travellers: nothing personal stays. */
  erase(id: string): Promise<void>;
  /** All that the account saved, by name. */
  travellers(account: string): Promise<SavedTravellerRow[]>;
  /** One of the account's travellers; null when it has none of this id. */
  traveller(account: string, id: string): Promise<SavedTravellerRow | null>;
  /** Saves a traveller; null when there are as many as there may be. */
  addTraveller(account: string, traveller: Traveller): Promise<SavedTravellerRow | null>;
  /** Replaces one of the account's travellers; null when it has none of this id. */
  changeTraveller(account: string, id: string, traveller: Traveller): Promise<SavedTravellerRow | null>;
  /** Forgets one of the account's travellers, and gives what was known; null when it has none of this id. */
  removeTraveller(account: string, id: string): Promise<SavedTravellerRow | null>;
}

const known = (row: AccountRow | null): KnownAccount | null => row && { ...row, roles: row.roles.split(',') as Role[] };

const savedBy = (em: EntityManager, account: string, id: string) =>
  em.findOne(SavedTraveller, { id, account }, { refresh: true });

export function openAccounts(db: Database): Accounts {
  /** Gives the account the roles that `change` makes of those it has; false where that is null: nothing to do. */
  const changeRoles = (id: string, change: (roles: string[]) => string[] | null): Promise<boolean> =>
    db.write(async (em) => {
      const row = await em.findOneOrFail(Account, { id });
      const next = change(row.roles.split(','));
      if (next === null) return false;
      const values = { roles: next.join(','), revision: raw<number>('revision + 1') };
      return (await em.nativeUpdate(Account, { id, roles: row.roles }, values)) > 0;
    });

  return {
    async open({ roles, ...account }) {
      const row = { id: typeidUnboxed('acc'), ...account, roles: roles.join(','), revision: 0 };
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

    grant: (id, role) => changeRoles(id, (roles) => (roles.includes(role) ? null : [...roles, role])),
    revoke: (id, role) =>
      changeRoles(id, (roles) => (roles.includes(role) ? roles.filter((each) => each !== role) : null)),

    async erase(id) {
      await db.write((em) => em.nativeDelete(Account, { id })); // its sessions and travellers go with it
    },

    travellers: (account) => db.read().find(SavedTraveller, { account }, { orderBy: { name: 'asc', id: 'asc' } }),
    traveller: (account, id) => savedBy(db.read(), account, id),

    addTraveller: (account, traveller) =>
      db.write(async (em) => {
        // the account's row is written first, so that of two who add the last one waits for the other
        await em.nativeUpdate(Account, { id: account }, { revision: raw<number>('revision') });
        if ((await em.count(SavedTraveller, { account })) >= MOST_TRAVELLERS) return null;
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
