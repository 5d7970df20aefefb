// Completes the SDL of a subgraph with the definitions of shared.graphql that it uses.
import {
  type ASTNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The name of `extend schema @link`, which every subgraph needs; no type can have it. */
const LINK = '@link';

const file = join(import.meta.dirname, '../shared.graphql');
const shared = new Map(parse(readFileSync(file, 'utf8')).definitions.map((each) => [nameOf(each), each]));

/**
 * The SDL followed by the shared definitions that it uses, directly or through others. What it defines itself is not
 * added, so a complete SDL stays as it is. One with a syntax error does, too: its reader reports the line.
 */
export function complete(sdl: string): string {
  const definitions = definitionsIn(sdl);
  if (!definitions) return sdl;
  const defined = new Set(definitions.map(nameOf));
  const added: DefinitionNode[] = [];
  const used = [LINK, ...definitions.flatMap(namesIn)];
  for (const name of used) {
    const definition = shared.get(name);
    if (!definition || defined.has(name)) continue;
    defined.add(name);
    added.push(definition);
    used.push(...namesIn(definition)); // the loop continues with these
  }
  return [sdl, ...added.map(print)].join('\n\n');
}

function definitionsIn(sdl: string): readonly DefinitionNode[] | null {
  try {
    return parse(sdl).definitions;
  } catch {
    return null;
  }
}

/** The types and directives that a definition uses. */
function namesIn(definition: ASTNode): string[] {
  const names: string[] = [];
  visit(definition, {
    NamedType: ({ name }) => void names.push(name.value),
    Directive: ({ name }) => void names.push(`@${name.value}`),
  });
  return names;
}

function nameOf(definition: DefinitionNode): string {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) return `@${definition.name.value}`;
  if (definition.kind === Kind.SCHEMA_EXTENSION && !definition.directives?.some(isLink)) return '';
  return isTypeDefinitionNode(definition) || isTypeExtensionNode(definition) ? definition.name.value : LINK;
}

function isLink({ name }: ConstDirectiveNode): boolean {
  return name.value === 'link';
}
