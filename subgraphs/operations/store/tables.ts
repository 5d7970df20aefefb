// The tables of the operations subgraph.
import { join } from 'node:path';
import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Tables } from '../../../infra/database/database.ts';
import type { DeadLetterState } from '../../../infra/dead-letters/parking.ts';

/** The states in which a dead letter blocks its lane. */
export const unsettledStates: DeadLetterState[] = ['DEAD', 'BEHIND', 'REPLAYING'];

export const DeadLetterRow = defineEntity({
  name: 'DeadLetter',
  tableName: 'dead_letter',
  properties: (p) => ({
    position: p.bigint('number').primary().autoincrement(), // the order of the messages within a lane
    id: p.string(),
    consumer: p.string(),
    lane: p.string(), // the unit of ordering: a consumer's messages of one topic and key
    state: p.string().$type<DeadLetterState>(),
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

export type StoredDeadLetter = InferEntity<typeof DeadLetterRow>;

/**
 * The database is named `workers` after the processes that fill it, as in every release: processes of the release before
 * and of this one share its rows during an upgrade, and nothing has to be copied.
 */
export const operationsTables: Tables = {
  database: 'workers',
  entities: [DeadLetterRow],
  dir: join(import.meta.dirname, '..'),
};
