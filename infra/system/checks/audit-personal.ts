// Looks for personal data where none may be: in events and messages, which outlive the accounts that they are about.
import type { Check } from '../../database/audit.ts';
import { pagedCheck } from '../../database/audit.ts';
import type { Database } from '../../database/database.ts';
import { DeadLetterRow } from '../../dead-letters/tables.ts';
import type { KeptMessages } from '../../messaging/message-log.ts';
import { OutboxEvent } from '../../database/outbox.ts';

/** The names under which the graph and the stores hold what is personal. */
const FIELDS = new Set(
  ['email', 'phone', 'name', 'birthDate', 'document', 'contact', 'person', 'traveller', 'travellers', 'password'].map(
    (name) => name.toLowerCase(),
  ),
);
const EMAIL = /[^\s@"'<>]+@[^\s@"'<>]+\.[a-z]{2,}/i;

/** Where in a message something personal is, as a path, or as the kind of text; null where nothing is. */
export function personalIn(text: string): string | null {
  const parsed = parsedJson(text);
  return parsed === undefined ? (EMAIL.test(text) ? 'an email address' : null) : within(parsed, '');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function within(value: unknown, path: string): string | null {
  if (typeof value === 'string') return EMAIL.test(value) ? `${path || 'the text'} (an email address)` : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, each] of Object.entries(value)) {
    const at = path ? `${path}.${name}` : name;
    if (FIELDS.has(name.toLowerCase()) && each !== null) return at;
    const found = within(each, at);
    if (found) return found;
  }
  return null;
}

const offence = (id: string, text: string | null): string[] => {
  const found = personalIn(text ?? '');
  return found === null ? [] : [`${id}: ${found}`];
};

/** The events that wait in a subgraph's outbox. */
export const outboxIsImpersonal = (room: string, db: Database): Check =>
  pagedCheck({
    name: `${room}: personal data in events`,
    sentence: 'No event that waits names a person.',
    read: (after, limit) =>
      db.read().find(OutboxEvent, { position: { $gt: Number(after) } }, { orderBy: { position: 'asc' }, limit }),
    idOf: ({ position }) => String(position),
    bad: (page) => page.flatMap(({ position, event }) => offence(`position ${position}`, event)),
  });

/** The dead letters, settled ones included: they keep the bodies of messages. */
export const deadLettersAreImpersonal = (db: Database): Check =>
  pagedCheck({
    name: 'dead letters: personal data',
    sentence: 'No dead letter names a person.',
    read: (after, limit) =>
      db.read().find(DeadLetterRow, { position: { $gt: Number(after) } }, { orderBy: { position: 'asc' }, limit }),
    idOf: ({ position }) => String(position),
    bad: (page) =>
      page.flatMap(({ id, value, headers }) => [...offence(id, value ?? null), ...offence(id, headers)].slice(0, 1)),
  });

/** All that the topics of the embedded bus keep. */
export const topicsAreImpersonal = (messages: KeptMessages): Check =>
  pagedCheck({
    name: 'topics: personal data',
    sentence: 'No message that a topic keeps names a person.',
    read: async (after, most) => messages.after(Number(after), most),
    idOf: ({ offset }) => offset,
    bad: (page) => page.flatMap(({ topic, offset, value }) => offence(`${topic} ${offset}`, value)),
  });
