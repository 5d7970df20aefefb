// Resolvers of the stock subgraph: seats left on an offer's departure for everyone, all seats of a departure for operators.
import DataLoader from 'dataloader';
import { operatorResolvers } from './operator-resolvers.ts';
import type { Context, OperatorContext } from './context.ts';
import type { Resolvers } from './schema.generated.ts';
import { seatsShown } from '../rules/seats.ts';
import type { Stock } from '../store/store.ts';

export const context = (stock: Stock, operator: OperatorContext): Context => ({
  ...operator,
  seats: new DataLoader(async (ids) => {
    const available = await stock.available(ids);
    return ids.map((id) => available.get(id) ?? null);
  }),
});

export const resolvers: Resolvers = {
  ...operatorResolvers,
  FareOffer: {
    async seatsLeft({ departureId }, _, { seats }) {
      const available = await seats.load(departureId);
      return available === null ? null : seatsShown(available);
    },
  },
};
