// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { FareSource, FareRefusalSource, FareTermsSource, FareChangeSource, FareConnectionSource, FareChangeConnectionSource, FareOfferConnectionSource, ShoppingSource, FarePriceSource, FareOfferSource, SliceSource, CalendarDaySource, AirportSource, SegmentSource, CarrierSource } from './sources.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: Exclude<T[P], undefined> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant with the offset of the place it is about, as 2026-03-24T22:20:00+05:30. */
  DateTime: { input: string; output: string; }
  /** A calendar date at the place it is about, as YYYY-MM-DD. */
  Date: { input: string; output: string; }
  /** An airport by its three-letter IATA code, as DEL. */
  AirportCode: { input: string; output: string; }
  /** An exact decimal number as a string, with as many decimals as the currency has: "3897.00" INR, "12000" JPY, "18.500" KWD. */
  Decimal: { input: string; output: string; }
  /** A currency by its three-letter ISO 4217 code, as INR. */
  CurrencyCode: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** What can be asked. Nothing here changes anything. */
export type Query = {
  /**
   * The main search: price, calendar, offers and travel guide for one route, day and party in one answer.
   * Each part is null on its own when the service behind it does not answer; `errors` then says which.
   */
  shopping?: Maybe<Shopping>;
  /** The filed fares, in the order they were filed, a page at a time. Needs the role FARE_MANAGER. */
  fares?: Maybe<FareConnection>;
  /** A filed fare, withdrawn or not; null when no fare has this id. Needs the role FARE_MANAGER. */
  fare?: Maybe<Fare>;
  /** The changes of a fare, newest first; null when no fare has this id. Needs the role FARE_MANAGER. */
  fareHistory?: Maybe<FareChangeConnection>;
};


/** What can be asked. Nothing here changes anything. */
export type QueryShoppingArgs = {
  input: ShoppingInput;
};


