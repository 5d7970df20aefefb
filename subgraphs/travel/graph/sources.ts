// The parent value that the resolvers of each type receive.
import type { Airport } from '../../../schema/terms/airports.ts';
import type { Connection } from '../../../schema/terms/connection.ts';
import type { ReviewRow, SightRow, StayRow } from '../store/tables.ts';

export type AirportSource = Airport;
export interface TravelGuideSource {
  airport: Airport;
}
export type AirportConnectionSource = Connection<Airport>;
export type SightConnectionSource = Connection<SightRow>;
export type StayConnectionSource = Connection<StayRow>;
export type ReviewConnectionSource = Connection<ReviewRow>;
export type SightSource = SightRow;
export type StaySource = StayRow;
export type ReviewSource = ReviewRow;
