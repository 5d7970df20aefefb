// What is seen of databases: the connections of each pool, and what waits in a room's outbox.
import type { Registry } from 'prom-client';
import type { Clock } from '../process/clock.ts';
import type { Database, PoolState } from '../database/database.ts';
import { backlog, oldest } from '../database/outbox.ts';
import { openGauge, patient, readAs } from './gauge.ts';

export function measureDatabases(registry: Registry, now: Clock) {
  const watchConnections = openGauge(registry, {
    name: 'fareloom_database_connections',
    help: 'Connections of this process to a room’s database: used, idle, and how many there may be (limit); none where it is embedded',
    labels: ['room', 'state'],
  });
  const watchWaiting = openGauge(registry, {
    name: 'fareloom_database_waiting',
    help: 'Transactions and reads of this process that wait for a connection',
    labels: ['room'],
  });
  const watchBacklog = openGauge(registry, {
    name: 'fareloom_outbox_backlog',
    help: 'Events committed in a room and not published yet; each replica of the room’s subgraph tells the same',
    labels: ['room'],
  });
  const watchAge = openGauge(registry, {
    name: 'fareloom_outbox_oldest_age_seconds',
    help: 'How long the oldest event in a room’s outbox has waited; 0 while none does',
    labels: ['room'],
  });

  return {
    /** From now on this pool of the process is looked at. */
    watchPool(room: string, pool: () => PoolState | undefined): void {
      watchConnections(async () => {
        const { used, idle, limit } = pool() ?? {};
        return Object.entries({ used, idle, limit }).map(([state, n]) => [{ room, state }, n ?? 0]);
      });
      watchWaiting(async () => [[{ room }, pool()?.waiting ?? 0]]);
    },

    /** From now on this room's outbox is looked at. */
    watchOutbox(room: string, db: Database): void {
      watchBacklog(
        readAs(
          patient(() => backlog(db.read()), now),
          (events) => [[{ room }, events]],
        ),
      );
      watchAge(
        readAs(
          patient(async () => ({ since: await oldest(db.read()) }), now),
          ({ since }) => [[{ room }, since ? Math.max(0, now().getTime() - since.getTime()) / 1000 : 0]],
        ),
      );
    },
  };
}
