// The table of the dead letters: a database of their own, beside those of the rooms.
import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Tables } from '../database/database.ts';

/**
 * A message that its consumer could not take in (DEAD, with the cause), one that waits BEHIND an earlier one of its
 * lane, or one that is being handed to the consumer again (REPLAYING). The others are over.
 */
export type LetterState = 'DEAD' | 'BEHIND' | 'REPLAYING' | 'REPLAYED' | 'DISCARDED';

/** The states in which a letter keeps its lane from going on. */
export const open: LetterState[] = ['DEAD', 'BEHIND', 'REPLAYING'];

export const DeadLetterRow = defineEntity({
  name: 'DeadLetter',
  tableName: 'dead_letter',
  properties: (p) => ({
    position: p.bigint('number').primary().autoincrement(), // within a lane: the order of the messages
    id: p.string(),
    consumer: p.string(),
    lane: p.string(), // what stays in order: a consumer's messages of one topic and key
    state: p.string().$type<LetterState>(),
    topic: p.string(),
    partition: p.integer(),
    offset: p.string(),
    key: p.text().nullable(),
    value: p.text().nullable(),
    headers: p.text(),
    cause: p.text(),
    parkedAt: p.datetime(3),
    settledAt: p.datetime(3).nullable(),
    settledBy: p.string().nullable(),
  }),
});

/** A dead letter as it is kept. */
export type DeadLetter = InferEntity<typeof DeadLetterRow>;

/** The database is called after the workers: they fill it. */
export const deadLetterTables: Tables = { room: 'workers', entities: [DeadLetterRow], dir: import.meta.dirname };
