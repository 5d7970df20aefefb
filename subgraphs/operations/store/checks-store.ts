// The checks of the operations subgraph.
import { sqlCheck, type VerifyCheck } from '../../../infra/database/audit.ts';
import type { Database } from '../../../infra/database/database.ts';

export const operationsChecks = (db: Database): VerifyCheck[] => [
  sqlCheck(db, {
    name: 'dead letters',
    sentence: 'No dead letter waits to be replayed or discarded.',
    rows: 'select count(*) as count from dead_letter',
    offending: "select id from dead_letter where state = 'DEAD'",
  }),
  sqlCheck(db, {
    name: 'dead letters: replays',
    sentence: 'No dead letter that can be replayed now is still waiting: its consumer runs.',
    rows: "select count(*) as count from dead_letter where state in ('REPLAYING', 'BEHIND')",
    offending: `select d.id from dead_letter d where d.state in ('REPLAYING', 'BEHIND') and not exists (
      select 1 from dead_letter e
      where e.lane = d.lane and e.position < d.position and e.state in ('DEAD', 'BEHIND', 'REPLAYING'))`,
  }),
  sqlCheck(db, {
    name: 'dead letters: states',
    sentence: 'A dead letter has a settlement time if and only if it is settled.',
    rows: 'select count(*) as count from dead_letter',
    offending: `select id from dead_letter
      where (settled_at is null) <> (state in ('DEAD', 'BEHIND', 'REPLAYING'))`,
  }),
];
