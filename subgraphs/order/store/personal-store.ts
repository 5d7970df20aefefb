// The personal data in the order subgraph, read for the audit: it must be gone once the account is deleted.
import { placesFor, type Database } from '../../../infra/database/database.ts';
import { AccountMark, CartEntity } from './tables.ts';

/** A row with personal data, and the account that it belongs to. */
export interface PersonalRow {
  id: string;
  account: string;
}

/** The next orders after an id that still have a contact, a traveller's data, or the text of their idempotency key. */
export const personalOrdersAfter = (db: Database, id: string, limit: number): Promise<PersonalRow[]> =>
  db.rows<PersonalRow>(
    `select h.id, h.account from order_head h where h.id > ? and (
      h.email is not null or h.phone is not null
      or exists (select 1 from order_traveller t where t.order_id = h.id and t.person is not null)
      or exists (select 1 from idempotency_key k where k.account = h.account and k.order_id = h.id and k.hash <> ''))
      order by h.id limit ${limit}`,
    [id],
  );

/** The next accounts after an id that have a cart. A cart's own id is a secret and is not returned. */
export async function cartsAfter(db: Database, account: string, limit: number): Promise<PersonalRow[]> {
  const where = { account: { $gt: account } };
  const rows = await db.read().find(CartEntity, where, { fields: ['account'], orderBy: { account: 'asc' }, limit });
  return rows.flatMap(({ account: owner }) => (owner ? [{ id: owner, account: owner }] : []));
}

/** The next accounts after an id that are marked as deleted. */
export async function deletedAfter(db: Database, account: string, limit: number): Promise<string[]> {
  const where = { account: { $gt: account }, deletedAt: { $ne: null } };
  const rows = await db.read().find(AccountMark, where, { fields: ['account'], orderBy: { account: 'asc' }, limit });
  return rows.map((row) => row.account);
}

/** The subset of the ids that are orders without an email address, as after a deletion. */
export async function forgottenOrders(db: Database, ids: readonly string[]): Promise<Set<string>> {
  if (!ids.length) return new Set();
  const rows = await db.rows<{ id: string }>(
    `select id from order_head where email is null and id in (${placesFor(ids)})`,
    ids,
  );
  return new Set(rows.map(({ id }) => id));
}
