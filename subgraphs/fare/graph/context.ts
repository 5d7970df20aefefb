// What the resolvers of this subgraph work with.
import type DataLoader from 'dataloader';
import type { Identity } from '../../../schema/wire/identity.ts';
import type { Administration } from '../store/administration-store.ts';
import type { HistoryPage, HistoryRow } from '../store/history-store.ts';
import type { Fares } from '../store/store.ts';
import type { SigningKey } from '../../../schema/wire/signing-key.ts';
import type { Day, DayLowest } from '../rules/day.ts';
import type { Wanted } from '../store/fare-cache.ts';

/** What the resolvers of one manager's request share. */
export interface ManagerContext {
  now: Date;
  identity: Identity;
  administration: Administration;
  fares: Pick<Fares, 'file'>;
  /** Pages of histories; all that a request asks for at once are one query. */
  history: DataLoader<HistoryPage, HistoryRow[], string>;
  /** How many entries a fare's history has; all that a request asks for at once are one query. */
  historyLength: DataLoader<string, number>;
}

/** What the resolvers of one request share. */
export interface Context extends ManagerContext {
  /** Reads days through the cache; all look-ups of a request that can go together are one round trip. */
  days: DataLoader<Wanted, Day | DayLowest, string>;
  key: SigningKey;
}
