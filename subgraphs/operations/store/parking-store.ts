// Stores the messages that consumers could not handle (dead letters), and hands them out again for replay.
import type { Clock } from '../../../infra/process/clock.ts';
import type { Database } from '../../../infra/database/database.ts';
import { holding, type Lease, openLease, STALE_AFTER } from '../../../infra/database/lease.ts';
import { LeaseRow } from '../../../infra/database/lease-row.ts';
import { fingerprintOf, keptText, lostText } from '../../../infra/dead-letters/kept-text.ts';
import {
  type DeadLetter,
  type DeadLetterState,
  laneOf,
  letterId,
  type LostContent,
  type Parked,
  type Parking,
} from '../../../infra/dead-letters/parking.ts';
import { DeadLetterRow, unsettledStates } from './tables.ts';

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
        held: new Set(rows.filter(({ state }) => unsettledStates.includes(state)).map(({ lane }) => lane)),
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
      const db = await database();
      const rows = await db.rows<{ position: number }>(DUE, [consumer, most]);
      const positions = rows.map(({ position }) => position);
      if (!positions.length) return [];
      return db.read().find(DeadLetterRow, { position: { $in: positions } }, { orderBy: { position: 'asc' } });
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

const BEHIND = 'waits behind an earlier message of its key';

type Row = ReturnType<typeof rowOf>;

function rowOf(consumer: string, { delivery, cause }: Parked, now: Date) {
  const { topic, partition, offset, key, value, headers } = delivery;
  const state: DeadLetterState = cause === null ? 'BEHIND' : 'DEAD';
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
  select waiting.position from dead_letter waiting
  where waiting.consumer = ? and waiting.state in ('REPLAYING', 'BEHIND') and not exists (
    select 1 from dead_letter earlier
    where earlier.lane = waiting.lane and earlier.position < waiting.position
      and earlier.state in ('DEAD', 'BEHIND', 'REPLAYING'))
  order by waiting.position limit ?`;
