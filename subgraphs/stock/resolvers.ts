// The stock room's door: seats left on an offer's departure.
import DataLoader from 'dataloader';
import type { Resolvers } from './schema.generated.ts';
import { shown } from './seats.ts';
import type { Stock } from './store.ts';

export interface Context {
  /** The seats available on a departure; all look-ups of a request are one query. */
  seats: DataLoader<string, number | null>;
}

export const context = (stock: Stock): Context => ({
  seats: new DataLoader(async (ids) => {
    const available = await stock.available(ids);
    return ids.map((id) => available.get(id) ?? null);
  }),
});

export const resolvers: Resolvers = {
  FareOffer: {
    async seatsLeft({ departureId }, _, { seats }) {
      const available = await seats.load(departureId);
      return available === null ? null : shown(available);
    },
  },
};
