// The checks that every room has: its outbox and its inbox; and those of the dead letters.
import { parseEvent } from '../schema/events.ts';
import { type Check, sqlCheck } from './audit.ts';
import type { Database } from './database.ts';
import { InboxMark, MARKS_KEPT_FOR } from './inbox.ts';
import { OutboxEvent } from './outbox.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const WAITS_AT_MOST = MINUTE; // a relay that is at work publishes within a second
const PAGE = 500; // events read at a time

/** The checks of a room's outbox and inbox. */
export const eventChecks = (room: string, db: Database, now: Date): Check[] => [
  {
    name: `${room}: outbox`,
    sentence: 'Every event that waits can be read, waits once, and no longer than a minute.',
    find: () => auditOutbox(db, new Date(now.getTime() - WAITS_AT_MOST)),
  },
  {
    name: `${room}: inbox`,
    sentence: 'No mark is from the future, or older than its event can be.',
    async find() {
      const em = db.read();
      const [soon, old] = [new Date(now.getTime() + MINUTE), new Date(now.getTime() - MARKS_KEPT_FOR - DAY)];
      const wrong = { $or: [{ takenAt: { $gt: soon } }, { takenAt: { $lt: old } }] };
      const marks = await em.find(InboxMark, wrong, { limit: 100 });
      return { rows: await em.count(InboxMark), offending: marks.map(({ consumer, event }) => `${consumer} ${event}`) };
    },
  },
];

async function auditOutbox(db: Database, since: Date) {
  const seen = new Set<string>();
  const offending: string[] = [];
  let rows = 0;
  for (let after = 0; ;) {
    const where = { position: { $gt: after } };
    const page = await db.read().find(OutboxEvent, where, { orderBy: { position: 'asc' }, limit: PAGE });
    for (const { position, event } of page) if (!isSound(event, since, seen)) offending.push(`position ${position}`);
    rows += page.length;
    if (page.length < PAGE) return { rows, offending };
    after = page.at(-1)!.position;
  }
}

function isSound(text: string, since: Date, seen: Set<string>): boolean {
  try {
    const { id, time } = parseEvent(text);
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew && new Date(time) >= since;
  } catch {
    return false;
  }
}

/** The checks of the dead letters. */
export const deadLetterChecks = (db: Database): Check[] => [
  sqlCheck(db, {
    name: 'dead letters',
    sentence: 'No message waits for somebody to replay or discard it.',
    rows: 'select count(*) as count from dead_letter',
    offending: "select id from dead_letter where state = 'DEAD'",
  }),
  sqlCheck(db, {
    name: 'dead letters: replays',
    sentence: 'No letter whose turn it is waits: its consumer runs.',
    rows: "select count(*) as count from dead_letter where state in ('REPLAYING', 'BEHIND')",
    offending: `select d.id from dead_letter d where d.state in ('REPLAYING', 'BEHIND') and not exists (
      select 1 from dead_letter e
      where e.lane = d.lane and e.position < d.position and e.state in ('DEAD', 'BEHIND', 'REPLAYING'))`,
  }),
  sqlCheck(db, {
    name: 'dead letters: states',
    sentence: 'A letter was settled at some time if and only if it is over.',
    rows: 'select count(*) as count from dead_letter',
    offending: `select id from dead_letter
      where (settled_at is null) <> (state in ('DEAD', 'BEHIND', 'REPLAYING'))`,
  }),
];