/** What can be asked. Nothing here changes anything. */
export type QueryFaresArgs = {
  filter?: InputMaybe<FareFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. Nothing here changes anything. */
export type QueryFareArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Nothing here changes anything. */
export type QueryFareHistoryArgs = {
  fareId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** What can be changed. What a client can run into comes back as data: the refusal in each result. */
export type Mutation = {
  /**
   * Files a fare. It is on offer within seconds. Refused as OVERLAP where a fare of the same flight, cabin, brand, traveller
   * type, currency and fare basis covers one of its dates. Two flights of a carrier's route are the same when they have the
   * same number, or, where one has none, the same time of departure. Needs the role FARE_MANAGER.
   */
  createFare?: Maybe<CreateFareResult>;
  /**
   * Changes a fare; fields that the input leaves out stay as they are. Existing offers keep their price until they expire.
   * Refused as CONFLICT where the fare is not at the expected revision. Needs the role FARE_MANAGER.
   */
  changeFare?: Maybe<ChangeFareResult>;
  /**
   * Takes a fare off sale for good; it stays in the list and keeps its history. Existing offers keep their price until they
   * expire. Needs the role FARE_MANAGER.
   */
  withdrawFare?: Maybe<WithdrawFareResult>;
  /**
   * Files up to 500 fares at once, all of them or none, as the import of a file does: a fare that is already filed changes
   * nothing, and one with a fare basis takes the new amount. Unlike createFare it also accepts fares that cover the same
   * dates. Needs the role FARE_MANAGER.
   */
  fileFares?: Maybe<FiledFares>;
};


/** What can be changed. What a client can run into comes back as data: the refusal in each result. */
export type MutationCreateFareArgs = {
  input: FareInput;
};


/** What can be changed. What a client can run into comes back as data: the refusal in each result. */
export type MutationChangeFareArgs = {
  id: Scalars['ID']['input'];
  input: ChangeFareInput;
  expectedRevision: Scalars['Int']['input'];
};


/** What can be changed. What a client can run into comes back as data: the refusal in each result. */
export type MutationWithdrawFareArgs = {
  id: Scalars['ID']['input'];
  expectedRevision: Scalars['Int']['input'];
};


/** What can be changed. What a client can run into comes back as data: the refusal in each result. */
export type MutationFileFaresArgs = {
  input: Array<FareInput>;
};

/** A filed fare: one carrier's price for one traveller of one type on one flight, from a first to a last date. */
export type Fare = {
  /** The fare's id, as fare_01m7y... */
  id: Scalars['ID']['output'];
  /** Starts at 1; each change adds one. Pass it as expectedRevision. */
  revision: Scalars['Int']['output'];
  /** Whether it can be on offer. */
  status: FareStatus;
  /** The current terms. */
  terms: FareTerms;
  /** When it was filed; null for a fare from before this was recorded. */
  filedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The account that filed it; null for an import on the database itself. */
  filedBy?: Maybe<Scalars['ID']['output']>;
  /** Its changes, newest first. */
  history: FareChangeConnection;
};


/** A filed fare: one carrier's price for one traveller of one type on one flight, from a first to a last date. */
export type FareHistoryArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** Whether a fare can be on offer. */
export type FareStatus =
  /** On offer on the dates it covers. */
  | 'FILED'
  /** Taken off sale; kept for its history. */
  | 'WITHDRAWN';

/** The terms of a fare: traveller type, flight, dates and price. */
export type FareTerms = {
  /** The airline that filed the fare. */
  carrier: Carrier;
  /** The number after the carrier's code; null for a fare without one. */
  flightNumber?: Maybe<Scalars['String']['output']>;
  /** Where the flight takes off. */
  origin: Airport;
  /** The final destination of the flight. */
  destination: Airport;
  /** Stops on the way, in order; empty when non-stop. */
  via: Array<Airport>;
  /**
   * The first departure by the clock at the origin, as 2026-03-24T22:20; departures on later dates have the same time. It
   * has an offset, as 2026-11-01T01:50-05:00, only for the second of two equal times when clocks go back.
   */
  departsLocal: Scalars['String']['output'];
  /** The arrival of the first departure by the clock at the destination, with an offset as for departsLocal. */
  arrivesLocal: Scalars['String']['output'];
  /** The last date of departure at the origin. */
  lastDate: Scalars['Date']['output'];
  /** The cabin of the fare. */
  cabin: Cabin;
  /** What the fare includes beyond the seat. */
  brand: Brand;
  /** The traveller type that the price is for. */
  travellerType: TravellerType;
  /** The carrier's name for the fare; null for a fare without one. */
  fareBasis?: Maybe<Scalars['String']['output']>;
  /** The price of one traveller. */
  price: Money;
  /** The carrier's own remark, shown to shoppers. */
  note?: Maybe<Scalars['String']['output']>;
};

/** The terms of a new fare. Fields and rules are those of a fare file. */
export type FareInput = {
  /** The two-character IATA code. */
  carrier: Scalars['String']['input'];
  /** 1 to 4 digits and at most one capital letter, as 2131. */
  flightNumber?: InputMaybe<Scalars['String']['input']>;
  /** Where the flight takes off. */
  origin: Scalars['AirportCode']['input'];
  /** The final destination of the flight. */
  destination: Scalars['AirportCode']['input'];
  /** Stops on the way, in order: up to six airports. */
  via?: InputMaybe<Array<Scalars['AirportCode']['input']>>;
  /**
   * The first departure by the clock at the origin, as 2026-03-24T22:20. It may have its UTC offset, as
   * 2026-11-01T01:50-05:00, to choose between two equal times when clocks go back. Without one, the first is meant.
   */
  departsLocal: Scalars['String']['input'];
  /** Its arrival by the clock at the destination, as 2026-03-25T01:10: up to three days later; an offset as for departsLocal. */
  arrivesLocal: Scalars['String']['input'];
  /** The last date of departure, up to 370 days after the first; by default the first. */
  lastDate?: InputMaybe<Scalars['Date']['input']>;
  /** The cabin of the fare. */
  cabin: Cabin;
  /** STANDARD by default. */
  brand?: InputMaybe<Brand>;
  /** The traveller type that the price is for. */
  travellerType: TravellerType;
  /** The carrier's name for the fare: up to 20 capitals, digits, / and -. */
  fareBasis?: InputMaybe<Scalars['String']['input']>;
  /** The price of one traveller, in the decimals of the currency. Only an infant's can be 0. */
  amount: Scalars['Decimal']['input'];
  /** The currency of the amount. */
  currency: Scalars['CurrencyCode']['input'];
  /** A remark that shoppers see: up to 255 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Seats on sale on each departure that this fare opens, 0 to 1000; departures already open keep theirs. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
};

/** New terms of a fare. A field left out stays as it is; null removes an optional value. For another carrier, route or currency, withdraw this fare and create a new one. */
export type ChangeFareInput = {
  /** 1 to 4 digits and at most one capital letter, as 2131. */
  flightNumber?: InputMaybe<Scalars['String']['input']>;
  /** Stops on the way, in order: up to six airports. */
  via?: InputMaybe<Array<Scalars['AirportCode']['input']>>;
  /**
   * The first departure by the clock at the origin, as 2026-03-24T22:20, or with its UTC offset, as 2026-11-01T01:50-05:00.
   * When only the date changes, the arrival moves with it. The last date of a one-day fare moves as well.
   */
  departsLocal?: InputMaybe<Scalars['String']['input']>;
  /** Its arrival by the clock at the destination, as 2026-03-25T01:10: up to three days later; an offset as for departsLocal. */
  arrivesLocal?: InputMaybe<Scalars['String']['input']>;
  /** The last date of departure, up to 370 days after the first; null for the first. */
  lastDate?: InputMaybe<Scalars['Date']['input']>;
  /** The cabin of the fare. */
  cabin?: InputMaybe<Cabin>;
  /** Null for STANDARD. */
  brand?: InputMaybe<Brand>;
  /** The traveller type that the price is for. */
  travellerType?: InputMaybe<TravellerType>;
  /** The carrier's name for the fare: up to 20 capitals, digits, / and -. */
  fareBasis?: InputMaybe<Scalars['String']['input']>;
  /** The price of one traveller, in the decimals of the fare's currency. Only an infant's can be 0. */
  amount?: InputMaybe<Scalars['Decimal']['input']>;
  /** A remark that shoppers see: up to 255 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Seats on sale on each departure that this change opens, 0 to 1000; departures already open keep theirs. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
};

/** Conditions on fares; all that are given must hold, and an empty text sets none. */
export type FareFilter = {
  /** By IATA code in capitals, as 6E. */
  carrier?: InputMaybe<Scalars['String']['input']>;
  /** As filed, without the carrier's code. */
  flightNumber?: InputMaybe<Scalars['String']['input']>;
  /** Fares from this airport. */
  origin?: InputMaybe<Scalars['AirportCode']['input']>;
  /** Fares to this airport. */
  destination?: InputMaybe<Scalars['AirportCode']['input']>;
  /** Fares that cover this date of departure. */
  date?: InputMaybe<Scalars['Date']['input']>;
  /** Fares of this cabin. */
  cabin?: InputMaybe<Cabin>;
  /** Fares of this brand. */
  brand?: InputMaybe<Brand>;
  /** The traveller type that the price is for. */
  travellerType?: InputMaybe<TravellerType>;
  /** The carrier's name for the fare. */
  fareBasis?: InputMaybe<Scalars['String']['input']>;
  /** Filed or withdrawn; both by default. */
  status?: InputMaybe<FareStatus>;
};

/** A page of fares. */
export type FareConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<FareEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
  /** How many the whole list has, whatever the page. */
  totalCount: Scalars['Int']['output'];
};

/** One place in a list of fares, with its cursor. */
export type FareEdge = {
  /** Stands for this place in the list. */
  cursor: Scalars['String']['output'];
  /** The fare. */
  node: Fare;
};

/** One change of a fare: author, time, and the terms before and after. */
export type FareChange = {
  /** The revision that the change made. */
  revision: Scalars['Int']['output'];
  /** The kind of change. */
  kind: FareChangeKind;
  /** When it was made. */
  at: Scalars['DateTime']['output'];
  /** The account that made it; null for an import on the database itself. */
  by?: Maybe<Scalars['ID']['output']>;
  /** The terms before the change; null for the creation of a fare. */
  before?: Maybe<FareTerms>;
  /** The terms after the change. */
  after: FareTerms;
};

/** The kind of a change. An imported fare begins without an entry: see filedAt and filedBy. */
export type FareChangeKind =
  /** A manager filed it. */
  | 'CREATED'
  /** A manager changed it. */
  | 'CHANGED'
  /** A manager took it off sale. */
  | 'WITHDRAWN'
  /** A file gave it another amount. */
  | 'IMPORTED';

/** A page of changes. */
export type FareChangeConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<FareChangeEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
  /** How many the whole list has, whatever the page. */
  totalCount: Scalars['Int']['output'];
};

/** One place in a history, with its cursor. */
export type FareChangeEdge = {
  /** Stands for this place in the history. */
  cursor: Scalars['String']['output'];
  /** The change. */
  node: FareChange;
};

/** The new fare, or why it was refused. */
export type CreateFareResult = Fare | FareRefusal;

/** The changed fare, or why it did not change. */
export type ChangeFareResult = Fare | FareRefusal;

/** The withdrawn fare, or why it did not change. */
export type WithdrawFareResult = Fare | FareRefusal;

/** Why a fare was not created, changed or withdrawn. */
export type FareRefusal = Refusal & {
  /** For programs to branch on. */
  code: FareRefusalCode;
  /** For people to read. */
  message: Scalars['String']['output'];
  /** The fares that cover the same dates, by id; empty for other refusals. */
  collidesWith: Array<Scalars['ID']['output']>;
  /** The fare as it is now; null for an unknown fare. */
  current?: Maybe<Fare>;
};

/** Why a fare was not created, changed or withdrawn. */
export type FareRefusalCode =
  /** No fare has this id. */
  | 'NOT_FOUND'
  /** The fare has changed since the expected revision: read `current`, then decide again. */
  | 'CONFLICT'
  /** The fare was withdrawn and cannot be changed any more. */
  | 'WITHDRAWN'
  /** Fares of the same kind cover some of the dates: see `collidesWith`. */
  | 'OVERLAP'
  /** The last date is past at the origin. */
  | 'PAST';

/** The result of filing several fares. */
export type FiledFares = {
  /** New fares. */
  imported: Scalars['Int']['output'];
  /** Fares that took a new amount. */
  updated: Scalars['Int']['output'];
  /** Fares that were already filed. */
  duplicates: Scalars['Int']['output'];
};

/** The answer to one search. */
export type Shopping = {
  /** The lowest price for the whole party on the day; null when nothing is on offer. */
  price?: Maybe<FarePrice>;
  /** The lowest price of each day, from seven days before to seven days after. */
  calendar?: Maybe<PriceCalendar>;
  /** Everything on offer on the day, a page at a time. */
  offers?: Maybe<FareOfferConnection>;
};


/** The answer to one search. */
export type ShoppingOffersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  sort?: InputMaybe<OfferSort>;
  filter?: InputMaybe<OfferFilter>;
};

/** The lowest price of a day for the whole party. */
export type FarePrice = {
  /** The sum over all travellers. */
  total: Money;
  /** The price for each type of traveller. */
  perTraveller: Array<TravellerPrice>;
  /** The offer that has this price. */
  offer: FareOffer;
  /** When the fares behind the price were read; they were in force then. */
  asOf: Scalars['DateTime']['output'];
  /** Until when the price holds for an order placed with the offer's token. */
  expiresAt: Scalars['DateTime']['output'];
};

/** The price for travellers of one type. */
export type TravellerPrice = {
  /** The type of traveller. */
  type: TravellerType;
  /** The number of travellers of this type. */
  count: Scalars['Int']['output'];
  /** The price for one of them. */
  each: Money;
};

/** Fifteen days around the chosen one, with the lowest price of each. */
export type PriceCalendar = {
  /** Fifteen days in order, the chosen one in the middle. */
  days: Array<CalendarDay>;
  /** The first of the days that have the lowest price; null when no day has one. */
  lowest?: Maybe<CalendarDay>;
};

/** One day of the calendar. */
export type CalendarDay = {
  /** The day of departure at the origin. */
  date: Scalars['Date']['output'];
  /** The lowest total for the party; null when nothing is on offer, or the day is past. */
  price?: Maybe<Money>;
  /** Whether no other day of the calendar is cheaper. Several days can share the lowest price. */
  isLowest: Scalars['Boolean']['output'];
  /** Whether this is the searched day. */
  isSelected: Scalars['Boolean']['output'];
  /** When the fares of the day were read; null for a day that is past. */
  asOf?: Maybe<Scalars['DateTime']['output']>;
};

/** The order of a list of offers. */
export type OfferSort =
  /** The lowest total first. */
  | 'PRICE'
  /** The shortest journey first. */
  | 'DURATION'
  /** The earliest departure first. */
  | 'DEPARTURE'
  /** The earliest arrival first. */
  | 'ARRIVAL';

/** Conditions on offers; all that are given must hold. */
export type OfferFilter = {
  /** At most this many stops, 0 or more: 0 keeps non-stop flights. */
  maxStops?: InputMaybe<Scalars['Int']['input']>;
  /** Only these carriers, by IATA code in capitals, as 6E. An empty list keeps any. */
  carriers?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only these brands. An empty list keeps any. */
  brands?: InputMaybe<Array<Brand>>;
};

/** A page of offers. */
export type FareOfferConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<FareOfferEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
  /** How many offers match the filter. */
  totalCount: Scalars['Int']['output'];
};

