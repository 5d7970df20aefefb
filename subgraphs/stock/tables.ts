// The stock room's tables.
import { defineEntity } from '@mikro-orm/core';
import type { Tables } from '../../infra/database.ts';

/** The seats of one cabin on one departure. available + held + sold = total, always. */
export const Departure = defineEntity({
  name: 'Departure',
  tableName: 'departure',
  properties: (p) => ({
    id: p.string().primary(),
    carrier: p.string(),
    flightNumber: p.string().nullable(),
    origin: p.string(),
    destination: p.string(),
    departs: p.string(), // local at the origin, as 2026-03-24T22:20
    cabin: p.string(),
    filed: p.boolean(), // whether the total was filed with a fare: the usual one of the cabin gives way to it
    total: p.integer(),
    available: p.integer(),
    held: p.integer(),
    sold: p.integer(),
  }),
});

export const stockTables: Tables = { room: 'stock', entities: [Departure], dir: import.meta.dirname };
