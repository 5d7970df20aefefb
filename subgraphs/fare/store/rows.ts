// Converts between filings, terms and rows of the fare table, and computes the digests of long texts.
import type { InferEntity } from '@mikro-orm/core';
import { createHash } from 'node:crypto';
import { typeidUnboxed } from 'typeid-js';
import type { ManagedFare } from '../rules/administration.ts';
import { type FiledFare, type Filing, flight, identity } from '../rules/filing.ts';
import type { Fare } from './tables.ts';

export type FareRow = InferEntity<typeof Fare>;

const digest = (text: string, length = 22): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);

/** The stored form of a fare's identity. */
export const identityOf = (fare: FiledFare): string => digest(identity(fare));

/** The id of a fare's flight, the same on all days. */
export const flightId = (fare: FiledFare): string => digest(flight(fare), 16);

/** The columns that hold a fare's terms. */
export const termColumns = ({ via, ...terms }: FiledFare) => ({
  ...terms,
  identity: identityOf({ ...terms, via }),
  flight: flightId({ ...terms, via }),
  via: via.join('|'),
  manyDays: terms.firstDate < terms.lastDate,
});

export const rowOf = ({ capacity, ...terms }: Filing, filedAt: Date, filedBy: string | null) => ({
  id: typeidUnboxed('fare') as string,
  ...termColumns(terms),
  capacity,
  revision: 1,
  withdrawn: false,
  filedAt,
  filedBy,
});

export const termsOf = (row: FareRow): FiledFare => ({
  carrier: row.carrier,
  flightNumber: row.flightNumber ?? null,
  origin: row.origin,
  destination: row.destination,
  via: row.via ? row.via.split('|') : [],
  departs: row.departs,
  arrives: row.arrives,
  arrivalDays: row.arrivalDays,
  cabin: row.cabin,
  brand: row.brand,
  travellerType: row.travellerType,
  firstDate: row.firstDate,
  lastDate: row.lastDate,
  fareBasis: row.fareBasis ?? null,
  amount: row.amount,
  currency: row.currency,
  note: row.note ?? null,
});

export const managedOf = (row: FareRow): ManagedFare => ({
  id: row.id,
  revision: row.revision,
  withdrawn: row.withdrawn,
  terms: termsOf(row),
  filedAt: row.filedAt ?? null,
  filedBy: row.filedBy ?? null,
});
