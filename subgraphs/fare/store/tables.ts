// The tables of the fare subgraph.
import { join } from 'node:path';
import { defineEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { Brand, Cabin, TravellerType } from '../../../schema/terms/fare-words.ts';
import type { ChangeKind } from '../rules/administration.ts';
import type { FiledFare } from '../rules/filing.ts';

/** A filed fare: one carrier's price for one traveller type on one flight, cabin and brand, from a first to a last date. */
export const Fare = defineEntity({
  name: 'Fare',
  tableName: 'fare',
  properties: (p) => ({
    id: p.string().primary(),
    identity: p.string(), // unique: the digest of the fare's identity
    flight: p.string(), // the digest of the flight's identity
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
    manyDays: p.boolean(), // firstDate < lastDate: lets the search for a day skip earlier one-day fares
    fareBasis: p.string().nullable(),
    amount: p.bigint('number'), // minor units
    currency: p.string(),
    note: p.string().nullable(),
    capacity: p.integer().nullable(), // of its departures, as first filed; the stock subgraph applies it
    revision: p.integer(), // starts at 1; each change adds one
    withdrawn: p.boolean(), // not on offer; kept for its history
    filedAt: p.datetime(3).nullable(),
    filedBy: p.string().nullable(), // an account
  }),
});

/** One change of a fare. Each change writes one entry, so revisions have no gaps. */
export const FareHistory = defineEntity({
  name: 'FareHistory',
  tableName: 'fare_history',
  properties: (p) => ({
    fare: p.string().primary(),
    revision: p.integer().primary(), // the revision after the change
    kind: p.string().$type<ChangeKind>(),
    changedAt: p.datetime(3),
    changedBy: p.string().nullable(), // an account
    termsBefore: p.json<FiledFare>().nullable(),
    termsAfter: p.json<FiledFare>(),
  }),
});

/** The identity of a fare before a change: a file that still has the old terms refers to the same fare. */
export const FormerIdentity = defineEntity({
  name: 'FormerIdentity',
  tableName: 'fare_former_identity',
  properties: (p) => ({
    identity: p.string().primary(),
    fare: p.string(),
  }),
});

/** The number of writes to a route's fares: the revision of its cached days, and the sequence of its events. */
export const Route = defineEntity({
  name: 'Route',
  tableName: 'route',
  properties: (p) => ({
    id: p.string().primary(), // as DEL-BLR
    revision: p.integer(),
  }),
});

/** A departure that was sold out at least once. The row stays when seats are back, so that older events are ignored. */
export const SoldOutDeparture = defineEntity({
  name: 'SoldOutDeparture',
  tableName: 'sold_out_departure',
  properties: (p) => ({
    departure: p.string().primary(), // the departure id of offers
    origin: p.string(),
    destination: p.string(),
    date: p.string(), // of the departure, local at the origin
    soldOut: p.boolean(),
    sequence: p.integer(), // of the departure, from the last event applied
  }),
});

export const fareTables: Tables = {
  database: 'fare',
  entities: [Fare, FareHistory, FormerIdentity, Route, SoldOutDeparture],
  dir: join(import.meta.dirname, '..'),
};
