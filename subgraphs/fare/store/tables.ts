// The fare room's tables.
import { join } from 'node:path';
import { defineEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { Brand, Cabin, TravellerType } from '../../../schema/terms/shopping.ts';
import type { ChangeKind } from '../rules/administration.ts';
import type { FiledFare } from '../rules/filing.ts';

/** A filed fare: one carrier's price for one traveller type on one flight, cabin and brand, from a first to a last date. */
export const Fare = defineEntity({
  name: 'Fare',
  tableName: 'fare',
  properties: (p) => ({
    id: p.string().primary(),
    identity: p.string(), // unique: a digest of what makes two fares the same
    flight: p.string(), // a digest of what makes two flights the same
    carrier: p.string(),
    flightNumber: p.string().nullable(),
    origin: p.string(),
    destination: p.string(),
    via: p.string(), // codes joined by |
    departs: p.string(),
    arrives: p.string(),
    arrivalDays: p.integer(),
    cabin: p.string().$type<Cabin>(),
    brand: p.string().$type<Brand>(),
    travellerType: p.string().$type<TravellerType>(),
    firstDate: p.string(),
    lastDate: p.string(),
    manyDays: p.boolean(), // firstDate < lastDate: keeps the search for a day off every dated fare before it
    fareBasis: p.string().nullable(),
    amount: p.bigint('number'), // minor units
    currency: p.string(),
    note: p.string().nullable(),
    capacity: p.integer().nullable(), // of its departures, as it was first filed: the stock room decides what it means
    revision: p.integer(), // 1, and one more with each change
    withdrawn: p.boolean(), // not on offer; kept for its history
    filedAt: p.datetime(3).nullable(),
    filedBy: p.string().nullable(), // an account
  }),
});

/** One change of a fare. A fare's revisions are its entries without a gap: each change writes one. */
export const FareHistory = defineEntity({
  name: 'FareHistory',
  tableName: 'fare_history',
  properties: (p) => ({
    fare: p.string().primary(),
    revision: p.integer().primary(), // the one it made
    kind: p.string().$type<ChangeKind>(),
    changedAt: p.datetime(3),
    changedBy: p.string().nullable(), // an account
    termsBefore: p.json<FiledFare>().nullable(),
    termsAfter: p.json<FiledFare>(),
  }),
});

/** What a changed fare was filed as before: a file that still says so means that fare. */
export const FormerIdentity = defineEntity({
  name: 'FormerIdentity',
  tableName: 'fare_former_identity',
  properties: (p) => ({
    identity: p.string().primary(),
    fare: p.string(),
  }),
});

/** How often the fares of a route were written: the revision of what is cached of it, and its events' sequence. */
export const Route = defineEntity({
  name: 'Route',
  tableName: 'route',
  properties: (p) => ({
    id: p.string().primary(), // as DEL-BLR
    revision: p.integer(),
  }),
});

/** A departure that was ever told to be sold out. One row each, kept when seats are back: older news must lose. */
export const SoldOutDeparture = defineEntity({
  name: 'SoldOutDeparture',
  tableName: 'sold_out_departure',
  properties: (p) => ({
    departure: p.string().primary(), // as offers name it
    origin: p.string(),
    destination: p.string(),
    date: p.string(), // of the departure, local at the origin
    soldOut: p.boolean(),
    sequence: p.integer(), // the departure's, of the news that told so
  }),
});

export const fareTables: Tables = {
  room: 'fare',
  entities: [Fare, FareHistory, FormerIdentity, Route, SoldOutDeparture],
  dir: join(import.meta.dirname, '..'),
};
