// The account room, assembled.
import type { Clock } from '../../infra/clock.ts';
import type { Passwords } from '../../infra/passwords.ts';
import { KEEP_HEADER, keepText, REFRESH_HEADER } from '../../schema/browser-session.ts';
import { readSdl, type Subgraph } from '../serve.ts';
import type { Context } from './context.ts';
import type { AccountMails } from './account-mail-store.ts';
import type { Devices } from './device-store.ts';
import type { TokenKeys } from './key-store.ts';
import type { Recovery } from './recovery-store.ts';
import { resolvers } from './resolvers.ts';
import type { Sessions } from './session-store.ts';
import type { Accounts } from './store.ts';
import type { TryStore } from './try-store.ts';

/** What the account room keeps its things in. */
export interface AccountStores {
  accounts: Accounts;
  sessions: Sessions;
  tries: TryStore;
  mails: AccountMails;
  recovery: Recovery;
  devices: Devices;
  keys: TokenKeys;
  passwords: Passwords;
}

/** The account room as a subgraph. */
export const createAccountSubgraph = (stores: AccountStores, now: Clock): Subgraph => ({
  name: 'account',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: (identity, { headers, reply }): Context => ({
    ...stores,
    identity,
    begun: null,
    now: now(),
    browser: {
      refreshToken: headers[REFRESH_HEADER] ?? null,
      keep: (what) => void (reply[KEEP_HEADER] = keepText(what)),
    },
    retryAfter: (seconds) => void (reply['retry-after'] = String(seconds)),
  }),
});
