// The parent value that the resolvers of each type receive.
import type { Begun } from '../store/session-store.ts';
import type { KnownAccount } from '../store/store.ts';
import type { SavedTravellerRow, SessionRow } from '../store/tables.ts';
import type { AccountRefusalCode } from '../rules/refusal.ts';
import type { Refusal } from '../../../schema/errors.ts';

/** The result of a sign-in. `tokens` is null if the browser got them as cookies. */
export interface SignedInNow {
  account: KnownAccount;
  session: Begun['session'];
  tokens: { accessToken: string; expiresAt: string; refreshToken: string } | null;
  /** Null if an existing session was refreshed. */
  deviceToken: string | null;
}
/** `retryAfter` is in seconds, for TOO_MANY_TRIES. */
export type AccountRefusal = Refusal<AccountRefusalCode> & { retryAfter?: number };
export type AccountRefusalSource = AccountRefusal;
export type AccountSource = KnownAccount;
export type AccountRolesSource = KnownAccount;
export type SessionSource = SessionRow;
export type SavedTravellerSource = SavedTravellerRow;
export type SignedInSource = SignedInNow;
