// The account room's tables. Instants are milliseconds since 1970.
import { join } from 'node:path';
import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { Role } from '../../../schema/wire/identity.ts';
import type { AccountMailKind, CodeKind } from '../rules/account-mails.ts';

/** Somebody's account. Its sessions and saved travellers go when it goes. */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: (p) => ({
    id: p.string().primary(),
    email: p.string(), // unique, in lower case
    emailConfirmedAt: p.bigint('number').nullable(), // when its owner proved to get mail there
    name: p.string(),
    password: p.string(), // as subgraphs/account/store/passwords.ts hashes it
    roles: p.string(), // by comma
    revision: p.integer(), // counts the changes of its roles: what is cached of its sessions has it
  }),
});

/** A session: it goes on as long as its row is there, and is good until it expires. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: (p) => ({
    id: p.string().primary(),
    account: p.string(),
    familyHash: p.string(), // of the secret that all its refresh tokens share: only who was given one knows it
    refreshHash: p.string(), // of the one refresh token that is good
    previousHash: p.string().nullable(), // of the one that was good before
    startedAt: p.bigint('number'),
    usedAt: p.bigint('number'), // when the previous one was used, or the session began
    expiresAt: p.bigint('number'),
  }),
});

/** A traveller whose data is kept for the next order; either all of a document is kept or nothing. */
export const SavedTraveller = defineEntity({
  name: 'SavedTraveller',
  tableName: 'saved_traveller',
  properties: (p) => ({
    id: p.string().primary(),
    account: p.string(),
    name: p.string(),
    birthDate: p.string(),
    documentKind: p.string().$type<'PASSPORT' | 'IDENTITY_CARD'>().nullable(),
    documentNumber: p.string().nullable(),
    documentCountry: p.string().nullable(),
    documentExpiresOn: p.string().nullable(),
  }),
});

/** How often something was tried on a subject since the first try, until they are forgotten. */
export const Tries = defineEntity({
  name: 'Tries',
  tableName: 'tries',
  properties: (p) => ({
    subject: p.string().primary(), // a digest of what tries.ts counts on
    count: p.integer(),
    until: p.bigint('number'),
  }),
});

/** A mail that waits to be sent; it goes when it is sent, or with its account. */
export const AccountMail = defineEntity({
  name: 'AccountMail',
  tableName: 'account_mail',
  properties: (p) => ({
    id: p.string().primary(),
    account: p.string().nullable(), // null until the sender has found it by the address
    kind: p.string().$type<AccountMailKind>(),
    email: p.string(),
    dueAt: p.bigint('number'),
    tries: p.integer(),
  }),
});

/** A code that was mailed. */
export const AccountCode = defineEntity({
  name: 'AccountCode',
  tableName: 'account_code',
  properties: (p) => ({
    hash: p.string().primary(),
    account: p.string(),
    kind: p.string().$type<CodeKind>(),
    email: p.string(), // the address that it was mailed to
    expiresAt: p.bigint('number'),
  }),
});

/** A device that the account was signed in on. */
export const KnownDevice = defineEntity({
  name: 'KnownDevice',
  tableName: 'known_device',
  properties: (p) => ({
    hash: p.string().primary(), // of the token that the device has
    account: p.string(),
    usedAt: p.bigint('number'),
  }),
});

/** A key pair for access tokens, as JSON Web Keys. The newest that may sign already signs. */
export const TokenKey = defineEntity({
  name: 'TokenKey',
  tableName: 'token_key',
  properties: (p) => ({
    id: p.string().primary(),
    secret: p.text(),
    public: p.text(),
    signsFrom: p.bigint('number'),
  }),
});

export type AccountRow = InferEntity<typeof Account>;

/** The roles in an account's row. */
export const rolesOf = ({ roles }: Pick<AccountRow, 'roles'>): readonly Role[] => roles.split(',') as Role[];

export type AccountMailRow = InferEntity<typeof AccountMail>;
export type AccountCodeRow = InferEntity<typeof AccountCode>;
export type SessionRow = InferEntity<typeof Session>;
export type SavedTravellerRow = InferEntity<typeof SavedTraveller>;

export const accountTables: Tables = {
  room: 'account',
  entities: [Account, Session, SavedTraveller, Tries, AccountMail, AccountCode, KnownDevice, TokenKey],
  dir: join(import.meta.dirname, '..'),
};
