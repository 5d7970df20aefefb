// Tables of the account subgraph. Instants are milliseconds since 1970.
import { join } from 'node:path';
import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { Role } from '../../../schema/wire/identity.ts';
import type { AccountMailKind, CodeKind } from '../rules/account-mails.ts';

/** An account. Deleting it deletes its sessions and saved travellers. */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: (p) => ({
    id: p.string().primary(),
    email: p.string(), // unique, in lower case
    emailConfirmedAt: p.bigint('number').nullable(), // when its owner proved to receive mail there
    name: p.string(),
    password: p.string(), // as subgraphs/account/store/password-hash.ts hashes it
    roles: p.string(), // comma-separated
    revision: p.integer(), // incremented with each change of roles; versions the cached state of its sessions
  }),
});

/** A session. It is valid until it expires or its row is deleted. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: (p) => ({
    id: p.string().primary(),
    account: p.string(),
    familyHash: p.string(), // of the secret that all its refresh tokens share and only their holders know
    refreshHash: p.string(), // of the valid refresh token
    previousHash: p.string().nullable(), // of the refresh token before it
    startedAt: p.bigint('number'),
    usedAt: p.bigint('number'), // when the session was last refreshed, or started
    expiresAt: p.bigint('number'),
  }),
});

/** A traveller saved for the next order. Either all document columns are set or none. */
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

/** The number of tries on a subject since its first try, until the count is reset. */
export const Tries = defineEntity({
  name: 'Tries',
  tableName: 'tries',
  properties: (p) => ({
    subject: p.string().primary(), // a digest of what tries.ts counts on
    count: p.integer(),
    until: p.bigint('number'),
  }),
});

/** A queued mail. Its row is deleted when it is sent or its account is deleted. */
export const AccountMail = defineEntity({
  name: 'AccountMail',
  tableName: 'account_mail',
  properties: (p) => ({
    id: p.string().primary(),
    account: p.string().nullable(), // null until the sender has looked it up by address
    kind: p.string().$type<AccountMailKind>(),
    email: p.string(),
    dueAt: p.bigint('number'),
    tries: p.integer(),
  }),
});

/** A mailed code. */
export const AccountCode = defineEntity({
  name: 'AccountCode',
  tableName: 'account_code',
  properties: (p) => ({
    hash: p.string().primary(),
    account: p.string(),
    kind: p.string().$type<CodeKind>(),
    email: p.string(), // the recipient
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

/** A key pair for access tokens, as JSON Web Keys. The newest whose `signsFrom` has passed signs. */
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
  database: 'account',
  entities: [Account, Session, SavedTraveller, Tries, AccountMail, AccountCode, KnownDevice, TokenKey],
  dir: join(import.meta.dirname, '..'),
};
