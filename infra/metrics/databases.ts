// Database metrics: the connections of each pool, and the backlog of each subgraph's outbox.
import type { Registry } from 'prom-client';
import type { Clock } from '../process/clock.ts';
import type { Database, PoolState } from '../database/database.ts';
import { openGauge, patient, readAs } from './gauge.ts';

export function measureDatabases(registry: Registry, now: Clock) {
  const watchConnections = openGauge(registry, {
    name: 'fareloom_database_connections',
    help: 'Connections of this process to a subgraph’s database: used, idle, and the maximum (limit); none for an embedded database',
    labels: ['database', 'state'],
  });
  const watchWaiting = openGauge(registry, {
    name: 'fareloom_database_waiting',
    help: 'Transactions and reads of this process that wait for a database connection',
    labels: ['database'],
  });
  const watchBacklog = openGauge(registry, {
    name: 'fareloom_outbox_backlog',
    help: 'Events that a subgraph has committed and not published yet; each replica reports the same value',
    labels: ['database'],
  });
  const watchAge = openGauge(registry, {
    name: 'fareloom_outbox_oldest_age_seconds',
    help: 'How long the oldest event in a subgraph’s outbox has waited; 0 while none waits',
    labels: ['database'],
  });

  return {
    /** Exports the state of this pool from now on. */
    watchPool(database: string, pool: () => PoolState | undefined): void {
      watchConnections(async () => {
        const { used, idle, limit } = pool() ?? {};
        return Object.entries({ used, idle, limit }).map(([state, n]) => [{ database, state }, n ?? 0]);
      });
      watchWaiting(async () => [[{ database }, pool()?.waiting ?? 0]]);
    },

    /** Exports the state of this subgraph's outbox from now on. */
    async watchOutbox(database: string, db: Database): Promise<void> {
      const { backlog, oldest } = await import('../database/outbox.ts'); // a process without databases does not load it
      watchBacklog(
        readAs(
          patient(() => backlog(db.read()), now),
          (events) => [[{ database }, events]],
        ),
      );
      watchAge(
        readAs(
          patient(async () => ({ since: await oldest(db.read()) }), now),
          ({ since }) => [[{ database }, since ? Math.max(0, now().getTime() - since.getTime()) / 1000 : 0]],
        ),
      );
    },
  };
}
