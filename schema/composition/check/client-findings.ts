// Findings about clients: what changes for them, which of their operations that affects, and whether it may pass.
import { buildSchema, type GraphQLSchema } from 'graphql';
import { hash } from 'node:crypto';
import { changesForClients, type ClientChange } from './difference.ts';
import { affectedBy, invalidAfter, listed, type Use, usesOn } from './effect.ts';
import type { Finding, Proposal, Severity } from './finding.ts';
import type { SdlPlace } from './found.ts';

/** A change to judge, and the operations that it affects. */
interface Judged {
  code: string;
  coordinate: string;
  severity: Severity;
  message: string;
  content: unknown;
  affected: readonly Use[];
}

/** All changes of the clients' schema; `lost` are the types that node(id) does not find any longer. */
export function clientFindings(
  proposal: Proposal & { clients: string },
  apiSdl: string,
  lost: readonly string[],
  blame: (coordinate: string) => SdlPlace,
): Finding[] {
  const [before, after] = [schemaOf(proposal.clients), schemaOf(apiSdl)];
  const changes = proposal.clients === apiSdl ? [] : changesForClients(before, after, proposal.release);
  const isHarmless = changes.every(({ severity, isDue }) => severity === 'SAFE' && !isDue);
  if (isHarmless && !lost.length) return changes.map((each) => findingOf(proposal, { ...each, affected: [] }, blame));
  const uses = usesOn(before, proposal.operations);
  const judged = changes.map((each) => judge(each, uses, before));
  return [...judged, ...lost.map((type) => lostByNode(type, uses)), ...unexplained(judged, uses, before, after)].map(
    (each) => findingOf(proposal, each, blame),
  );
}

const schemaOf = (sdl: string): GraphQLSchema => buildSchema(sdl, { assumeValid: true });

function judge(change: ClientChange, uses: readonly Use[], before: GraphQLSchema): Judged {
  const isAffected = affectedBy(change, before);
  return { ...change, affected: change.severity === 'SAFE' && !change.isDue ? [] : uses.filter(isAffected) };
}

function lostByNode(type: string, uses: readonly Use[]): Judged {
  const affected = uses.filter((use) => use.uses.has('Query.node') || use.uses.has('Query.nodes'));
  const message = `node(id) finds no ${type} any longer: no subgraph has the type with @key(fields: "id").`;
  return { code: 'NODE_LOST', coordinate: type, severity: 'BREAKING', message, content: type, affected };
}

/** Operations that become invalid by the changes together, though no single change of those that break affects them. */
const unexplained = (
  judged: readonly Judged[],
  uses: readonly Use[],
  before: GraphQLSchema,
  after: GraphQLSchema,
): Judged[] => {
  const explained = new Set(
    judged.filter(({ severity }) => severity === 'BREAKING').flatMap(({ affected }) => affected),
  );
  return invalidAfter(
    uses.filter((use) => !explained.has(use)),
    before,
    after,
  ).map(({ use, reason }) => ({
    ...{ code: 'OPERATION_INVALID', coordinate: use.operation.id, severity: 'BREAKING' as const, content: reason },
    message: `The operation ${use.operation.name || use.operation.id} is no longer valid: ${reason}`,
    affected: [use],
  }));
};

function findingOf(proposal: Proposal, judged: Judged, blame: (coordinate: string) => SdlPlace): Finding {
  const { code, coordinate, message, affected } = judged;
  const change = changeName(code, coordinate, judged.content);
  const isUnused = judged.severity === 'BREAKING' && proposal.countedSince !== null && affected.length === 0;
  const severity = isUnused ? 'SAFE' : judged.severity;
  const since = proposal.countedSince?.toISOString().slice(0, 10) ?? '';
  return {
    ...{ code, severity, ...blame(coordinate) },
    message: isUnused ? `${message} No operation that was pushed, or sent since ${since}, uses it.` : message,
    advice: adviceOn({ ...judged, severity }, change, proposal),
    change,
    isApproved: severity === 'BREAKING' && isApprovedIn(proposal, change),
    operations: listed(affected),
  };
}

function adviceOn({ code, severity, affected }: Judged, change: string, { countedSince }: Proposal): string {
  if (severity === 'SAFE') return 'Nothing.';
  const users = affected.length ? `${affected.length} known ${affected.length === 1 ? 'operation' : 'operations'}` : '';
  if (severity === 'DANGEROUS')
    return `Nothing breaks. Tell ${users ? `the clients of ${users}` : 'clients'} that they may meet it.`;
  const why = users || (countedSince === null ? 'usage is not counted yet, so any client' : 'a client');
  const first = code.endsWith('_REMOVED')
    ? 'Keep it, deprecate it with a reason and a date, and remove it when that has passed'
    : 'Keep what there is and add the new form beside it under another name';
  return `${first}: ${why} may depend on it. If they do not mind: approve ${change}.`;
}

/** Names the change: the same code, coordinate and content have the same name, and nothing else has. */
const changeName = (code: string, coordinate: string, content: unknown): string =>
  hash('sha256', JSON.stringify([code, coordinate, content])).slice(0, 32); // 128 bits of it, as a team types or pastes it

/** Whether the change has an approval that has not expired. */
const isApprovedIn = ({ approvals, now }: Pick<Proposal, 'approvals' | 'now'>, change: string): boolean =>
  approvals.some((each) => each.change === change && each.expiresAt > now);
