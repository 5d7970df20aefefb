// Export of the personal data that the account subgraph stores, for the owner.
import type { KnownAccount } from '../store/store.ts';
import type { SavedTravellerRow, SessionRow } from '../store/tables.ts';

/** The data as a JSON document, without secrets. Instants are in UTC. */
export function accountData(
  { id, email, emailConfirmedAt, name, roles }: KnownAccount,
  sessions: readonly SessionRow[],
  travellers: readonly SavedTravellerRow[],
): string {
  const instant = (ms: number | null | undefined) => (ms == null ? null : new Date(ms).toISOString());
  const data = {
    account: { id, email, emailConfirmedAt: instant(emailConfirmedAt), name, roles },
    sessions: sessions.map((each) => ({
      id: each.id,
      startedAt: instant(each.startedAt),
      usedAt: instant(each.usedAt),
      expiresAt: instant(each.expiresAt),
    })),
    savedTravellers: travellers.map(({ account: _, ...traveller }) => traveller),
  };
  return JSON.stringify(data, null, 2);
}
