// Rules about several subgraphs together: what one failure takes along, and what node(id) finds.
import { Kind } from 'graphql';
import { nodeGaps } from '../nodes.ts';
import { type NullabilityFault, nullabilityOf, type SubgraphSdl } from '../nullability.ts';
import { elementsIn } from './elements.ts';
import type { Finding } from './finding.ts';
import { found, placeIn, type SdlPlace } from './found.ts';
import type { ParsedSdl } from './reading.ts';

/**
 * What of this subgraph could take data along. An ERROR where it is the data of other subgraphs; its own data is the
 * team's to risk. Faults of the other subgraphs are theirs to find.
 */
export function nullabilityFindings(part: ParsedSdl, all: readonly SubgraphSdl[]): Finding[] {
  const nodes = new Map(elementsIn(part.document).map(({ coordinate, node }) => [coordinate, node]));
  return nullabilityOf(all)
    .filter(({ subgraph, field }) => subgraph === part.name && field !== '_entities' && field !== '_service')
    .map((fault) => {
      const coordinate = fault.field === null ? fault.type : `${fault.type}.${fault.field}`;
      const place = placeIn(part.name, nodes.get(coordinate));
      const [severity, code] = gravityOf(fault);
      const { advice, message } = split(coordinate, fault);
      return found(severity, code, place, message, advice);
    });
}

const gravityOf = ({ field, endangersOthers }: NullabilityFault): ['ERROR' | 'WARNING', string] => {
  if (field === null) return ['WARNING', 'SEVERAL_OWNERS']; // composition allows it; only ownership is unclear
  return endangersOthers ? ['ERROR', 'NON_NULL_ENDANGERS_OTHERS'] : ['WARNING', 'NON_NULL_DEPENDS_ON_OTHERS'];
};

/** The lint's sentence says first what to do and then why. */
function split(coordinate: string, { field, message }: NullabilityFault): { message: string; advice: string } {
  const [first = '', ...rest] = message.split(/(?<=\.) /);
  const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const [why, advice] = field === null ? [first, rest.join(' ')] : [rest.join(' '), first];
  return { message: `${coordinate}: ${why}`, advice: upper(advice) };
}

/** Types of this subgraph that node(id) does not find: an information, because only the gateway's team can change it. */
export function nodeFindings(part: ParsedSdl): Finding[] {
  const unlisted = new Set(nodeGaps([part]).unlisted);
  return elementsIn(part.document)
    .filter(({ coordinate, type, node }) => node === type && unlisted.has(coordinate))
    .map(({ coordinate, node }) => {
      const message = `node(id) does not find objects of ${coordinate}: no prefix of ids names the type.`;
      const advice = 'Nothing, unless clients need it: then ask for a prefix in schema/composition/nodes.ts.';
      return found('SAFE', 'NODE_PREFIX_MISSING', placeIn(part.name, node), message, advice);
    });
}

/** The types that node(id) found on the subgraphs before and does not find after them. */
export function typesLostByNode(before: readonly SubgraphSdl[], after: readonly SubgraphSdl[]): string[] {
  const lostBefore = new Set(nodeGaps(before).lost);
  return nodeGaps(after).lost.filter((type) => !lostBefore.has(type));
}

/** A field that a subgraph answers in place of another one, by @override. */
export interface Takeover {
  coordinate: string;
  from: string;
  place: SdlPlace;
}

/** The fields that changed subgraphs newly take from subgraphs that are not part of the same change. */
export function takeoversIn(before: readonly ParsedSdl[], after: readonly ParsedSdl[]): Takeover[] {
  const keyOf = ({ coordinate, from, place }: Takeover) => JSON.stringify([coordinate, from, place.subgraph]);
  const known = new Set(before.flatMap(overridesIn).map(keyOf));
  const changed = new Set([...before, ...after].map(({ name }) => name));
  return after.flatMap(overridesIn).filter((each) => !known.has(keyOf(each)) && !changed.has(each.from));
}

const overridesIn = ({ name, document }: ParsedSdl): Takeover[] =>
  elementsIn(document).flatMap(({ coordinate, node }) => {
    const override = node.directives?.find((each) => each.name.value === 'override');
    const from = override?.arguments?.find((each) => each.name.value === 'from')?.value;
    return from?.kind === Kind.STRING ? [{ coordinate, from: from.value, place: placeIn(name, node) }] : [];
  });