/** One place in a list, with its cursor. */
export type FareOfferEdge = {
  /** Stands for this place in the list. */
  cursor: Scalars['String']['output'];
  /** The offer. */
  node: FareOffer;
};

/** One flight on one day at one brand, priced for the whole party. */
export type FareOffer = {
  /** Opaque. The same search gives the same id. */
  id: Scalars['ID']['output'];
  /** The sum over all travellers. */
  total: Money;
  /** The price for each type of traveller. */
  perTraveller: Array<TravellerPrice>;
  /** The cabin of every segment. */
  cabin: Cabin;
  /** What the fare includes beyond the seat. */
  brand: Brand;
  /** Whether and how a ticket can be refunded. */
  conditions: FareConditions;
  /** The journey, one slice for each way. */
  slices: Array<Slice>;
  /** When the fares behind the offer were read; they were in force then. */
  asOf: Scalars['DateTime']['output'];
  /** Until when an order placed with the token gets this price. */
  expiresAt: Scalars['DateTime']['output'];
  /** A signed token; pass it unchanged to order this offer at this price. */
  offerToken: Scalars['String']['output'];
  /** The departure whose seats the offer uses; the stock subgraph resolves seatsLeft by it. */
  departureId: Scalars['ID']['output'];
};

/** One way of a journey: from an origin to a destination without a stay between. */
export type Slice = {
  /** Where the journey starts. */
  origin: Airport;
  /** Where the journey ends. */
  destination: Airport;
  /** Local time at the origin, with its offset. */
  departure: Scalars['DateTime']['output'];
  /** Local time at the destination, with its offset. */
  arrival: Scalars['DateTime']['output'];
  /** The time between departure and arrival as an ISO 8601 duration, as PT2H50M. */
  duration: Scalars['String']['output'];
  /** Stops on the way, in order; empty when non-stop. */
  stops: Array<Airport>;
  /** The flights between landings, in order. */
  segments: Array<Segment>;
};

