// The stock room's door: seats left on an offer's departure for everybody, all of a departure's seats for operators.
import DataLoader from 'dataloader';
import type { Letters, Refused } from '../../../infra/dead-letters/letters.ts';
import type { DeadLetter } from '../../../infra/dead-letters/tables.ts';
import type { Connection } from '../../../schema/terms/connection.ts';
import { deadLetterResolvers } from './dead-letter-resolvers.ts';
import type { CapacityRefused, LedgerRow } from '../store/departure-store.ts';
import { type OperatorContext, operatorResolvers } from './operator-resolvers.ts';
import type { Resolvers } from './schema.generated.ts';
import type { DepartureRow } from '../store/seat-store.ts';
import { shown } from '../rules/seats.ts';
import type { Stock } from '../store/store.ts';

// what resolvers are given for these types
export type AirportSource = { code: string };
export type DeadLetterSource = DeadLetter;
export type DeadLetterRefusalSource = Refused;
export type DepartureSource = DepartureRow;
export type DepartureConnectionSource = Connection<DepartureRow>;
export type DeadLetterConnectionSource = Connection<DeadLetter>;
export type SeatLedgerConnectionSource = Connection<LedgerRow>;
export type SeatLedgerLineSource = LedgerRow;
export type StockRefusalSource = CapacityRefused;

export interface Context extends OperatorContext {
  /** The dead letters of every consumer. */
  letters: Letters;
  /** The seats available on a departure; all look-ups of a request are one query. */
  seats: DataLoader<string, number | null>;
}

export const context = (stock: Stock, letters: Letters, operator: OperatorContext): Context => ({
  ...operator,
  letters,
  seats: new DataLoader(async (ids) => {
    const available = await stock.available(ids);
    return ids.map((id) => available.get(id) ?? null);
  }),
});

export const resolvers: Resolvers = {
  ...deadLetterResolvers,
  ...operatorResolvers,
  Query: { ...deadLetterResolvers.Query, ...operatorResolvers.Query },
  Mutation: { ...deadLetterResolvers.Mutation, ...operatorResolvers.Mutation },
  FareOffer: {
    async seatsLeft({ departureId }, _, { seats }) {
      const available = await seats.load(departureId);
      return available === null ? null : shown(available);
    },
  },
};
