// The inbox: the events that a consumer has handled, marked in the transaction of their effect. It turns at-least-once
// delivery into exactly-once effects.
import { defineEntity, type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/core';
import { type Event, topics } from '../../schema/events.ts';
import { DAY } from '../../schema/terms/durations.ts';

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

/** Another process handled one of the events between our read and our mark: the transaction has to run again. */
export class TakenMeanwhile extends Error {}

/**
 * The events that the consumer has not handled before, now marked in the transaction of `em`. Throws TakenMeanwhile, on
 * which `write` runs the transaction again: by then the other process has committed its marks.
 */
export async function handleOnce<E extends Event>(
  em: EntityManager,
  consumer: string,
  events: readonly E[],
  now: Date,
): Promise<E[]> {
  const byId = new Map(events.map((event) => [event.id, event]));
  const marks = await em.find(InboxMark, { consumer, event: { $in: [...byId.keys()] } }, { disableIdentityMap: true });
  for (const { event } of marks) byId.delete(event);
  const fresh = [...byId.values()];
  const ours = fresh.map(({ id }) => ({ consumer, event: id, takenAt: now }));
  await em.insertMany(InboxMark, ours).catch(rethrow);
  return fresh;
}

function rethrow(error: unknown): never {
  throw error instanceof UniqueConstraintViolationException ? new TakenMeanwhile(error.message) : error;
}

const MARGIN = 7 * DAY; // a broker deletes whole segments of its log, some time after the newest message of a segment has expired

/** How long a mark is needed, in ms: as long as its event may be delivered again. */
export const MARKS_KEPT_FOR = Math.max(...Object.values(topics).map(({ retention }) => retention)) + MARGIN;

const AT_ONCE = 1000; // marks in one transaction

/** Deletes the oldest marks from before an instant, about a thousand at a time; returns how many. */
export async function forgetTaken(em: EntityManager, before: Date): Promise<number> {
  const [edge] = await em.find(
    InboxMark,
    { takenAt: { $lt: before } },
    { orderBy: { takenAt: 'asc' }, offset: AT_ONCE, limit: 1, disableIdentityMap: true },
  );
  return em.nativeDelete(InboxMark, { takenAt: edge ? { $lte: edge.takenAt } : { $lt: before } });
}
