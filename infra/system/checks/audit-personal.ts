// Finds personal data where none is allowed: in events and messages, which outlive the accounts that they are about.
import type { VerifyCheck } from '../../database/audit.ts';
import { pagedCheck } from '../../database/audit.ts';
import type { Database } from '../../database/database.ts';
import { DeadLetterRow } from '../../../subgraphs/operations/store/tables.ts';
import type { KeptMessages } from '../../messaging/message-log.ts';
import { OutboxEvent } from '../../database/outbox.ts';

/** The names of the fields that hold personal data in the graph and the stores. */
const FIELDS = new Set(
  ['email', 'phone', 'name', 'birthDate', 'document', 'contact', 'person', 'traveller', 'travellers', 'password'].map(
    (name) => name.toLowerCase(),
  ),
);
const EMAIL = /[^\s@"'<>]+@[^\s@"'<>]+\.[a-z]{2,}/i;

/** The path of the first personal field in a message, or the kind of personal text; null when there is none. */
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

/** Checks the events in a subgraph's outbox. */
export const outboxIsImpersonal = (subgraph: string, db: Database): VerifyCheck =>
  pagedCheck({
    name: `${subgraph}: personal data in events`,
    sentence: 'No event in the outbox contains personal data.',
    read: (after, limit) =>
      db.read().find(OutboxEvent, { position: { $gt: Number(after) } }, { orderBy: { position: 'asc' }, limit }),
    idOf: ({ position }) => String(position),
    bad: (page) => page.flatMap(({ position, event }) => offence(`position ${position}`, event)),
  });

/** Checks the dead letters, settled ones included: they keep the bodies of messages. */
export const deadLettersAreImpersonal = (db: Database): VerifyCheck =>
  pagedCheck({
    name: 'dead letters: personal data',
    sentence: 'No dead letter contains personal data.',
    read: (after, limit) =>
      db.read().find(DeadLetterRow, { position: { $gt: Number(after) } }, { orderBy: { position: 'asc' }, limit }),
    idOf: ({ position }) => String(position),
    bad: (page) =>
      page.flatMap(({ id, value, headers }) => [...offence(id, value ?? null), ...offence(id, headers)].slice(0, 1)),
  });

/** Checks all messages that the topics of the embedded bus retain. */
export const topicsAreImpersonal = (messages: KeptMessages): VerifyCheck =>
  pagedCheck({
    name: 'topics: personal data',
    sentence: 'No message retained by a topic contains personal data.',
    read: async (after, most) => messages.after(Number(after), most),
    idOf: ({ offset }) => offset,
    bad: (page) => page.flatMap(({ topic, offset, value }) => offence(`${topic} ${offset}`, value)),
  });
