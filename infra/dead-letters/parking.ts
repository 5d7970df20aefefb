// Where consumers park what they cannot take in: the letters' place in the database, and how they leave it.
import type { AbstractSqlConnection as SqlConnection } from '@mikro-orm/sql';
import { createHash } from 'node:crypto';
import type { Delivery } from '../messaging/bus.ts';
import type { Clock } from '../process/clock.ts';
import type { Database } from '../database/database.ts';
import { holding, type Lease, LeaseRow, openLease, STALE_AFTER } from '../database/lease.ts';
import { type Fingerprint, fingerprintOf, keptText, lostText, originalText } from './kept-text.ts';
import { type DeadLetter, DeadLetterRow, type LetterState, open } from './tables.ts';

/** A message to park: with the cause of its death, or null when it only waits behind an earlier one of its lane. */
export interface Parked {
  delivery: Delivery;
  cause: string | null;
}

/** A message whose content the database takes in no form: its place and its fingerprint are all that is kept. */
export interface LostContent extends Fingerprint {
  delivery: Delivery;
  /** What the database said. */
  because: unknown;
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
   * after it finds its lane held, so that nothing overtakes it. Rejects while the database is away or full. A message
   * that the database refuses while it takes others is parked without its content; the result names those.
   */
  park(consumer: string, letters: readonly Parked[]): Promise<LostContent[]>;
  /** The letters whose turn it is to be handled again: the first open one of its lane, unless that is DEAD. */
  due(consumer: string, most: number): Promise<DeadLetter[]>;
  /** Ends a replay: with null it is over, with a cause the letter is dead again. */
  settle(letter: DeadLetter, cause: string | null): Promise<void>;
  /** Does the work while no other process replays for this consumer; false where one does. */
  alone(consumer: string, work: () => Promise<void>): Promise<boolean>;
  /** Calls back when there may be something due, as far as this process knows. */
  onChange(listener: () => void): Promise<void>;
}

/** What stays in order: the messages of one key on one topic, for one consumer. A message without a key is alone. */
export const laneOf = (consumer: string, { topic, key, partition, offset }: Delivery): string =>
  digest(key === null ? [consumer, topic, key, partition, offset] : [consumer, topic, key]);

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

/** The message that a letter keeps. Throws an Error where its content was lost. */
export function deliveryOf({ topic, partition, offset, key = null, value = null, headers }: DeadLetter): Delivery {
  const [keyText, valueText] = [key, value].map((text) => (text === null ? null : originalText(text)));
  const parsed = JSON.parse(headers) as Record<string, string>;
  return { topic, partition, offset, key: keyText!, value: valueText!, headers: parsed };
}

type Row = ReturnType<typeof rowOf>;

function rowOf(consumer: string, { delivery, cause }: Parked, now: Date) {
  const { topic, partition, offset, key, value, headers } = delivery;
  const state: LetterState = cause === null ? 'BEHIND' : 'DEAD';
  return {
    ...{ id: letterId(consumer, delivery), consumer, lane: laneOf(consumer, delivery), state },
    ...{ topic, partition, offset, headers: JSON.stringify(headers) }, // which escapes what a column refuses
    ...{ key: key === null ? null : keptText(key), value: value === null ? null : keptText(value) },
    ...{ cause: cause ?? BEHIND, parkedAt: now },
  };
}

/** Inserts those that are not there yet, all or none. */
const insert = (db: Database, parked: readonly { row: Row }[]): Promise<void> =>
  db.write(async (em) => {
    const ids = parked.map(({ row }) => row.id);
    const there = await em.find(DeadLetterRow, { id: { $in: ids } }, { fields: ['id'] });
    const known = new Set(there.map(({ id }) => id));
    for (const { row } of parked) if (!known.has(row.id)) await em.insert(DeadLetterRow, row);
  });

const TRIES = 3; // of one message, each with proof that the database takes others: a fault that passes loses nothing

/**
 * Inserts the message, or a stub with its fingerprint where the database refuses the content. What a database says of a
 * packet that is too large looks like a lost connection: only whether it takes another row tells the two apart.
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
      if (isFull(error)) throw error; // a small row may still fit, and the message will when there is room again
      await provesWritable(db, consumer).catch(() => Promise.reject(error as Error));
    }
  }
  const fingerprint = fingerprintOf(delivery);
  await insert(db, [{ row: { ...row, key: null, value: lostText(fingerprint), headers: '{}' } }]);
  return [{ delivery, because, ...fingerprint }];
}

/** Writes a row of no meaning. */
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

/** The first of each lane that holds it up, where it is not dead. */
const DUE = `
  select d.position from dead_letter d
  where d.consumer = ? and d.state in ('REPLAYING', 'BEHIND') and not exists (
    select 1 from dead_letter e
    where e.lane = d.lane and e.position < d.position and e.state in ('DEAD', 'BEHIND', 'REPLAYING'))
  order by d.position limit ?`;
