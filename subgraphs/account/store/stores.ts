// The stores of the account subgraph, and how it hashes passwords.
import type { StoreParts } from '../../runtime/definition.ts';
import { openAccountMails } from './account-mail-store.ts';
import { openDevices } from './device-store.ts';
import { openTokenKeys } from './key-store.ts';
import { openPasswords } from './password-hash.ts';
import { openRecovery } from './recovery-store.ts';
import { openSessions } from './session-store.ts';
import { openAccounts } from './store.ts';
import { openTries } from './try-store.ts';

// a password change hashes twice; with these waits and the rest of its work it stays within the gateway's timeout
const WAITS_OF_A_REQUEST = 4;

export type AccountStores = ReturnType<typeof openAccountStores>;

export const openAccountStores = ({ db, timeout, platform: { cache, log } }: StoreParts) => ({
  accounts: openAccounts(db),
  sessions: openSessions(db, cache, log),
  tries: openTries(db),
  mails: openAccountMails(db),
  recovery: openRecovery(db),
  devices: openDevices(db),
  keys: openTokenKeys(db),
  passwords: openPasswords({ waitAtMost: timeout / WAITS_OF_A_REQUEST }),
});
