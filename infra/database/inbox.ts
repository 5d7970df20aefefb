// The inbox: which events a consumer has taken in, marked in the transaction of their effect: at least once becomes once.
import { defineEntity, type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/core';
import { type Event, topics } from '../../schema/events.ts';

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

/** Another process took one of the events in between our look and our mark: the transaction is to run again. */
export class TakenMeanwhile extends Error {}

/**
 * Those of the events that the consumer has not taken in before, now marked in the transaction of `em`. Throws
 * TakenMeanwhile, on which `write` runs the transaction again: the other's marks are committed by then.
 */
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
  const ours = fresh.map(({ id }) => ({ consumer, event: id, takenAt: now }));
  if (ours.length) await em.insertMany(InboxMark, ours).catch(rethrow);
  return fresh;
}

function rethrow(error: unknown): never {
  throw error instanceof UniqueConstraintViolationException ? new TakenMeanwhile(error.message) : error;
}

const DAY = 86_400_000;
const MARGIN = 7 * DAY; // a broker deletes whole segments of its log, some time after the last message in one is old

/** How long a mark is of use, in ms: as long as the event it is on may come again. */
export const MARKS_KEPT_FOR = Math.max(...Object.values(topics).map(({ retention }) => retention)) + MARGIN;

const AT_ONCE = 1000; // marks in one transaction

/** Forgets the oldest marks from before an instant, a thousand or so; gives how many. */
export async function forgetTaken(em: EntityManager, before: Date): Promise<number> {
  const [edge] = await em.find(
    InboxMark,
    { takenAt: { $lt: before } },
    { orderBy: { takenAt: 'asc' }, offset: AT_ONCE, limit: 1, disableIdentityMap: true },
  );
  return em.nativeDelete(InboxMark, { takenAt: edge ? { $lte: edge.takenAt } : { $lt: before } });
}
