// Stores the messages that consumers could not handle (dead letters), and hands them out again for replay.
import type { AbstractSqlConnection as SqlConnection } from '@mikro-orm/sql';
import { createHash } from 'node:crypto';
import type { Delivery } from '../messaging/message.ts';
import type { Clock } from '../process/clock.ts';
import type { Database } from '../database/database.ts';
import { holding, type Lease, openLease, STALE_AFTER } from '../database/lease.ts';
import { LeaseRow } from '../database/lease-row.ts';
import { type Fingerprint, fingerprintOf, keptText, lostText, originalText } from './kept-text.ts';
import { type DeadLetter, DeadLetterRow, type LetterState, open } from './tables.ts';

/** A message to store: with the cause of the failure, or null when it only waits behind an earlier one of its lane. */
export interface Parked {
  delivery: Delivery;
  cause: string | null;
}

/** A message whose content the database refuses: only its position and its fingerprint are stored. */
export interface LostContent extends Fingerprint {
  delivery: Delivery;
  /** The database's error. */
  because: unknown;
}

/** The known state of the lanes of some messages. */
export interface LaneStates {
  /** The ids of messages that have a dead letter, in any state. */
  known: ReadonlySet<string>;
  /** The lanes that an unsettled dead letter blocks. */
  held: ReadonlySet<string>;
}

/** The dead letters for consumers. */
export interface Parking {
  /** The known state of the lanes of these messages. One query. */
  look(consumer: string, deliveries: readonly Delivery[]): Promise<LaneStates>;
  /**
   * Stores the messages, each once, in order. A message whose lane a replay has just cleared is due at once: later
   * messages find the lane blocked, so nothing overtakes it. Rejects while the database is away or full. A message that
   * the database refuses while it accepts others is stored without its content; the result lists those.
   */
  park(consumer: string, letters: readonly Parked[]): Promise<LostContent[]>;
  /** The dead letters to handle next: the first unsettled one of each lane, unless that is DEAD. */
  due(consumer: string, most: number): Promise<DeadLetter[]>;
  /** Ends a replay: null marks it as done, a cause makes the message dead again. */
  settle(letter: DeadLetter, cause: string | null): Promise<void>;
  /** Runs the work while no other process replays for this consumer; false if one does. */
  alone(consumer: string, work: () => Promise<void>): Promise<boolean>;
  /** Calls back when a dead letter of this process may have become due. */
  onChange(listener: () => void): Promise<void>;
}

/**
 * The unit of ordering: the messages of one key on one topic, for one consumer. A message without a key has its own
 * lane.
 */
export const laneOf = (consumer: string, { topic, key, partition, offset }: Delivery): string =>
  digest(key === null ? [consumer, topic, key, partition, offset] : [consumer, topic, key]);

/** The same for each delivery of a message, so that it is stored once. */
export const letterId = (consumer: string, { topic, partition, offset, key, value }: Delivery): string =>
  `dlt_${digest([consumer, topic, partition, offset, key, value])}`;

const digest = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

const BEHIND = 'waits behind an earlier message of its key';

/** The dead letters in the database that `database` opens when it is first needed. */
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

    async park(consumer, letters) {
      const db = await database();
      const parked = letters.map((letter) => ({ ...letter, row: rowOf(consumer, letter, now()) }));
      try {
        await insert(db, parked);
        return [];
      } catch {
        const lost: LostContent[] = [];
        for (const one of parked) lost.push(...(await insertOrStub(db, consumer, one)));
        return lost;
      }
    },

    async due(consumer, most) {
      const em = (await database()).read();
      const connection = em.getConnection() as SqlConnection;
      const rows = await connection.execute<{ position: number }[]>(DUE, [consumer, most]);
      const positions = rows.map(({ position }) => position);
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
      let lease = leases.get(name);
      if (!lease) {
        await db.write((em) => em.upsert(LeaseRow, { name, holder: null, turn: 0 }, { onConflictAction: 'ignore' }));
        lease = openLease(name, STALE_AFTER);
        leases.set(name, lease);
      }
      return holding(db, lease, work);
    },

    onChange: async (listener) => (await database()).onCommit(listener),
  };
}

/** The message of a dead letter. Throws an Error if its content was lost. */
export function deliveryOf({ topic, partition, offset, key = null, value = null, headers }: DeadLetter): Delivery {
  const original = (text: string | null) => (text === null ? null : originalText(text));
  const parsed = JSON.parse(headers) as Record<string, string>;
  return { topic, partition, offset, key: original(key), value: original(value), headers: parsed };
}

type Row = ReturnType<typeof rowOf>;

function rowOf(consumer: string, { delivery, cause }: Parked, now: Date) {
  const { topic, partition, offset, key, value, headers } = delivery;
  const state: LetterState = cause === null ? 'BEHIND' : 'DEAD';
  return {
    ...{ id: letterId(consumer, delivery), consumer, lane: laneOf(consumer, delivery), state },
    ...{ topic, partition, offset, headers: JSON.stringify(headers) }, // JSON escapes what a column refuses
    ...{ key: key === null ? null : keptText(key), value: value === null ? null : keptText(value) },
    ...{ cause: cause ?? BEHIND, parkedAt: now },
  };
}

/** Inserts the rows that are missing, all or none. */
const insert = (db: Database, parked: readonly { row: Row }[]): Promise<void> =>
  db.write(async (em) => {
    const ids = parked.map(({ row }) => row.id);
    const there = await em.find(DeadLetterRow, { id: { $in: ids } }, { fields: ['id'] });
    const known = new Set(there.map(({ id }) => id));
    for (const { row } of parked) if (!known.has(row.id)) await em.insert(DeadLetterRow, row);
  });

const TRIES = 3; // for one message, each with proof that the database accepts others, so that a passing fault loses nothing

/**
 * Inserts the message, or a stub with its fingerprint if the database refuses the content. The error for a packet that
 * is too large looks like a lost connection: only writing another row tells the two apart.
 */
async function insertOrStub(
  db: Database,
  consumer: string,
  { delivery, row }: Parked & { row: Row },
): Promise<LostContent[]> {
  let because: unknown;
  for (let tried = 0; tried < TRIES; tried++) {
    try {
      await insert(db, [{ row }]);
      return [];
    } catch (error) {
      because = error;
      if (isFull(error)) throw error; // a small row may still fit, but the message will fit once there is space again
      await provesWritable(db, consumer).catch(() => Promise.reject(error as Error));
    }
  }
  const fingerprint = fingerprintOf(delivery);
  await insert(db, [{ row: { ...row, key: null, value: lostText(fingerprint), headers: '{}' } }]);
  return [{ delivery, because, ...fingerprint }];
}

/** Writes a row without meaning. */
const provesWritable = (db: Database, consumer: string) =>
  db.write((em) =>
    em.upsert(LeaseRow, { name: `park ${consumer}`, holder: null, turn: Math.trunc(performance.now()) }),
  );

const FULL = new Set<unknown>([13, 1021, 1114]); // SQLITE_FULL, ER_DISK_FULL, ER_RECORD_FILE_FULL

function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { errcode, errno } = error as { errcode?: unknown; errno?: unknown };
  return FULL.has(errcode) || FULL.has(errno) || isFull(error.cause);
}

/** The first unsettled row of each lane, unless that is dead. */
const DUE = `
  select d.position from dead_letter d
  where d.consumer = ? and d.state in ('REPLAYING', 'BEHIND') and not exists (
    select 1 from dead_letter e
    where e.lane = d.lane and e.position < d.position and e.state in ('DEAD', 'BEHIND', 'REPLAYING'))
  order by d.position limit ?`;
