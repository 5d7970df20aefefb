// Findings about clients: what changes for them, and which of their operations that affects.
import { buildSchema, type GraphQLSchema } from 'graphql';
import { type AccessChange, judgeAccess } from './access-rules.ts';
import { changesForClients, type ClientChange } from './difference.ts';
import { affectedBy, invalidAfter, type Use, usesOn } from './effect.ts';
import type { Finding, Proposal } from './finding.ts';
import type { SdlPlace } from './found.ts';
import type { Takeover } from './graph-rules.ts';
import { findingOf, type Judged } from './verdict.ts';

/** What changes for clients though their schema is the same. */
export interface HiddenChanges {
  /** The types that node(id) does not find any longer. */
  lost: readonly string[];
  takeovers: readonly Takeover[];
  access: readonly AccessChange[];
}

/** All changes for clients. `blame` finds the place of what causes one. */
export function clientFindings(
  proposal: Proposal & { clients: string },
  apiSdl: string,
  { lost, takeovers, access }: HiddenChanges,
  blame: (coordinate: string) => SdlPlace,
): Finding[] {
  const isHidden = lost.length + takeovers.length + access.length > 0;
  if (proposal.clients === apiSdl && !isHidden) return [];
  const [before, after] = [schemaOf(proposal.clients), schemaOf(apiSdl)];
  const changes = changesForClients(before, after, proposal.release);
  const isHarmless = changes.every(({ severity, isDue }) => severity === 'SAFE' && !isDue);
  const uses = isHarmless && !isHidden ? [] : usesOn(before, proposal.operations);
  const judged = changes.map((each) => judge(each, uses, before));
  const isExplained = ({ severity, isDue }: Judged & ClientChange) => severity === 'BREAKING' || isDue;
  const explained = new Set(judged.filter(isExplained).flatMap(({ affected }) => affected));
  const invalid = invalidAfter(
    uses.filter((use) => !explained.has(use)),
    before,
    after,
  );
  const all = [
    ...judged,
    ...lost.map((type) => lostByNode(type, uses)),
    ...access.map((each) => judgeAccess(each, uses)),
    ...invalid.map(invalidated),
  ];
  return [
    ...all.map((each) => findingOf(proposal, each, blame(each.coordinate))),
    ...takeovers.map((each) => findingOf(proposal, takenOver(each, uses), each.place)),
  ];
}

const schemaOf = (sdl: string): GraphQLSchema => buildSchema(sdl, { assumeValid: true });

function judge(change: ClientChange, uses: readonly Use[], before: GraphQLSchema): Judged & ClientChange {
  const isAffected = affectedBy(change, before);
  const affected = change.severity === 'SAFE' && !change.isDue ? [] : uses.filter(isAffected);
  return { ...change, affected, isSafeUnused: true };
}

function lostByNode(type: string, uses: readonly Use[]): Judged {
  const affected = uses.filter((use) => use.uses.has('Query.node') || use.uses.has('Query.nodes'));
  const message = `node(id) finds no ${type} any longer: no subgraph has the type with @key(fields: "id").`;
  return {
    code: 'NODE_LOST',
    coordinate: type,
    severity: 'BREAKING',
    message,
    content: type,
    affected,
    isSafeUnused: true,
  };
}

/** The field stays the same for clients, and its answers come from elsewhere, whether or not an operation uses it. */
function takenOver({ coordinate, from, place }: Takeover, uses: readonly Use[]): Judged {
  const message = `${coordinate} would be answered by ${place.subgraph} in place of ${from}, whose team owns it.`;
  const affected = uses.filter((use) => use.uses.has(coordinate));
  const content = [from, place.subgraph];
  return {
    code: 'FIELD_TAKEN_OVER',
    coordinate,
    severity: 'BREAKING',
    message,
    content,
    affected,
    isSafeUnused: false,
  };
}

/** An operation that becomes invalid, though no single change that breaks affects it. */
const invalidated = ({ use, reason }: { use: Use; reason: string }): Judged => ({
  ...{ code: 'OPERATION_INVALID', coordinate: use.operation.id, severity: 'BREAKING', content: reason },
  message: `The operation ${use.operation.name || use.operation.id} is no longer valid: ${reason}`,
  affected: [use],
  isSafeUnused: true,
});
