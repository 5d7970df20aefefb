// Whether a change for clients may pass: by the operations that it affects, and by approvals.
import { hash } from 'node:crypto';
import { listed, type Use } from './effect.ts';
import type { Finding, Proposal, Severity } from './finding.ts';
import type { SdlPlace } from './found.ts';

/** A change for clients, with the operations that it affects. */
export interface Judged {
  code: string;
  coordinate: string;
  severity: Severity;
  message: string;
  /** All that makes this change the one it is, for its name. */
  content: unknown;
  affected: readonly Use[];
  /** Whether it may pass in any case if no operation is affected. */
  isSafeUnused: boolean;
}

/** The finding on this change: harmless, to be approved, or approved. */
export function findingOf(proposal: Proposal, judged: Judged, place: SdlPlace): Finding {
  const { code, coordinate, message, affected } = judged;
  const change = changeName(code, coordinate, judged.content);
  const isUnused =
    judged.isSafeUnused && judged.severity === 'BREAKING' && proposal.countedSince !== null && affected.length === 0;
  const severity = isUnused ? 'SAFE' : judged.severity;
  const since = proposal.countedSince?.toISOString().slice(0, 10) ?? '';
  return {
    ...{ code, severity, ...place },
    message: isUnused ? `${message} No operation that was pushed, or sent since ${since}, uses it.` : message,
    advice: adviceOn({ ...judged, severity }, change, proposal),
    change,
    isApproved: severity === 'BREAKING' && isApprovedIn(proposal, change),
    operations: listed(affected),
  };
}

function adviceOn({ code, severity, affected }: Judged, change: string, { countedSince }: Proposal): string {
  const users = affected.length ? `${affected.length} known ${affected.length === 1 ? 'operation' : 'operations'}` : '';
  if (severity === 'SAFE') return users ? `Nothing; ${users} had time to change.` : 'Nothing.';
  if (severity === 'DANGEROUS')
    return `Nothing breaks. Tell ${users ? `the clients of ${users}` : 'clients'} that they may meet it.`;
  const why = users || (countedSince === null ? 'usage is not counted yet, so any client' : 'a client');
  return `${insteadOf(code)}: ${why} may depend on it. If they do not mind: approve ${change}.`;
}

const insteadOf = (code: string): string =>
  code === 'FIELD_TAKEN_OVER'
    ? 'Agree with the team of the field, or publish with them'
    : code.endsWith('_REMOVED')
      ? 'Keep it, deprecate it with a reason and a date, and remove it when that has passed'
      : 'Keep what there is and add the new form beside it under another name';

/** Names the change: the same code, coordinate and content have the same name, and nothing else has. */
const changeName = (code: string, coordinate: string, content: unknown): string =>
  hash('sha256', JSON.stringify([code, coordinate, content])).slice(0, 32); // 128 bits of it, as a team types or pastes it

/** Whether the change has an approval that has not expired. */
const isApprovedIn = ({ approvals, now }: Pick<Proposal, 'approvals' | 'now'>, change: string): boolean =>
  approvals.some((each) => each.change === change && each.expiresAt > now);
