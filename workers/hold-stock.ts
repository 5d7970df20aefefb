// Moves seats with their orders: holds them when an order is placed, releases them when it closes, sells them when it is paid.
import { orderNews } from '../subgraphs/stock/rules/hold.ts';
import { stock } from '../subgraphs/stock/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'hold-stock';

export const holdStock = defineWorker({
  name: NAME,
  port: 4104,
  does: 'holds all seats of an order or none, sells, releases and returns them',
  subgraph: stock,
  uses: ['bus'],
  publishes: true,
  on: orderNews,
  batch: { max: 50, linger: 0 }, // waiting orders share a transaction: its cost is the commit, and a popular departure is written once
  work: ({ stores: { holds }, platform: { now, log } }) => ({
    async handle(events) {
      for (const { event, refused } of await holds.follow(NAME, events, now())) {
        if (refused === null) continue;
        const { id, type, data } = event;
        log[expected.has(refused) ? 'debug' : 'warn']('seat change refused', {
          service: NAME,
          event: id,
          type,
          order: data.orderId,
          refused,
        });
      }
    },
  }),
});

/** Refusals of normal operation. Any other is logged as a warning: the order's event does not fit the hold. */
const expected: ReadonlySet<string> = new Set(['SOLD_OUT', 'RELEASED_BEFORE', 'ALREADY_RELEASED', 'RETURNED_BEFORE']);
