// Reads an SDL: its size, its syntax, what it may contain, and that it is one of Federation 2.
import { type DocumentNode, GraphQLError, isTypeSystemDefinitionNode, isTypeSystemExtensionNode, parse } from 'graphql';
import type { SubgraphSdl } from '../nullability.ts';
import { elementsIn, withoutMachinery } from './elements.ts';
import { federationFindings } from './federation.ts';
import type { Finding } from './finding.ts';
import { found, placeIn } from './found.ts';

/** A subgraph's SDL, parsed. */
export interface ParsedSdl extends SubgraphSdl {
  /** Without what libraries of federation add to an SDL. */
  document: DocumentNode;
}

const LARGEST_SDL = 1_000_000; // bytes; the whole graph of today has 80,000
const MOST_ELEMENTS = 10_000; // types, fields, arguments and values; composition takes quadratic time on those of one type
const DEEPEST = 50; // nested lists or values; more would overflow the stack of what walks through them

/** The parsed SDL, or why it cannot be read. The caller has checked that it is UTF-8. */
export function parseSubgraph({ name, sdl }: SubgraphSdl): { part: ParsedSdl | null; findings: Finding[] } {
  const fault = sizeFault(name, sdl) ?? depthFault(name, sdl);
  if (fault) return { part: null, findings: [fault] };
  try {
    const document = withoutMachinery(parse(sdl));
    const elements = elementsIn(document).length;
    if (elements > MOST_ELEMENTS)
      return { part: null, findings: [tooLarge(name, elements, 'elements', MOST_ELEMENTS)] };
    const findings = [...definitionFindings(name, document), ...federationFindings({ name, document })];
    return { part: { name, sdl, document }, findings };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [{ line, column } = { line: null, column: null }] = error.locations ?? [];
    const place = { subgraph: name, line, column };
    return { part: null, findings: [found('ERROR', 'SYNTAX', place, asSentence(error.message), 'Correct the SDL.')] };
  }
}

function sizeFault(subgraph: string, sdl: string): Finding | undefined {
  const size = Buffer.byteLength(sdl);
  return size > LARGEST_SDL ? tooLarge(subgraph, size, 'bytes', LARGEST_SDL) : undefined;
}

function tooLarge(subgraph: string, count: number, unit: string, most: number): Finding {
  const message = `The SDL has ${count.toLocaleString('en')} ${unit}; at most ${most.toLocaleString('en')} are allowed.`;
  return found('ERROR', 'SDL_TOO_LARGE', { subgraph, line: null, column: null }, message, 'Split the subgraph.');
}

/** Counts brackets without regard to texts, as a guard of the parser's stack. */
function depthFault(subgraph: string, sdl: string): Finding | undefined {
  let depth = 0;
  for (const [bracket] of sdl.replace(/"""[^]*?"""|"(?:[^"\\\n]|\\.)*"|#.*/g, '').matchAll(/[[\](){}]/g)) {
    depth += '[({'.includes(bracket) ? 1 : -1;
    if (depth <= DEEPEST) continue;
    const message = `The SDL nests brackets deeper than ${DEEPEST} levels.`;
    return found('ERROR', 'SYNTAX', { subgraph, line: null, column: null }, message, 'Correct the SDL.');
  }
  return undefined;
}

const definitionFindings = (subgraph: string, { definitions }: DocumentNode): Finding[] =>
  definitions
    .filter((node) => !isTypeSystemDefinitionNode(node) && !isTypeSystemExtensionNode(node))
    .map((node) =>
      found(
        'ERROR',
        'NOT_A_SCHEMA',
        placeIn(subgraph, node),
        'An operation or a fragment is no part of a schema.',
        'Remove it: an SDL has only definitions of types and directives. Documents of clients are pushed by "operations push".',
      ),
    );

/** Ends the text with a full stop. */
export const asSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
