// What checks take into account beside schemas: approvals of breaking changes, and the documents that clients pushed.
import { raw } from '@mikro-orm/core';
import { hash } from 'node:crypto';
import { typeidUnboxed } from 'typeid-js';
import type { Database } from '../../../infra/database/database.ts';
import { DAY } from '../../../schema/terms/durations.ts';
import { refused, type RegistryRefusal } from '../rules/refusal.ts';
import type { PushedPosition } from '../../../schema/wire/registry-routes.ts';
import { headIn } from './catalog.ts';
import { ApprovalRow, PushedDocumentRow, RegistryHeadRow } from './tables.ts';

/** An approval of one change, by the hash that its finding names. */
export interface ApprovalRequest {
  change: string;
  reason: string;
  days: number;
  by: string;
}

export interface Approval extends Omit<ApprovalRequest, 'days'> {
  id: string;
  approvedAt: Date;
  expiresAt: Date;
}

export interface Agreements {
  /** Lets one change pass its check until the approval expires. Rows are only added: the latest counts. */
  approve(request: ApprovalRequest): Promise<Approval | RegistryRefusal>;
  /** Takes documents that must stay valid. Returns how many are new. */
  push(client: string, texts: readonly string[], by: string): Promise<number>;
  /** The documents that were pushed after this one, in order, at most fifty. */
  pushedAfter(after: PushedPosition): Promise<(PushedPosition & { text: string })[]>;
}

const LONGEST = 365; // days; what is approved for longer is no exception any more
const PUSHED_AT_ONCE = 50; // documents in one answer to a gateway, of up to 100 kB each
const LONGEST_REASON = 1000; // characters

export const openAgreements = (db: Database): Agreements => ({
  async approve({ change, reason, days, by }) {
    if (!Number.isInteger(days) || days < 1 || days > LONGEST)
      return refused('BAD_INPUT', `Approve a change for 1 to ${LONGEST} days.`);
    if (!reason.trim() || reason.length > LONGEST_REASON)
      return refused('BAD_INPUT', `Give a reason of 1 to ${LONGEST_REASON} characters.`);
    return db.write(async (em, clock) => {
      const approvedAt = await clock();
      const expiresAt = new Date(approvedAt.getTime() + days * DAY);
      const row = { id: typeidUnboxed('apv'), change, reason, approvedAt, approvedBy: by, expiresAt };
      await em.insert(ApprovalRow, row);
      return { id: row.id, change, reason, by, approvedAt, expiresAt };
    });
  },

  push: (client, texts, by) =>
    db.write(async (em, clock) => {
      // first, as it locks the head: documents of a later push have a later revision, whichever commits first
      await em.nativeUpdate(RegistryHeadRow, { id: 1 }, { revision: raw<number>('revision + 1') });
      const { revision } = await headIn(em);
      const pushedAt = await clock();
      const rows = new Map(texts.map((document) => [hash('sha256', document, 'hex'), document]));
      const known = await em.find(PushedDocumentRow, { id: { $in: [...rows.keys()] } }, { fields: ['id'] });
      for (const { id } of known) rows.delete(id);
      const added = [...rows].map(([id, document]) => ({ id, revision, document, client, pushedAt, pushedBy: by }));
      if (added.length) await em.upsertMany(PushedDocumentRow, added, { onConflictAction: 'ignore' });
      return added.length;
    }),

  async pushedAfter(after) {
    const rows = await db
      .read()
      .find(
        PushedDocumentRow,
        { $or: [{ revision: { $gt: after.revision } }, { revision: after.revision, id: { $gt: after.id } }] },
        { orderBy: { revision: 'asc', id: 'asc' }, limit: PUSHED_AT_ONCE },
      );
    return rows.map(({ id, revision, document }) => ({ id, revision, text: document }));
  },
});
