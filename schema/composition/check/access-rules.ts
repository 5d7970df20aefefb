// What fields may show to whom, as a check sees it.
import { parse } from 'graphql';
import { accessIn, type AccessFault, type CompiledAccess } from '../access.ts';
import { withNodePart } from '../composition.ts';
import type { Finding } from './finding.ts';
import { found } from './found.ts';
import type { ParsedSdl } from './reading.ts';

/** What every field of these subgraphs and of the gateway's own part requires. */
export const accessTo = (parts: readonly ParsedSdl[]): CompiledAccess =>
  accessIn([...parts, ...withNodePart([]).map(({ name, sdl }) => ({ name, document: parse(sdl) }))]);

/**
 * The faults in the changed subgraphs, and those that the change causes in others. A field without access is refused:
 * no default is right for all fields.
 */
export function accessFindings(before: CompiledAccess, after: CompiledAccess, changed: ReadonlySet<string>): Finding[] {
  const keyOf = ({ subgraph, coordinate, message }: AccessFault) => JSON.stringify([subgraph, coordinate, message]);
  const known = new Set(before.faults.map(keyOf));
  const advice =
    "An @access on a type counts for its fields. schema/shared.graphql has the directive's definition to copy.";
  return after.faults
    .filter((fault) => changed.has(fault.subgraph) || !known.has(keyOf(fault)))
    .map((fault) => found('ERROR', 'ACCESS', fault, `${fault.coordinate}: ${fault.message}`, advice));
}
