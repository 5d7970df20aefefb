// The stock subgraph, assembled.
import type { Clock } from '../../infra/process/clock.ts';
import type { Letters } from '../../infra/dead-letters/letters.ts';
import type { Subgraph } from '../runtime/serve.ts';
import { readSdl } from '../runtime/serve.ts';
import type { Departures } from './store/departure-store.ts';
import { operatorContext } from './graph/operator-resolvers.ts';
import { context, resolvers } from './graph/resolvers.ts';
import type { Stock } from './store/store.ts';

/** What the stock subgraph depends on. */
export interface StockRoom {
  stock: Stock;
  departures: Departures;
  letters: Letters;
}

export const createStockSubgraph = ({ stock, departures, letters }: StockRoom, now: Clock): Subgraph => ({
  name: 'stock',
  typeDefs: readSdl(import.meta.dirname),
  resolvers,
  context: (identity) => context(stock, letters, operatorContext(departures, identity, now())),
});
