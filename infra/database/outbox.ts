// The outbox: events wait in the subgraph's own database until the relay has published them. Events are published, at
// least once and in order, if and only if their rows are committed.
import { defineEntity, type EntityManager } from '@mikro-orm/core';
import type { Event } from '../../schema/events.ts';
import { continued } from '../tracing/trace.ts';

/** An event that is not published yet. */
export const OutboxEvent = defineEntity({
  name: 'OutboxEvent',
  tableName: 'outbox',
  properties: (p) => ({
    position: p.bigint('number').primary().autoincrement(),
    event: p.text(),
  }),
});

/** Adds events to the transaction of `em`, with the trace of the current work. */
export async function announce(em: EntityManager, events: readonly Event[]): Promise<void> {
  await em.insertMany(
    OutboxEvent,
    events.map((event) => ({ event: JSON.stringify({ ...event, traceparent: continued(event.traceparent) }) })),
  );
}

/** The oldest waiting events, in order. */
export async function waiting(em: EntityManager, most: number): Promise<{ position: number; event: Event }[]> {
  const rows = await em.find(OutboxEvent, {}, { orderBy: { position: 'asc' }, limit: most, disableIdentityMap: true });
  return rows.map(({ position, event }) => ({ position, event: JSON.parse(event) as Event }));
}

/** The number of waiting events. */
export const backlog = (em: EntityManager): Promise<number> => em.count(OutboxEvent);

/** When the oldest waiting event was announced; null if none waits. */
export async function oldest(em: EntityManager): Promise<Date | null> {
  const [first] = await waiting(em, 1);
  return first ? new Date(first.event.time) : null;
}

/**
 * Deletes the events at these positions, once they are published. Deletes each by its position: a transaction with an
 * earlier position may commit later, and deleting "up to here" would lose its events unpublished.
 */
export async function forget(em: EntityManager, positions: readonly number[]): Promise<void> {
  await em.nativeDelete(OutboxEvent, { position: { $in: [...positions] } });
}
