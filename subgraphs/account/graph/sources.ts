// What a resolver of each type is given as its parent: the row or value behind the type.
import type { Begun } from '../store/session-store.ts';
import type { KnownAccount } from '../store/store.ts';
import type { SavedTravellerRow, SessionRow } from '../store/tables.ts';

/** Somebody who is signed in now. Without tokens where the browser was given them as cookies. */
export interface SignedInNow {
  account: KnownAccount;
  session: Begun['session'];
  tokens: { accessToken: string; expiresAt: string; refreshToken: string } | null;
  /** Null where the session only went on. */
  deviceToken: string | null;
}
export type AccountSource = KnownAccount;
export type AccountRolesSource = KnownAccount;
export type SessionSource = SessionRow;
export type SavedTravellerSource = SavedTravellerRow;
export type SignedInSource = SignedInNow;
