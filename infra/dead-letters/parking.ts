// Where consumers park what they cannot take in: the letters' place in the database, and how they leave it.
import type { AbstractSqlConnection as SqlConnection } from '@mikro-orm/sql';
import { createHash } from 'node:crypto';
import type { Delivery } from '../bus.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import { holding, type Lease, LeaseRow, openLease, STALE_AFTER } from '../lease.ts';
import { type DeadLetter, DeadLetterRow, type LetterState, open } from './tables.ts';

/** A message to park: with the cause of its death, or null when it only waits behind an earlier one of its lane. */
export interface Parked {
  delivery: Delivery;
  cause: string | null;
}

/** What is known of the lanes of some messages. */
export interface Standing {
  /** The ids of their letters, whatever became of them. */
  known: ReadonlySet<string>;
  /** The lanes that a letter holds up. */
  held: ReadonlySet<string>;
}

/** The dead letters as consumers see them. */
export interface Parking {
  /** What is known of the lanes of these messages. One query. */
  look(consumer: string, deliveries: readonly Delivery[]): Promise<Standing>;
  /**
   * Parks the messages, each once, in their order. One whose lane a replay has just cleared is due at once: what comes
   * after it finds its lane held, so that nothing overtakes it.
   */
  park(consumer: string, letters: readonly Parked[]): Promise<void>;
  /** The letters whose turn it is to be handled again: the first open one of its lane, unless that is DEAD. */
  due(consumer: string, most: number): Promise<DeadLetter[]>;
  /** Ends a replay: with null it is over, with a cause the letter is dead again. */
  settle(letter: DeadLetter, cause: string | null): Promise<void>;
  /** Does the work while no other process replays for this consumer; false where one does. */
  alone(consumer: string, work: () => Promise<void>): Promise<boolean>;
  /** Calls back when there may be something due, as far as this process knows. */
  onChange(listener: () => void): Promise<void>;
}

/** What stays in order: the messages of one key on one topic, for one consumer. */
export const laneOf = (consumer: string, { topic, key }: Delivery): string => digest([consumer, topic, key]);

/** The same for a message that is handed out again, so that it is parked once. */
export const letterId = (consumer: string, { topic, partition, offset, key, value }: Delivery): string =>
  `dlt_${digest([consumer, topic, partition, offset, key, value])}`;

const digest = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

const BEHIND = 'waits behind an earlier message of its key';

/** The parking on the database that `database` opens when it is first needed. */
export function openParking(database: () => Promise<Database>, now: Clock): Parking {
  const leases = new Map<string, Lease>();
  return {
    async look(consumer, deliveries) {
      const lanes = [...new Set(deliveries.map((delivery) => laneOf(consumer, delivery)))];
      const fields = ['id', 'lane', 'state'] as const;
      const rows = await (await database()).read().find(DeadLetterRow, { lane: { $in: lanes } }, { fields });
      return {
        known: new Set(rows.map(({ id }) => id)),
        held: new Set(rows.filter(({ state }) => open.includes(state)).map(({ lane }) => lane)),
      };
    },

    park: async (consumer, letters) =>
      (await database()).write(async (em) => {
        const rows = letters.map(({ delivery, cause }) => rowOf(consumer, delivery, cause, now()));
        const ids = rows.map(({ id }) => id);
        const there = await em.find(DeadLetterRow, { id: { $in: ids } }, { fields: ['id'] });
        const known = new Set(there.map(({ id }) => id));
        for (const row of rows) if (!known.has(row.id)) await em.insert(DeadLetterRow, row);
      }),

    async due(consumer, most) {
      const em = (await database()).read();
      const connection = em.getConnection() as SqlConnection;
      const rows = await connection.execute<{ position: number }[]>(DUE, [consumer, most]);
      const positions = rows.map(({ position }) => Number(position));
      if (!positions.length) return [];
      return em.find(DeadLetterRow, { position: { $in: positions } }, { orderBy: { position: 'asc' } });
    },

    async settle({ position, state }, cause) {
      const fate: Partial<DeadLetter> =
        cause === null ? { state: 'REPLAYED', settledAt: now() } : { state: 'DEAD', cause };
      const db = await database();
      await db.write((em) => em.nativeUpdate(DeadLetterRow, { position, state }, fate));
    },

    async alone(consumer, work) {
      const db = await database();
      const name = `replay ${consumer}`;
      if (!leases.has(name)) {
        await db.write((em) => em.upsert(LeaseRow, { name, holder: null, turn: 0 }, { onConflictAction: 'ignore' }));
        leases.set(name, openLease(name, STALE_AFTER));
      }
      return holding(db, leases.get(name)!, work);
    },

    onChange: async (listener) => (await database()).onCommit(listener),
  };
}

function rowOf(consumer: string, delivery: Delivery, cause: string | null, now: Date) {
  const { topic, partition, offset, key, value, headers } = delivery;
  const state: LetterState = cause === null ? 'BEHIND' : 'DEAD';
  return {
    ...{ id: letterId(consumer, delivery), consumer, lane: laneOf(consumer, delivery), state },
    ...{ topic, partition, offset, key, value, headers: JSON.stringify(headers) },
    ...{ cause: cause ?? BEHIND, parkedAt: now },
  };
}

/** The first of each lane that holds it up, where it is not dead. */
const DUE = `
  select d.position from dead_letter d
  where d.consumer = ? and d.state in ('REPLAYING', 'BEHIND') and not exists (
    select 1 from dead_letter e
    where e.lane = d.lane and e.position < d.position and e.state in ('DEAD', 'BEHIND', 'REPLAYING'))
  order by d.position limit ?`;
