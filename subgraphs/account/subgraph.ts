// The account subgraph.
import type { Clock } from '../../infra/process/clock.ts';
import type { Passwords } from './store/passwords.ts';
import { KEEP_HEADER, keepText, REFRESH_HEADER } from '../../schema/wire/browser-session.ts';
import { readSdl, type Subgraph } from '../runtime/serve.ts';
import type { Context } from './graph/context.ts';
import type { AccountMails } from './store/account-mail-store.ts';
import type { Devices } from './store/device-store.ts';
import type { TokenKeys } from './store/key-store.ts';
import type { Recovery } from './store/recovery-store.ts';
import { resolvers } from './graph/resolvers.ts';
import type { Sessions } from './store/session-store.ts';
import type { Accounts } from './store/store.ts';
import type { TryStore } from './store/try-store.ts';

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
