// The parent value of the resolvers of each type: the row or value behind the type.
import type { Connection } from '../../../schema/terms/connection.ts';
import type { CapacityKept, LedgerRow } from '../store/departure-store.ts';
import type { DepartureRow } from '../store/seat-store.ts';

export type AirportSource = { code: string };
export type DepartureSource = DepartureRow;
export type DepartureConnectionSource = Connection<DepartureRow>;
export type SeatLedgerConnectionSource = Connection<LedgerRow>;
export type SeatLedgerLineSource = LedgerRow;
export type StockRefusalSource = CapacityKept;
