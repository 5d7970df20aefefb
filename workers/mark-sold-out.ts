// Passes sold-out and back-on-sale events on to the fare subgraph, so that it offers only what can be bought.
import { fare } from '../subgraphs/fare/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'mark-sold-out';

export const markSoldOut = defineWorker({
  name: NAME,
  port: 4111,
  does: 'notes which departures the stock subgraph announced as sold out; `fare/store/fares-on-days.ts` leaves them out of offers',
  subgraph: fare,
  uses: ['bus'],
  publishes: true,
  on: ['stock.sold-out', 'stock.back-on-sale'],
  batch: { max: 100, linger: 0 }, // a departure that changes several times in a batch is marked once
  work: ({ stores: { soldOut }, platform: { now } }) => ({
    handle: (events) => soldOut.mark(NAME, events, now()),
  }),
});
