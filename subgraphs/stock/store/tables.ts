// The tables of the stock subgraph.
import { join } from 'node:path';
import { defineEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { Cabin } from '../../../schema/terms/fare-words.ts';
import type { HoldState } from '../rules/hold.ts';
import type { LedgerKind } from '../rules/seats.ts';

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
    departs: p.string(), // local at the origin, as 2026-03-24T22:20 or 2026-11-01T01:50-05:00
    cabin: p.string().$type<Cabin>(),
    filed: p.boolean(), // whether the total came from a fare or an operator; a filed total replaces the cabin's default
    total: p.integer(),
    available: p.integer(),
    held: p.integer(),
    sold: p.integer(),
    revision: p.integer(), // the number of lines in its ledger
  }),
});

/** The append-only ledger: every change of a departure's counters. The lines add up to the counters. */
export const SeatLedger = defineEntity({
  name: 'SeatLedger',
  tableName: 'seat_ledger',
  properties: (p) => ({
    departure: p.string().primary(),
    revision: p.integer().primary(), // of the departure after the change: 1, 2, 3 ... without a gap
    kind: p.string().$type<LedgerKind>(),
    orderId: p.string().nullable(), // the order whose seats moved; null for a change of the total
    cause: p.string(), // an event's id, or an operator's account
    available: p.integer(), // the amount added to the counter; likewise held and sold
    held: p.integer(),
    sold: p.integer(),
    at: p.datetime(3),
  }),
});

/** The seats of one order. */
export const HoldRow = defineEntity({
  name: 'Hold',
  tableName: 'hold',
  properties: (p) => ({
    id: p.string().primary(), // the order's
    state: p.string().$type<HoldState>(),
    revision: p.integer(), // starts at 1; each change adds one
    returns: p.json<readonly string[]>(), // the ids of the returns already made
  }),
});

/** The seats of one order on one departure. */
export const HoldLineRow = defineEntity({
  name: 'HoldLine',
  tableName: 'hold_line',
  properties: (p) => ({
    hold: p.string().primary(),
    departure: p.string().primary(),
    seats: p.integer(),
    returned: p.integer(), // sold seats that came back
  }),
});

export const stockTables: Tables = {
  database: 'stock',
  entities: [Departure, SeatLedger, HoldRow, HoldLineRow],
  dir: join(import.meta.dirname, '..'),
};
