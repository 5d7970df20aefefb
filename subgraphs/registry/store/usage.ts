// What clients use of the schema: adds up what gateways counted, and answers who uses what.
import { raw } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { handleOnce } from '../../../infra/database/inbox.ts';
import type { KnownOperation } from '../../../schema/composition/check/finding.ts';
import type { Event } from '../../../schema/events.ts';
import { DAY, HOUR } from '../../../schema/terms/durations.ts';
import { OperationUseRow, UsedOperationRow } from './tables.ts';

export interface Usage {
  /** Adds what gateways counted, each event once. */
  add(consumer: string, events: readonly Event<'operations.used'>[], now: Date): Promise<void>;
  /** The operations that clients sent in the last days, by client. */
  operations(days: number): Promise<KnownOperation[]>;
  /** When the first operation was counted; null if none was. */
  countedSince(): Promise<Date | null>;
  /** Deletes what was counted before that many days. */
  forget(days: number): Promise<void>;
}

const FORGOTTEN_AT_ONCE = 1000;

/** The counts of an event belong to the hour in which the gateway sent it, at most its pause late. */
const hourOf = (time: string): Date => new Date(Math.floor(Date.parse(time) / HOUR) * HOUR);

export function openUsage(db: Database): Usage {
  const since = async (days: number): Promise<Date> => new Date((await db.now()).getTime() - days * DAY);

  return {
    add: (consumer, events, now) =>
      db.write(async (em) => {
        const fresh = await handleOnce(em, consumer, events, now);
        const described = new Map(
          fresh.flatMap(({ data, time }) =>
            data.operations.map((each) => [each.operation, { ...each, time }] as const),
          ),
        );
        const operations = [...described.values()].map(
          ({ operation: id, operationName: name, text, coordinates, time }) => ({
            ...{ id, name, document: text, coordinates: JSON.stringify(coordinates), firstSeen: new Date(time) },
          }),
        );
        if (operations.length) await em.upsertMany(UsedOperationRow, operations, { onConflictAction: 'ignore' });
        for (const row of summed(fresh)) {
          const { startsAt, operation, client, clientVersion, uses, lastSeen } = row;
          const key = { startsAt, operation, client, clientVersion };
          await em.upsert(OperationUseRow, { ...key, uses: 0, lastSeen }, { onConflictAction: 'ignore' });
          await em.nativeUpdate(OperationUseRow, key, { uses: raw<number>('uses + ?', [uses]), lastSeen });
        }
      }),

    async operations(days) {
      const rows = await db.rows<StoredUse>(
        `select o.id, o.name, o.document, o.coordinates, u.client, u.client_version as clientVersion,
           sum(u.uses) as uses, max(u.last_seen) as lastSeen
         from operation_use u join used_operation o on o.id = u.operation where u.starts_at >= ?
         group by o.id, o.name, o.document, o.coordinates, u.client, u.client_version`,
        [await since(days)],
      );
      return rows.map(operationOf);
    },

    async countedSince() {
      // an operation that is still used is known since long before the oldest hour that is kept
      const [first] = await db.read().find(UsedOperationRow, {}, { orderBy: { firstSeen: 'asc' }, limit: 1 });
      return first?.firstSeen ?? null;
    },

    async forget(days) {
      const before = await since(days);
      let deleted = FORGOTTEN_AT_ONCE;
      while (deleted >= FORGOTTEN_AT_ONCE)
        deleted = await db.write(async (em) => {
          const old = await em.find(
            OperationUseRow,
            { startsAt: { $lt: before } },
            { limit: FORGOTTEN_AT_ONCE, orderBy: { startsAt: 'asc' } },
          );
          for (const row of old) em.remove(row);
          return old.length;
        });
      const unused = await db.rows<{ id: string }>(
        `select o.id from used_operation o where o.first_seen < ?
           and not exists (select 1 from operation_use u where u.operation = o.id) limit ${FORGOTTEN_AT_ONCE}`,
        [before],
      );
      // one that is used again meanwhile is described again: gateways do that every hour
      await db.write((em) => em.nativeDelete(UsedOperationRow, { id: { $in: unused.map(({ id }) => id) } }));
    },
  };
}

interface StoredUse {
  id: string;
  name: string;
  document: string | null;
  coordinates: string;
  client: string;
  clientVersion: string;
  uses: number | string;
  lastSeen: Date | number | string;
}

const operationOf = ({ id, name, document, coordinates, client, clientVersion, uses, lastSeen }: StoredUse) => ({
  ...{ id, name, text: document, client, clientVersion, count: Number(uses), isPushed: false },
  coordinates: JSON.parse(coordinates) as string[],
  // a server's driver gives the text of an aggregate's time, which is UTC
  lastSeen: new Date(typeof lastSeen === 'string' ? `${lastSeen.replace(' ', 'T')}Z` : lastSeen),
});

/** The counts of these events by hour, operation and client. */
function summed(events: readonly Event<'operations.used'>[]) {
  const all = events.flatMap(({ data: { counts }, time }) =>
    counts.map((each) => ({ ...each, startsAt: hourOf(time), lastSeen: new Date(time) })),
  );
  const groups = Map.groupBy(all, ({ startsAt, operation, client, clientVersion }) =>
    JSON.stringify([startsAt, operation, client, clientVersion]),
  );
  return [...groups.values()].flatMap((same) => {
    const latest = same.reduce((a, b) => (a.lastSeen > b.lastSeen ? a : b));
    return [{ ...latest, uses: same.reduce((sum, { count }) => sum + count, 0) }];
  });
}
