// The rows that events create, and the consumers that mark them: the inbox mark is in the transaction of its effect.
import type { VerifyCheck } from '../../database/audit.ts';
import { type MadeByEvents, markCheck } from './audit-events.ts';
import type { Database } from '../../database/database.ts';

const made: Readonly<Partial<Record<string, readonly MadeByEvents[]>>> = {
  order: [
    {
      table: 'timeline_entry',
      named: "m.order_id, ' version ', m.version, ' ', m.step",
      event: 'event',
      consumers: ['settle-orders'],
    },
    { table: 'mail', named: "m.order_id, ' mail ', m.kind", event: 'event', consumers: ['notify', 'settle-orders'] },
  ],
  payment: [
    { table: 'payable', named: "m.order_id, ' ', m.state", event: 'event', consumers: ['follow-orders'] },
    { table: 'refund', named: 'm.id', event: 'event', consumers: ['refund-payments'] },
  ],
  stock: [
    {
      table: 'seat_ledger',
      named: "m.departure, ' revision ', m.revision",
      event: 'cause',
      consumers: ['hold-stock', 'open-departures'],
    },
  ],
};

/** Checks that no mark is missing in the inbox of a subgraph. */
export const markChecks = (subgraph: string, db: Database, now: Date): VerifyCheck[] =>
  (made[subgraph] ?? []).map((rows) => markCheck(subgraph, db, now, rows));
