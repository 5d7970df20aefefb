// The inbox: which events a consumer has taken in, marked in the transaction of their effect: at least once becomes once.
import { defineEntity, type EntityManager } from '@mikro-orm/core';
import type { Event } from '../schema/events.ts';

/** The mark of one consumer on one event. */
export const InboxMark = defineEntity({
  name: 'InboxMark',
  tableName: 'inbox',
  properties: (p) => ({
    consumer: p.string().primary(),
    event: p.string().primary(),
    takenAt: p.datetime(3),
  }),
});

/** Those of the events that the consumer has not taken in before, now marked in the transaction of `em`. */
export async function takeIn<E extends Event>(
  em: EntityManager,
  consumer: string,
  events: readonly E[],
  now: Date,
): Promise<E[]> {
  const byId = new Map(events.map((event) => [event.id, event]));
  const marks = await em.find(InboxMark, { consumer, event: { $in: [...byId.keys()] } }, { disableIdentityMap: true });
  for (const { event } of marks) byId.delete(event);
  const fresh = [...byId.values()];
  if (fresh.length)
    await em.insertMany(
      InboxMark,
      fresh.map(({ id }) => ({ consumer, event: id, takenAt: now })),
    );
  return fresh;
}
