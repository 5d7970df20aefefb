// The outbox: events wait in the room's own database until the relay has published them.
// A row is committed if and only if its events will be published, at least once and in order.
import { defineEntity, type EntityManager } from '@mikro-orm/core';
import type { Event } from '../../schema/events.ts';
import { continued } from '../tracing/trace.ts';

/** An event that was not published yet. */
export const OutboxEvent = defineEntity({
  name: 'OutboxEvent',
  tableName: 'outbox',
  properties: (p) => ({
    position: p.bigint('number').primary().autoincrement(),
    event: p.text(),
  }),
});

/** Adds events to the transaction of `em`, as what comes of the work here. */
export async function announce(em: EntityManager, events: readonly Event[]): Promise<void> {
  if (events.length)
    await em.insertMany(
      OutboxEvent,
      events.map((event) => ({ event: JSON.stringify({ ...event, traceparent: continued(event.traceparent) }) })),
    );
}

/** The oldest events that wait, in order. */
export async function waiting(em: EntityManager, most: number): Promise<{ position: number; event: Event }[]> {
  const rows = await em.find(OutboxEvent, {}, { orderBy: { position: 'asc' }, limit: most, disableIdentityMap: true });
  return rows.map(({ position, event }) => ({ position, event: JSON.parse(event) as Event }));
}

/** How many events wait. */
export const backlog = (em: EntityManager): Promise<number> => em.count(OutboxEvent);

/** When the oldest event that waits was announced; null while none does. */
export async function oldest(em: EntityManager): Promise<Date | null> {
  const [first] = await waiting(em, 1);
  return first ? new Date(first.event.time) : null;
}

/**
 * Forgets the events at these positions, once they are published. Each by name: a transaction that took an earlier
 * position may commit later, and "up to here" would forget its events unpublished.
 */
export async function forget(em: EntityManager, positions: readonly number[]): Promise<void> {
  await em.nativeDelete(OutboxEvent, { position: { $in: [...positions] } });
}
