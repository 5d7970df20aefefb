// Consistency checks of accounts, and the existing account ids for checks between subgraphs.
import { type VerifyCheck, sqlCheck } from '../../../infra/database/audit.ts';
import type { Database } from '../../../infra/database/database.ts';
import { Account } from './tables.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

const LATE = MINUTE; // a due mail must be claimed within this time

export const accountChecks = (db: Database, now: Date): VerifyCheck[] => [
  sqlCheck(db, {
    name: 'account: personal data',
    sentence: 'No session, saved traveller, device, code or mail outlives its account.',
    rows: `select (select count(*) from session) + (select count(*) from saved_traveller)
      + (select count(*) from known_device) + (select count(*) from account_code)
      + (select count(*) from account_mail) as count`,
    offending: `select s.id from session s left join account a on a.id = s.account where a.id is null
      union select t.id from saved_traveller t left join account a on a.id = t.account where a.id is null
      union select d.hash from known_device d left join account a on a.id = d.account where a.id is null
      union select c.hash from account_code c left join account a on a.id = c.account where a.id is null
      union select m.id from account_mail m left join account a on a.id = m.account
        where m.account is not null and a.id is null`,
  }),
  sqlCheck(db, {
    name: 'account: mails',
    sentence: 'Every mail of an account is sent or given up within the time that its tries take.',
    rows: 'select count(*) as count from account_mail',
    offending: 'select id from account_mail where due_at < ?',
    values: [now.getTime() - LATE],
  }),
];

/** The ids among the given ones that are accounts. */
export async function areAccounts(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.read().find(Account, { id: { $in: [...new Set(ids)] } }, { fields: ['id'] });
  return new Set(rows.map(({ id }) => id));
}
