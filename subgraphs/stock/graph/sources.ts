// The parent value of the resolvers of each type: the row or value behind the type.
import type { DeadLetterRefusal } from '../../../infra/dead-letters/letters.ts';
import type { DeadLetter } from '../../../infra/dead-letters/tables.ts';
import type { Connection } from '../../../schema/terms/connection.ts';
import type { CapacityKept, LedgerRow } from '../store/departure-store.ts';
import type { DepartureRow } from '../store/seat-store.ts';

export type AirportSource = { code: string };
export type DeadLetterSource = DeadLetter;
export type DeadLetterRefusalSource = DeadLetterRefusal;
export type DepartureSource = DepartureRow;
export type DepartureConnectionSource = Connection<DepartureRow>;
export type DeadLetterConnectionSource = Connection<DeadLetter>;
export type SeatLedgerConnectionSource = Connection<LedgerRow>;
export type SeatLedgerLineSource = LedgerRow;
export type StockRefusalSource = CapacityKept;