/** One take-off and landing. */
export type Segment = {
  /** Where it takes off. */
  origin: Airport;
  /** Where it lands. */
  destination: Airport;
  /** The airline. */
  carrier: Carrier;
  /** The number after the carrier's code, as filed; null when the fare was filed without one. */
  flightNumber?: Maybe<Scalars['String']['output']>;
};

/** An airline. */
export type Carrier = {
  /** The two-character IATA code. */
  code: Scalars['String']['output'];
  /** The airline's name; null for an unknown code. */
  name?: Maybe<Scalars['String']['output']>;
};

/** A search: one way, one day, one party. */
export type ShoppingInput = {
  /** Where the journey starts. */
  origin: Scalars['AirportCode']['input'];
  /** Where the journey ends; not the origin. */
  destination: Scalars['AirportCode']['input'];
  /** The day of departure at the origin: today there, or up to 361 days ahead. */
  departureDate: Scalars['Date']['input'];
  /** The party; one adult by default. */
  travellers?: InputMaybe<Array<TravellerCount>>;
  /** ECONOMY by default. */
  cabin?: InputMaybe<Cabin>;
  /** The currency of the fares; by default the one in which the origin's country sells. Fares filed in another currency are neither converted nor shown. */
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
};

/** An airport. Its name, city and zone come with every answer that names it. */
export type Airport = {
  /** Its three-letter IATA code. */
  code: Scalars['AirportCode']['output'];
  /** Its English name. */
  name: Scalars['String']['output'];
  /** The city it serves. */
  city: Scalars['String']['output'];
  /** The two-letter ISO 3166 code of its country. */
  country: Scalars['String']['output'];
  /** Its IANA time zone, as Asia/Kolkata. */
  timeZone: Scalars['String']['output'];
};

