// The table of the dead letters: in a database of its own, beside those of the subgraphs.
import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Tables } from '../database/database.ts';

/**
 * A message that its consumer could not handle (DEAD, with the cause), one that waits BEHIND an earlier one of its
 * lane, or one that is being replayed (REPLAYING). The other states are settled.
 */
export type LetterState = 'DEAD' | 'BEHIND' | 'REPLAYING' | 'REPLAYED' | 'DISCARDED';

/** The states in which a dead letter blocks its lane. */
export const open: LetterState[] = ['DEAD', 'BEHIND', 'REPLAYING'];

export const DeadLetterRow = defineEntity({
  name: 'DeadLetter',
  tableName: 'dead_letter',
  properties: (p) => ({
    position: p.bigint('number').primary().autoincrement(), // the order of the messages within a lane
    id: p.string(),
    consumer: p.string(),
    lane: p.string(), // the unit of ordering: a consumer's messages of one topic and key
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

/** A stored dead letter. */
export type DeadLetter = InferEntity<typeof DeadLetterRow>;

/** The database is named after the workers, which fill it. */
export const deadLetterTables: Tables = { room: 'workers', entities: [DeadLetterRow], dir: import.meta.dirname };
