// The error codes that a subgraph declares by `extend schema @errorCodes(codes: [...])`, which clients may see.
import { type ConstValueNode, type DocumentNode, Kind } from 'graphql';
import { isKnownCode } from '../../errors.ts';
import type { Finding } from './finding.ts';
import { found, placeIn } from './found.ts';
import type { ParsedSdl } from './reading.ts';

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
