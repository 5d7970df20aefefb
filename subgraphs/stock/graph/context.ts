// The request context of the resolvers.
import type DataLoader from 'dataloader';
import type { Identity } from '../../../schema/wire/identity.ts';
import type { SaleLine } from '../rules/sales-by-day.ts';
import type { Departures } from '../store/departure-store.ts';

/** What the resolvers of one operator's request share. */
export interface OperatorContext {
  now: Date;
  identity: Identity;
  departures: Departures;
  /** The sales in a departure's ledger; all look-ups of a request are one query. */
  sales: DataLoader<string, SaleLine[]>;
}
export interface Context extends OperatorContext {
  /** The seats available on a departure; all look-ups of a request are one query. */
  seats: DataLoader<string, number | null>;
}
