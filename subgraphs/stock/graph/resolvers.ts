// Resolvers of the stock subgraph: seats left on an offer's departure for everyone, all seats of a departure for operators.
import DataLoader from 'dataloader';
import type { Letters } from '../../../infra/dead-letters/letters.ts';
import { deadLetterResolvers } from './dead-letter-resolvers.ts';
import { operatorResolvers } from './operator-resolvers.ts';
import type { Context, OperatorContext } from './context.ts';
import type { Resolvers } from './schema.generated.ts';
import { seatsShown } from '../rules/seats.ts';
import type { Stock } from '../store/store.ts';

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
      return available === null ? null : seatsShown(available);
    },
  },
};
