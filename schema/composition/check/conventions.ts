// The conventions of schema/README.md as rules: descriptions, amounts, lists and deprecations. They warn and refuse nothing.
import { type ConstDirectiveNode, type FieldDefinitionNode, Kind, type StringValueNode, type TypeNode } from 'graphql';
import { undatedIn } from '../deprecation.ts';
import { type Element, elementsIn } from './elements.ts';
import type { Finding } from './finding.ts';
import { found, placeIn } from './found.ts';
import type { ParsedSdl } from './reading.ts';

/** What the rules know of all subgraphs together. */
export interface GraphFacts {
  /** The coordinates that some subgraph describes: one description is enough. */
  described: ReadonlySet<string>;
  /** The types that have a key in some subgraph. */
  entities: ReadonlySet<string>;
}

export const factsOf = (parts: readonly Pick<ParsedSdl, 'document'>[]): GraphFacts => {
  const elements = parts.flatMap(({ document }) => elementsIn(document));
  return {
    described: new Set(
      elements
        .filter(({ node }) => isDescribed(node as { description?: StringValueNode }))
        .map(({ coordinate }) => coordinate),
    ),
    entities: new Set(elements.filter(({ node }) => directiveOf(node, 'key')).map(({ coordinate }) => coordinate)),
  };
};

/** What of the SDL is not as the conventions say. */
export const conventionFindings = (part: ParsedSdl, facts: GraphFacts): Finding[] => [
  ...elementsIn(part.document)
    .filter((element) => !directiveOf(element.node, 'inaccessible'))
    .flatMap((element) => [
      ...undescribed(part.name, element, facts),
      ...floatingAmount(part.name, element),
      ...(element.node.kind === Kind.FIELD_DEFINITION ? unsizedList(part.name, element, element.node, facts) : []),
    ]),
  ...undatedIn(part.document).map(({ node, message }) =>
    found(
      'WARNING',
      'DEPRECATION_UNDATED',
      placeIn(part.name, node),
      message,
      'Until it has a date, its removal counts as breaking.',
    ),
  ),
];

const isDescribed = (node: { description?: StringValueNode | undefined }): boolean =>
  (node.description?.value ?? '').trim() !== '';

const directiveOf = (node: Element['node'], name: string): ConstDirectiveNode | undefined =>
  node.directives?.find((each) => each.name.value === name);

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

function undescribed(subgraph: string, element: Element, { described }: GraphFacts): Finding[] {
  const { coordinate, node } = element;
  if (described.has(coordinate) || ROOTS.has(coordinate) || isOfOthers(element)) return [];
  const message = `${coordinate} has no description.`;
  const advice = 'Write above it what it is, for a stranger: descriptions are the documentation that clients read.';
  return [found('WARNING', 'DESCRIPTION_MISSING', placeIn(subgraph, node), message, advice)];
}

/** Whether another subgraph owns the element: a stub of an entity and the fields that are its key, or external ones. */
function isOfOthers({ type, node }: Element): boolean {
  const key = directiveOf(type, 'key');
  const isStub = type.kind === Kind.OBJECT_TYPE_EXTENSION || argumentOf(key, 'resolvable')?.kind === Kind.BOOLEAN;
  if (node === type) return isStub;
  if (directiveOf(node, 'external')) return true;
  const fields = argumentOf(key, 'fields');
  const names = fields?.kind === Kind.STRING ? fields.value.split(/\W+/) : [];
  return isStub && node.kind === Kind.FIELD_DEFINITION && names.includes(node.name.value);
}

const argumentOf = (directive: ConstDirectiveNode | undefined, name: string) =>
  directive?.arguments?.find((each) => each.name.value === name)?.value;

const AMOUNT = /(?:amount|price|fare|fee|cost|balance|total|tax|discount|refund|charge|paid)s?$/i;

function floatingAmount(subgraph: string, { coordinate, node }: Element): Finding[] {
  if (node.kind !== Kind.FIELD_DEFINITION && node.kind !== Kind.INPUT_VALUE_DEFINITION) return [];
  if (namedIn(node.type) !== 'Float' || !AMOUNT.test(node.name.value)) return [];
  const message = `${coordinate} is an amount of type Float, which rounds.`;
  const advice = 'Use Money { amount currency }, or Decimal beside a CurrencyCode. schema/shared.graphql has both.';
  return [found('WARNING', 'AMOUNT_AS_FLOAT', placeIn(subgraph, node), message, advice)];
}

const namedIn = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedIn(type.type));
const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.LIST_TYPE);

function unsizedList(
  subgraph: string,
  { coordinate, type }: Element,
  node: FieldDefinitionNode,
  { entities }: GraphFacts,
): Finding[] {
  const isPage = type.name.value.endsWith('Connection') && /^(edges|nodes)$/.test(node.name.value);
  if (!isList(node.type) || isPage) return [];
  const item = namedIn(node.type);
  const isPaged =
    node.arguments?.some(({ name }) => /^(first|last|after|before|limit|offset|page)$/.test(name.value)) ?? false;
  const isSized = directiveOf(node, 'listSize') !== undefined;
  if (isPaged || (entities.has(item) && !isSized)) {
    const message = `${coordinate} is a list of ${item}${isPaged ? ' in pages' : ', which can grow'}.`;
    const advice = `Return ${item}Connection, a Relay connection${isPaged ? '' : '; if the list stays short, say how short by @listSize(assumedSize: N)'}.`;
    return [found('WARNING', 'LIST_NOT_CONNECTION', placeIn(subgraph, node), message, advice)];
  }
  if (isSized) return [];
  const message = `${coordinate} is a list of unknown size.`;
  const advice = 'Add @listSize(assumedSize: N): the gateway limits the cost of operations by it.';
  return [found('WARNING', 'LIST_SIZE_MISSING', placeIn(subgraph, node), message, advice)];
}
