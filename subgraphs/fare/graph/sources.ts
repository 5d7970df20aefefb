// The parent value of the resolvers of each type: the row or value behind the type.
import type { Connection } from '../../../schema/terms/connection.ts';
import type { Search } from '../../../schema/terms/shopping.ts';
import type { ManagedFare, FareChangeRefused } from '../rules/administration.ts';
import type { CalendarDay } from '../rules/calendar.ts';
import type { FiledFare } from '../rules/filing.ts';
import type { Itinerary } from '../rules/itinerary.ts';
import type { Offer } from '../rules/offers.ts';
import type { HistoryRow } from '../store/history-store.ts';

export type FareSource = ManagedFare;
export type FareRefusalSource = FareChangeRefused;
export type FareTermsSource = FiledFare;
export type FareChangeSource = HistoryRow;
export type FareConnectionSource = Connection<ManagedFare>;
export type FareChangeConnectionSource = Connection<HistoryRow>;
export type FareOfferConnectionSource = Connection<Offer>;
export type ShoppingSource = Search;
export type FarePriceSource = Offer;
export type FareOfferSource = Offer;
export type SliceSource = Itinerary;
export interface CalendarDaySource extends CalendarDay {
  currency: string;
}
export interface AirportSource {
  code: string;
}

export interface SegmentSource {
  origin: string;
  destination: string;
  carrier: string;
  flightNumber: string | null;
}
export interface CarrierSource {
  code: string;
}
