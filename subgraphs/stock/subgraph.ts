// The stock room, assembled.
import type { Clock } from '../../infra/clock.ts';
import type { Letters } from '../../infra/dead-letters/letters.ts';
import type { Subgraph } from '../serve.ts';
import { readSdl } from '../serve.ts';
import type { Departures } from './departure-store.ts';
import { operatorContext } from './operator-resolvers.ts';
import { context, resolvers } from './resolvers.ts';
import type { Stock } from './store.ts';

/** What the stock room answers from. */
export interface StockRoom {
  stock: Stock;
  departures: Departures;
  letters: Letters;
}

/** The stock room as a subgraph. */
export const createStockSubgraph = ({ stock, departures, letters }: StockRoom, now: Clock): Subgraph => ({
  name: 'stock',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: (identity) => context(stock, letters, operatorContext(departures, identity, now())),
});
