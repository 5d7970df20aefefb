// Checks of the outbox and the inbox, which every subgraph has.
import { fromUUID } from 'typeid-js';
import { parseEvent } from '../../../schema/events.ts';
import { type VerifyCheck, pagedCheck, sqlCheck } from '../../database/audit.ts';
import type { Database } from '../../database/database.ts';
import { InboxMark, MARKS_KEPT_FOR } from '../../database/inbox.ts';
import { OutboxEvent } from '../../database/outbox.ts';
import { DAY, MINUTE } from '../../../schema/terms/durations.ts';

const WAITS_AT_MOST = MINUTE; // a running relay publishes within a second

/** The checks of a subgraph's outbox and inbox. */
export const eventChecks = (subgraph: string, db: Database, now: Date): VerifyCheck[] => [
  pagedCheck({
    name: `${subgraph}: outbox`,
    sentence: 'Every event in the outbox can be parsed and has waited at most a minute.',
    read: (after, limit) =>
      db.read().find(OutboxEvent, { position: { $gt: Number(after) } }, { orderBy: { position: 'asc' }, limit }),
    idOf: ({ position }) => String(position),
    bad: (page) =>
      page
        .filter(({ event }) => !isSound(event, new Date(now.getTime() - WAITS_AT_MOST)))
        .map(({ position }) => `position ${position}`),
  }),
  sqlCheck(db, {
    name: `${subgraph}: outbox, once`,
    sentence: 'No event is in the outbox twice.',
    rows: 'select count(*) as count from outbox',
    // an event's text begins with its id
    offending: `select concat('position ', o.position) as id from outbox o
      join (select substr(event, 1, 80) as head, min(position) as first_ from outbox group by substr(event, 1, 80)) f
        on f.head = substr(o.event, 1, 80) and f.first_ < o.position`,
  }),
  sqlCheck(db, {
    name: `${subgraph}: lease`,
    sentence: 'The lease of the outbox relay exists exactly once.',
    rows: 'select count(*) as count from lease',
    offending: `select concat(count(*), ' rows') as id from lease where name = 'relay-outbox' having count(*) <> 1`,
  }),
  {
    name: `${subgraph}: inbox`,
    sentence: 'No inbox mark has a time in the future, or is older than marks are kept.',
    async find() {
      const em = db.read();
      const [soon, old] = [new Date(now.getTime() + MINUTE), new Date(now.getTime() - MARKS_KEPT_FOR - DAY)];
      const wrong = { $or: [{ takenAt: { $gt: soon } }, { takenAt: { $lt: old } }] };
      const marks = await em.find(InboxMark, wrong, { limit: 100 });
      return { rows: await em.count(InboxMark), offending: marks.map(({ consumer, event }) => `${consumer} ${event}`) };
    },
  },
];

function isSound(text: string, since: Date): boolean {
  try {
    return new Date(parseEvent(text).time) >= since;
  } catch {
    return false;
  }
}

/** Rows that events created: the column with the event's id, and the consumers that may have created them. */
export interface MadeByEvents {
  table: string;
  /** An SQL expression that identifies the row in a finding. */
  named: string;
  event: string;
  consumers: readonly string[];
}

/** Checks that each of these rows has its inbox mark, as long as marks are kept. Event ids begin with their time. */
export const markCheck = (subgraph: string, db: Database, now: Date, made: MadeByEvents): VerifyCheck => {
  const { table, named, event, consumers } = made;
  // a subquery per consumer: with a list of consumers the server would not use the index
  const isUnmarked = (consumer: string) =>
    `not exists (select 1 from inbox i where i.consumer = '${consumer}' and i.event = m.${event})`;
  const isYoung = `m.${event} like 'evt%' and m.${event} > '${firstEventId(now.getTime() - MARKS_KEPT_FOR + DAY)}'`;
  return sqlCheck(db, {
    name: `${subgraph}: marks of ${table}`,
    sentence: 'Every row that an event created has the inbox mark of that event.',
    rows: `select count(*) as count from ${table} m where ${isYoung}`,
    offending: `select concat(${named}, ' came of ', m.${event}, ', of which there is no mark') as id from ${table} m
      where ${isYoung} and ${consumers.map(isUnmarked).join(' and ')}`,
  });
};

/** A lower bound of the ids of all later events: the first 48 bits of a UUIDv7 are milliseconds since 1970. */
function firstEventId(at: number): string {
  const time = Math.max(0, at).toString(16).padStart(12, '0');
  return fromUUID(`${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`, 'evt');
}
