// The context that the resolvers of one request share, and its change when the request starts or ends a session.
import type { AccountStores } from '../store/stores.ts';
import type { Kept } from '../../../schema/wire/browser-session.ts';
import { anonymous, type Identity } from '../../../schema/wire/identity.ts';

export interface Context extends AccountStores {
  /** The caller; anonymous once the request has ended its own session. */
  identity: Identity;
  /** The session that this request started or refreshed: from then on it counts as the caller's session. */
  begun: string | null;
  now: Date;
  /** The browser behind the request: the refresh token in its cookie, and a way to set or clear its cookies. */
  browser: { refreshToken: string | null; keep(what: Kept): void };
  /** Sets the Retry-After header of the answer. */
  retryAfter(seconds: number): void;
}

/** Ends the caller's session: clears the cookies and treats the rest of this operation as anonymous. */
export function leave(context: Context): void {
  const { requestId, address } = context.identity;
  context.identity = anonymous(requestId, address);
  context.browser.keep(null);
}