/** The class of service a fare is sold in. */
export type Cabin =
  /** Economy class. */
  | 'ECONOMY'
  /** Premium economy class. */
  | 'PREMIUM_ECONOMY'
  /** Business class. */
  | 'BUSINESS'
  /** First class. */
  | 'FIRST';

/** What a fare includes beyond the seat. */
export type Brand =
  /** The lowest price; not refundable. */
  | 'LIGHT'
  /** Refundable at a fee until a day before departure. */
  | 'STANDARD'
  /** Refundable without a fee until departure. */
  | 'FLEX';

/** Who travels, as fares tell them apart. */
export type TravellerType =
  /** 12 years or older on the day of departure. */
  | 'ADULT'
  /** 2 to 11 years old, on a seat. */
  | 'CHILD'
  /** Under 2 years old, on an adult's lap: one for each adult at most. */
  | 'INFANT';

/** An exact amount of money in one currency. Amounts in different currencies are never added or compared. */
export type Money = {
  /** The amount in the currency's own decimals. */
  amount: Scalars['Decimal']['output'];
  /** The currency of the amount. */
  currency: Scalars['CurrencyCode']['output'];
};

/** Where a page stands in its list: pass endCursor as `after` to get the next page, or startCursor as `before` to get the one before. */
export type PageInfo = {
  /** Whether another page follows this one. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether another page is before this one. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge on this page; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
  /** The cursor of the last edge on this page; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** Why an operation was refused, in words. Each refusal type adds a `code` to branch on, with an enum of its own. */
export type Refusal = {
  /** For people to read. */
  message: Scalars['String']['output'];
};

/** The refund conditions of a ticket of this fare. */
export type FareConditions = {
  /** Whether a ticket of this fare can be refunded. */
  refundable: Scalars['Boolean']['output'];
  /** The part of the price that a refund keeps, in per cent; null when not refundable. */
  refundFeePercent?: Maybe<Scalars['Int']['output']>;
  /** The number of hours before departure until which a refund can be requested; null when not refundable. */
  refundableUntilHours?: Maybe<Scalars['Int']['output']>;
  /** The carrier's own remark on the fare, as filed. */
  note?: Maybe<Scalars['String']['output']>;
};

/** How many travellers of one type. */
export type TravellerCount = {
  /** The type of traveller. */
  type: TravellerType;
  /** At least 1. A party has 1 to 9 travellers, at least one adult and no more infants than adults. */
  count: Scalars['Int']['input'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  FareOffer: FareOffer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  FareOffer:
    ( { __typename: 'FareOffer' }
    & GraphQLRecursivePick<FederationTypes['FareOffer'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CreateFareResult:
    | ( FareSource )
    | ( FareRefusalSource )
  ;
  ChangeFareResult:
    | ( FareSource )
    | ( FareRefusalSource )
  ;
  WithdrawFareResult:
    | ( FareSource )
    | ( FareRefusalSource )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Refusal: ( FareRefusalSource );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Fare: ResolverTypeWrapper<FareSource>;
  FareStatus: FareStatus;
  FareTerms: ResolverTypeWrapper<FareTermsSource>;
  FareInput: FareInput;
  ChangeFareInput: ChangeFareInput;
  FareFilter: FareFilter;
  FareConnection: ResolverTypeWrapper<FareConnectionSource>;
  FareEdge: ResolverTypeWrapper<Omit<FareEdge, 'node'> & { node: ResolversTypes['Fare'] }>;
  FareChange: ResolverTypeWrapper<FareChangeSource>;
  FareChangeKind: FareChangeKind;
  FareChangeConnection: ResolverTypeWrapper<FareChangeConnectionSource>;
  FareChangeEdge: ResolverTypeWrapper<Omit<FareChangeEdge, 'node'> & { node: ResolversTypes['FareChange'] }>;
  CreateFareResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateFareResult']>;
  ChangeFareResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangeFareResult']>;
  WithdrawFareResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['WithdrawFareResult']>;
  FareRefusal: ResolverTypeWrapper<FareRefusalSource>;
  FareRefusalCode: FareRefusalCode;
  FiledFares: ResolverTypeWrapper<FiledFares>;
  Shopping: ResolverTypeWrapper<ShoppingSource>;
  FarePrice: ResolverTypeWrapper<FarePriceSource>;
  TravellerPrice: ResolverTypeWrapper<TravellerPrice>;
  PriceCalendar: ResolverTypeWrapper<Omit<PriceCalendar, 'days' | 'lowest'> & { days: Array<ResolversTypes['CalendarDay']>, lowest?: Maybe<ResolversTypes['CalendarDay']> }>;
  CalendarDay: ResolverTypeWrapper<CalendarDaySource>;
  OfferSort: OfferSort;
  OfferFilter: OfferFilter;
  FareOfferConnection: ResolverTypeWrapper<FareOfferConnectionSource>;
  FareOfferEdge: ResolverTypeWrapper<Omit<FareOfferEdge, 'node'> & { node: ResolversTypes['FareOffer'] }>;
  FareOffer: ResolverTypeWrapper<FareOfferSource>;
  Slice: ResolverTypeWrapper<SliceSource>;
  Segment: ResolverTypeWrapper<SegmentSource>;
  Carrier: ResolverTypeWrapper<CarrierSource>;
  ShoppingInput: ShoppingInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Airport: ResolverTypeWrapper<AirportSource>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  Cabin: Cabin;
  Brand: Brand;
  TravellerType: TravellerType;
  Money: ResolverTypeWrapper<Money>;
  AirportCode: ResolverTypeWrapper<Scalars['AirportCode']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  FareConditions: ResolverTypeWrapper<FareConditions>;
  TravellerCount: TravellerCount;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  Fare: FareSource;
  FareTerms: FareTermsSource;
  FareInput: FareInput;
  ChangeFareInput: ChangeFareInput;
  FareFilter: FareFilter;
  FareConnection: FareConnectionSource;
  FareEdge: Omit<FareEdge, 'node'> & { node: ResolversParentTypes['Fare'] };
  FareChange: FareChangeSource;
  FareChangeConnection: FareChangeConnectionSource;
  FareChangeEdge: Omit<FareChangeEdge, 'node'> & { node: ResolversParentTypes['FareChange'] };
  CreateFareResult: ResolversUnionTypes<ResolversParentTypes>['CreateFareResult'];
  ChangeFareResult: ResolversUnionTypes<ResolversParentTypes>['ChangeFareResult'];
  WithdrawFareResult: ResolversUnionTypes<ResolversParentTypes>['WithdrawFareResult'];
  FareRefusal: FareRefusalSource;
  FiledFares: FiledFares;
  Shopping: ShoppingSource;
  FarePrice: FarePriceSource;
  TravellerPrice: TravellerPrice;
  PriceCalendar: Omit<PriceCalendar, 'days' | 'lowest'> & { days: Array<ResolversParentTypes['CalendarDay']>, lowest?: Maybe<ResolversParentTypes['CalendarDay']> };
  CalendarDay: CalendarDaySource;
  OfferFilter: OfferFilter;
  FareOfferConnection: FareOfferConnectionSource;
  FareOfferEdge: Omit<FareOfferEdge, 'node'> & { node: ResolversParentTypes['FareOffer'] };
  FareOffer: FareOfferSource;
  Slice: SliceSource;
  Segment: SegmentSource;
  Carrier: CarrierSource;
  ShoppingInput: ShoppingInput;
  DateTime: Scalars['DateTime']['output'];
  Airport: AirportSource;
  Date: Scalars['Date']['output'];
  Money: Money;
  AirportCode: Scalars['AirportCode']['output'];
  Decimal: Scalars['Decimal']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  PageInfo: PageInfo;
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  FareConditions: FareConditions;
  TravellerCount: TravellerCount;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type AccessDirectiveArgs = {
  to?: Maybe<Scalars['String']['input']>;
  roles?: Maybe<Array<Scalars['String']['input']>>;
  scopes?: Maybe<Array<Scalars['String']['input']>>;
};

export type AccessDirectiveResolver<Result, Parent, ContextType = Context, Args = AccessDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CacheControlDirectiveArgs = {
  maxAge?: Maybe<Scalars['Int']['input']>;
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  shopping?: Resolver<Maybe<ResolversTypes['Shopping']>, ParentType, ContextType, RequireFields<QueryShoppingArgs, 'input'>>;
  fares?: Resolver<Maybe<ResolversTypes['FareConnection']>, ParentType, ContextType, Partial<QueryFaresArgs>>;
  fare?: Resolver<Maybe<ResolversTypes['Fare']>, ParentType, ContextType, RequireFields<QueryFareArgs, 'id'>>;
  fareHistory?: Resolver<Maybe<ResolversTypes['FareChangeConnection']>, ParentType, ContextType, RequireFields<QueryFareHistoryArgs, 'fareId'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createFare?: Resolver<Maybe<ResolversTypes['CreateFareResult']>, ParentType, ContextType, RequireFields<MutationCreateFareArgs, 'input'>>;
  changeFare?: Resolver<Maybe<ResolversTypes['ChangeFareResult']>, ParentType, ContextType, RequireFields<MutationChangeFareArgs, 'id' | 'input' | 'expectedRevision'>>;
  withdrawFare?: Resolver<Maybe<ResolversTypes['WithdrawFareResult']>, ParentType, ContextType, RequireFields<MutationWithdrawFareArgs, 'id' | 'expectedRevision'>>;
  fileFares?: Resolver<Maybe<ResolversTypes['FiledFares']>, ParentType, ContextType, RequireFields<MutationFileFaresArgs, 'input'>>;
};

export type FareResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Fare'] = ResolversParentTypes['Fare']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['FareStatus'], ParentType, ContextType>;
  terms?: Resolver<ResolversTypes['FareTerms'], ParentType, ContextType>;
  filedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  filedBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  history?: Resolver<ResolversTypes['FareChangeConnection'], ParentType, ContextType, Partial<FareHistoryArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FareTermsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareTerms'] = ResolversParentTypes['FareTerms']> = {
  carrier?: Resolver<ResolversTypes['Carrier'], ParentType, ContextType>;
  flightNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  destination?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  via?: Resolver<Array<ResolversTypes['Airport']>, ParentType, ContextType>;
  departsLocal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  arrivesLocal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  cabin?: Resolver<ResolversTypes['Cabin'], ParentType, ContextType>;
  brand?: Resolver<ResolversTypes['Brand'], ParentType, ContextType>;
  travellerType?: Resolver<ResolversTypes['TravellerType'], ParentType, ContextType>;
  fareBasis?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FareConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareConnection'] = ResolversParentTypes['FareConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FareEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FareEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareEdge'] = ResolversParentTypes['FareEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Fare'], ParentType, ContextType>;
};

export type FareChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareChange'] = ResolversParentTypes['FareChange']> = {
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['FareChangeKind'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['FareTerms']>, ParentType, ContextType>;
  after?: Resolver<ResolversTypes['FareTerms'], ParentType, ContextType>;
};

export type FareChangeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareChangeConnection'] = ResolversParentTypes['FareChangeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FareChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FareChangeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareChangeEdge'] = ResolversParentTypes['FareChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['FareChange'], ParentType, ContextType>;
};

export type CreateFareResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateFareResult'] = ResolversParentTypes['CreateFareResult']> = {
  __resolveType: TypeResolveFn<'Fare' | 'FareRefusal', ParentType, ContextType>;
};

export type ChangeFareResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeFareResult'] = ResolversParentTypes['ChangeFareResult']> = {
  __resolveType: TypeResolveFn<'Fare' | 'FareRefusal', ParentType, ContextType>;
};

export type WithdrawFareResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WithdrawFareResult'] = ResolversParentTypes['WithdrawFareResult']> = {
  __resolveType: TypeResolveFn<'Fare' | 'FareRefusal', ParentType, ContextType>;
};

