// The request context of the resolvers.
import type DataLoader from 'dataloader';
import type { Identity } from '../../../schema/wire/identity.ts';
import type { Administration } from '../store/administration-store.ts';
import type { HistoryPage, HistoryRow } from '../store/history-store.ts';
import type { Fares } from '../store/store.ts';
import type { SigningKey } from '../../../schema/wire/signing-key.ts';
import type { Day, DayLowest } from '../rules/day.ts';
import type { DayLookup } from '../store/fare-cache.ts';

/** What the resolvers of one manager's request share. */
export interface ManagerContext {
  now: Date;
  identity: Identity;
  administration: Administration;
  fares: Pick<Fares, 'file'>;
  /** Pages of histories; look-ups of one request that run together are one query. */
  history: DataLoader<HistoryPage, HistoryRow[], string>;
  /** The number of entries in a fare's history; look-ups of one request that run together are one query. */
  historyLength: DataLoader<string, number>;
}

/** What the resolvers of one request share. */
export interface Context extends ManagerContext {
  /** Reads days through the cache; look-ups of one request that run together are one round trip. */
  days: DataLoader<DayLookup, Day | DayLowest, string>;
  key: SigningKey;
}
