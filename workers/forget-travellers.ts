// Removes the personal data of a deleted account: its orders stay without names and contact; all its mails are deleted.
import { order } from '../subgraphs/order/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'forget-travellers';

/** After a crash before the mails are gone, the event comes again and removes them. */
export const forgetTravellers = defineWorker({
  name: NAME,
  port: 4113,
  does: 'deletes names, contact, cart and mails; the orders stay',
  subgraph: order,
  uses: ['bus', 'mail'],
  on: ['account.deleted'],
  work: ({ stores: { orders }, platform: { mail } }) => ({
    async handle(events) {
      for (const event of events) {
        const forgotten = await orders.forget(event.data.accountId, { consumer: NAME, event });
        await mail.forget([event.data.accountId, ...forgotten]);
      }
    },
  }),
});
