// Opens departures for sale in the stock subgraph when the fare subgraph has scheduled them.
import { stock } from '../subgraphs/stock/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'open-departures';
const AT_ONCE = 5; // events of up to 500 departures each, in one insert; SQLite allows 32,766 parameters

/** A departure that is scheduled again keeps the first capacity filed for it. */
export const openDeparturesForSale = defineWorker({
  name: NAME,
  port: 4102,
  does: 'opens departures for sale',
  subgraph: stock,
  uses: ['bus'],
  publishes: true,
  on: ['departure.scheduled'],
  batch: { max: AT_ONCE, linger: 0 },
  work: ({ stores: { stock: seats }, platform: { now } }) => ({
    handle: (events) => seats.open(NAME, events, now()),
  }),
});
