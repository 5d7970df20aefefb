// Adds up which operations clients sent, as the gateways counted them: a check then knows whom a change would break.
import { registry } from '../subgraphs/registry/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'count-operations';

export const countOperations = defineWorker({
  name: NAME,
  port: 4115,
  does: 'adds up which operations clients sent, by the hour, for checks of schema changes',
  subgraph: registry,
  uses: ['bus'],
  on: ['operations.used'],
  batch: { max: 100, linger: 500 }, // ms; the counts of many gateways in one transaction
  mayOvertake: true, // sums do not depend on the order
  work: ({ stores: { usage }, platform: { now } }) => ({
    handle: (events) => usage.add(NAME, events, now()),
  }),
});
