// The context of the travel resolvers.
import type DataLoader from 'dataloader';
import type { List, Stretch } from '../store/store.ts';
import type { SightRow, StayRow, ReviewRow } from '../store/tables.ts';

/** The data loaders of a list within one request: each batches concurrent loads into one query. */
export interface Listing<Row> {
  place: List<Row>['place'];
  stretch: DataLoader<Stretch, Row[], string>;
  /** The number of rows of an owner. */
  count: DataLoader<string, number>;
  byId: DataLoader<string, Row | null>;
}
export interface Context {
  now: Date;
  /** The text about an airport's city, by airport code. */
  summary: DataLoader<string, string | null>;
  sights: Listing<SightRow>;
  stays: Listing<StayRow>;
  reviews: Listing<ReviewRow>;
}