export type FareRefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareRefusal'] = ResolversParentTypes['FareRefusal']> = {
  code?: Resolver<ResolversTypes['FareRefusalCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  collidesWith?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  current?: Resolver<Maybe<ResolversTypes['Fare']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FiledFaresResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FiledFares'] = ResolversParentTypes['FiledFares']> = {
  imported?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  duplicates?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ShoppingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Shopping'] = ResolversParentTypes['Shopping']> = {
  price?: Resolver<Maybe<ResolversTypes['FarePrice']>, ParentType, ContextType>;
  calendar?: Resolver<Maybe<ResolversTypes['PriceCalendar']>, ParentType, ContextType>;
  offers?: Resolver<Maybe<ResolversTypes['FareOfferConnection']>, ParentType, ContextType, RequireFields<ShoppingOffersArgs, 'sort'>>;
};

export type FarePriceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FarePrice'] = ResolversParentTypes['FarePrice']> = {
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  perTraveller?: Resolver<Array<ResolversTypes['TravellerPrice']>, ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['FareOffer'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TravellerPriceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TravellerPrice'] = ResolversParentTypes['TravellerPrice']> = {
  type?: Resolver<ResolversTypes['TravellerType'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  each?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PriceCalendarResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceCalendar'] = ResolversParentTypes['PriceCalendar']> = {
  days?: Resolver<Array<ResolversTypes['CalendarDay']>, ParentType, ContextType>;
  lowest?: Resolver<Maybe<ResolversTypes['CalendarDay']>, ParentType, ContextType>;
};

export type CalendarDayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CalendarDay'] = ResolversParentTypes['CalendarDay']> = {
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  isLowest?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isSelected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type FareOfferConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareOfferConnection'] = ResolversParentTypes['FareOfferConnection']> = {
  edges?: Resolver<Array<ResolversTypes['FareOfferEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type FareOfferEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareOfferEdge'] = ResolversParentTypes['FareOfferEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['FareOffer'], ParentType, ContextType>;
};

export type FareOfferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareOffer'] = ResolversParentTypes['FareOffer'], FederationReferenceType extends FederationReferenceTypes['FareOffer'] = FederationReferenceTypes['FareOffer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['FareOffer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  perTraveller?: Resolver<Array<ResolversTypes['TravellerPrice']>, ParentType, ContextType>;
  cabin?: Resolver<ResolversTypes['Cabin'], ParentType, ContextType>;
  brand?: Resolver<ResolversTypes['Brand'], ParentType, ContextType>;
  conditions?: Resolver<ResolversTypes['FareConditions'], ParentType, ContextType>;
  slices?: Resolver<Array<ResolversTypes['Slice']>, ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  offerToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  departureId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type SliceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Slice'] = ResolversParentTypes['Slice']> = {
  origin?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  destination?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  departure?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  arrival?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  duration?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stops?: Resolver<Array<ResolversTypes['Airport']>, ParentType, ContextType>;
  segments?: Resolver<Array<ResolversTypes['Segment']>, ParentType, ContextType>;
};

export type SegmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Segment'] = ResolversParentTypes['Segment']> = {
  origin?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  destination?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  carrier?: Resolver<ResolversTypes['Carrier'], ParentType, ContextType>;
  flightNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CarrierResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Carrier'] = ResolversParentTypes['Carrier']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type AirportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Airport'] = ResolversParentTypes['Airport']> = {
  code?: Resolver<ResolversTypes['AirportCode'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export interface AirportCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['AirportCode'], any> {
  name: 'AirportCode';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'FareRefusal', ParentType, ContextType>;
};

export type FareConditionsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareConditions'] = ResolversParentTypes['FareConditions']> = {
  refundable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  refundFeePercent?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  refundableUntilHours?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Fare?: FareResolvers<ContextType>;
  FareTerms?: FareTermsResolvers<ContextType>;
  FareConnection?: FareConnectionResolvers<ContextType>;
  FareEdge?: FareEdgeResolvers<ContextType>;
  FareChange?: FareChangeResolvers<ContextType>;
  FareChangeConnection?: FareChangeConnectionResolvers<ContextType>;
  FareChangeEdge?: FareChangeEdgeResolvers<ContextType>;
  CreateFareResult?: CreateFareResultResolvers<ContextType>;
  ChangeFareResult?: ChangeFareResultResolvers<ContextType>;
  WithdrawFareResult?: WithdrawFareResultResolvers<ContextType>;
  FareRefusal?: FareRefusalResolvers<ContextType>;
  FiledFares?: FiledFaresResolvers<ContextType>;
  Shopping?: ShoppingResolvers<ContextType>;
  FarePrice?: FarePriceResolvers<ContextType>;
  TravellerPrice?: TravellerPriceResolvers<ContextType>;
  PriceCalendar?: PriceCalendarResolvers<ContextType>;
  CalendarDay?: CalendarDayResolvers<ContextType>;
  FareOfferConnection?: FareOfferConnectionResolvers<ContextType>;
  FareOfferEdge?: FareOfferEdgeResolvers<ContextType>;
  FareOffer?: FareOfferResolvers<ContextType>;
  Slice?: SliceResolvers<ContextType>;
  Segment?: SegmentResolvers<ContextType>;
  Carrier?: CarrierResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Airport?: AirportResolvers<ContextType>;
  Date?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  AirportCode?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  FareConditions?: FareConditionsResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
