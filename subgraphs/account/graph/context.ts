// What the resolvers of one request share, and how it changes when a session begins or ends on the way.
import type { Passwords } from '../store/passwords.ts';
import type { Kept } from '../../../schema/wire/browser-session.ts';
import { anonymous, type Identity } from '../../../schema/wire/identity.ts';
import type { AccountMails } from '../store/account-mail-store.ts';
import type { Devices } from '../store/device-store.ts';
import type { TokenKeys } from '../store/key-store.ts';
import type { Recovery } from '../store/recovery-store.ts';
import type { Sessions } from '../store/session-store.ts';
import type { Accounts } from '../store/store.ts';
import type { TryStore } from '../store/try-store.ts';

export interface Context {
  /** Who asks; nobody from where the request ended its own session. */
  identity: Identity;
  /** The session that this very request began or went on with: from then on it is the one that asks. */
  begun: string | null;
  now: Date;
  accounts: Accounts;
  sessions: Sessions;
  tries: TryStore;
  mails: AccountMails;
  recovery: Recovery;
  devices: Devices;
  keys: TokenKeys;
  passwords: Passwords;
  /** The browser behind the request: the refresh token in its cookie, and how it is told what to keep. */
  browser: { refreshToken: string | null; keep(what: Kept): void };
  /** Says in the answer's headers in how many seconds to come again. */
  retryAfter(seconds: number): void;
}

/** The session that asked is over: the browser forgets it, and what else the document wants is wanted by nobody. */
export function leave(context: Context): void {
  const { requestId, address } = context.identity;
  context.identity = anonymous(requestId, address);
  context.browser.keep(null);
}
