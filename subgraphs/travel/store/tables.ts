// Tables of the travel subgraph.
import { join } from 'node:path';
import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';

/** The kind of a sight, as in the schema. */
export type SightKind = 'LANDMARK' | 'MUSEUM' | 'NATURE' | 'NEIGHBOURHOOD' | 'RELIGIOUS_SITE' | 'ENTERTAINMENT';

/** The guide to an airport's city. Deleting it deletes its sights and stays. */
export const Guide = defineEntity({
  name: 'Guide',
  tableName: 'guide',
  properties: (p) => ({
    airport: p.string().primary(),
    summary: p.text().nullable(),
  }),
});

/** Something worth seeing around an airport. */
export const Sight = defineEntity({
  name: 'Sight',
  tableName: 'sight',
  properties: (p) => ({
    id: p.string().primary(),
    airport: p.string(),
    name: p.string(),
    kind: p.string().$type<SightKind>(),
    rating: p.integer(), // in tenths; 0 means unrated and sorts last
  }),
});

/** A place to stay around an airport. Deleting it deletes its reviews. */
export const Stay = defineEntity({
  name: 'Stay',
  tableName: 'stay',
  properties: (p) => ({
    id: p.string().primary(),
    airport: p.string(),
    name: p.string(),
    nightlyPrice: p.integer(), // in minor units of the currency
    currency: p.string(),
    rating: p.integer(), // the mean of the reviews in tenths; 0 means unrated and sorts last
    reviewCount: p.integer(),
  }),
});

/** A guest's review of a stay. */
export const Review = defineEntity({
  name: 'Review',
  tableName: 'review',
  properties: (p) => ({
    id: p.string().primary(),
    stay: p.string(),
    rating: p.integer(), // 1 to 5
    text: p.text(),
    stayedOn: p.string(), // the date, as 2026-03-24
  }),
});

export type SightRow = InferEntity<typeof Sight>;
export type StayRow = InferEntity<typeof Stay>;
export type ReviewRow = InferEntity<typeof Review>;

export const travelTables: Tables = {
  database: 'travel',
  entities: [Guide, Sight, Stay, Review],
  dir: join(import.meta.dirname, '..'),
};
