// What the resolvers of this subgraph work with.
import type DataLoader from 'dataloader';
import type { List, Stretch } from '../store/store.ts';
import type { SightRow, StayRow, ReviewRow } from '../store/tables.ts';

/** One request's view of a list: all stretches asked for at once are one query, and so are all rows by id. */
export interface Listing<Row> {
  place: List<Row>['place'];
  stretch: DataLoader<Stretch, Row[], string>;
  /** How many rows an owner has; all that a request asks for at once are one query. */
  count: DataLoader<string, number>;
  byId: DataLoader<string, Row | null>;
}
export interface Context {
  now: Date;
  /** What was written of an airport's city, by code. */
  summary: DataLoader<string, string | null>;
  sights: Listing<SightRow>;
  stays: Listing<StayRow>;
  reviews: Listing<ReviewRow>;
}
