// Names: of a subgraph, of the types in its SDL, and of the error codes that it declares by @errorCodes, which clients may
// see.
import { type ConstValueNode, type DocumentNode, Kind, type OperationTypeDefinitionNode } from 'graphql';
import { isKnownCode } from '../../errors.ts';
import { NODE_PART } from '../nodes.ts';
import { elementsIn } from './elements.ts';
import type { Finding } from './finding.ts';
import { found, placeIn } from './found.ts';
import type { ParsedSdl } from './reading.ts';

const SUBGRAPH = /^(?=.{2,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Why a subgraph cannot have this name. */
export function subgraphNameFindings(name: string): Finding[] {
  const place = { subgraph: name, line: null, column: null };
  if (name === NODE_PART) {
    const message = `${NODE_PART} is the gateway's own part of the graph.`;
    return [found('ERROR', 'SUBGRAPH_NAME', place, message, 'Choose another name.')];
  }
  if (SUBGRAPH.test(name)) return [];
  const message = `${JSON.stringify(name.slice(0, 50))} is no name of a subgraph.`;
  const advice =
    'Choose 2 to 40 lower-case letters, digits and single hyphens, beginning with a letter, as loyalty-points.';
  return [found('ERROR', 'SUBGRAPH_NAME', place, message, advice)];
}

const RESERVED = /^(Node$|_|join__|link__|core__|federation__)/;

const ROOTS = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

/** Types with a reserved name, and root types with a name of their own. */
export const typeNameFindings = ({ name, document }: ParsedSdl): Finding[] => [
  ...elementsIn(document)
    .filter(({ coordinate, type, node }) => node === type && RESERVED.test(coordinate))
    .map(({ coordinate, node }) =>
      found(
        'ERROR',
        'RESERVED_NAME',
        placeIn(name, node),
        `The name ${coordinate} is reserved.`,
        adviceFor(coordinate),
      ),
    ),
  ...document.definitions
    .flatMap((node) =>
      node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.operationTypes ?? []) : [],
    )
    .filter(({ operation, type }) => type.name.value !== ROOTS[operation])
    .map((node) => renamedRoot(name, node)),
];

const adviceFor = (type: string): string =>
  type === 'Node'
    ? 'The gateway defines Node and answers node(id). Leave it out of the SDL; entities need only their @key.'
    : 'Rename it. Names that begin with _, join__, link__, core__ or federation__ belong to federation.';

const renamedRoot = (subgraph: string, { operation, type }: OperationTypeDefinitionNode): Finding =>
  found(
    'ERROR',
    'ROOT_NAME',
    placeIn(subgraph, type),
    `The ${operation} type is called ${type.name.value}.`,
    `Call it ${ROOTS[operation]}: the clients' schema has that name, and the rules look for it.`,
  );

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const LONGEST = 40; // characters; clients branch on codes and print them

function codeNodes({ definitions }: DocumentNode): readonly ConstValueNode[] {
  const directives = definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? (node.directives ?? []) : [],
  );
  return directives
    .filter(({ name }) => name.value === 'errorCodes')
    .flatMap(({ arguments: given = [] }) => given)
    .flatMap(({ value }) => (value.kind === Kind.LIST ? value.values : [value]));
}

const textOf = (node: ConstValueNode): string => (node.kind === Kind.STRING ? node.value : '');

/** The codes, sorted, each once. */
export const errorCodesIn = ({ document }: ParsedSdl): string[] => [...new Set(codeNodes(document).map(textOf))].sort();

/** The codes that are malformed, or that the gateway or every subgraph has already. */
export const errorCodeFindings = ({ name, document }: ParsedSdl): Finding[] =>
  codeNodes(document).flatMap((node) => {
    const code = textOf(node);
    if (CODE.test(code) && code.length <= LONGEST && !isKnownCode(code, false)) return [];
    const message = isKnownCode(code, false)
      ? `The error code ${code} has a meaning already.`
      : `${JSON.stringify(code.slice(0, 50))} is no error code.`;
    const advice = `Choose a code of its own in SCREAMING_SNAKE_CASE, at most ${LONGEST} characters. The codes of schema/errors.ts pass without @errorCodes.`;
    return [found('ERROR', 'ERROR_CODE', placeIn(name, node), message, advice)];
  });
