// Composes subgraphs/*/schema.graphql into supergraph.graphql, generates each subgraph's resolver types, and reports
// faults.
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { type DocumentNode, GraphQLError, Kind, parse } from 'graphql';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessOf } from './access.ts';
import { API_FILE, root, subgraphSdls } from './checkout.ts';
import { clientSchema, composed, withNodePart } from './composition.ts';
import { deprecationFaults } from './deprecation.ts';
import { nodeFaults } from './nodes.ts';
import { nullabilityFaults, type SubgraphSdl } from './nullability.ts';

/**
 * The supergraph of these subgraphs. Throws an Error that lists every composition fault, a line each, with its
 * subgraphs.
 */
export function compose(parts: readonly SubgraphSdl[]): string {
  const { supergraphSdl, faults } = composed(parts);
  if (supergraphSdl === null)
    throw new Error(`The subgraphs do not compose:\n${faults.map(({ message }) => `- ${message}`).join('\n')}`);
  return supergraphSdl;
}

/**
 * The resolver types of one subgraph. A resolver's parent has the type `<Type>Source` if the subgraph's
 * graph/sources.ts exports it, otherwise the type of the SDL.
 */
export async function resolverTypes({ name, sdl }: SubgraphSdl): Promise<string> {
  const file = readFileSync(join(root, 'subgraphs', name, 'graph/sources.ts'), 'utf8');
  const sources = [...file.matchAll(/^export (?:interface|type) (\w+)Source\b/gm)].map(([, type = '']) => type);
  const code = await codegen({
    filename: 'schema.generated.ts',
    schema: withoutExtension(parse(sdl)),
    documents: [],
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
    config: {
      enumsAsTypes: true,
      useTypeImports: true,
      skipTypename: true,
      federation: true,
      contextType: './context.ts#Context',
      mappers: Object.fromEntries(sources.map((type) => [type, `./sources.ts#${type}Source`])),
      scalars: { Date: 'string', DateTime: 'string', Decimal: 'string', CurrencyCode: 'string', AirportCode: 'string' },
    },
  });
  // an argument that is null is not replaced by its default
  const honest = code.replace('-?: NonNullable<T[P]>', '-?: Exclude<T[P], undefined>');
  return `// Generated from schema.graphql by npm run compose; not edited by hand.\n${honest}`;
}

/**
 * Removes `extend schema @link`, which the code generator does not support; it already knows federation's directives.
 */
function withoutExtension(document: DocumentNode): DocumentNode {
  return { ...document, definitions: document.definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION) };
}

/** Syntax errors, with file, line and column. */
function syntaxFaults(parts: readonly SubgraphSdl[]): string[] {
  return parts.flatMap(({ name, sdl }) => {
    try {
      parse(sdl);
      return [];
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const { line, column } = error.locations![0]!;
      return [`subgraphs/${name}/schema.graphql:${line}:${column}: ${error.message}`];
    }
  });
}

/** Missing and faulty @access, with file, line and column. */
const accessFaults = (parts: readonly SubgraphSdl[]): string[] =>
  accessOf(withNodePart(parts)).faults.map(
    ({ subgraph, coordinate, line, column, message }) =>
      `subgraphs/${subgraph}/schema.graphql:${line}:${column}: ${coordinate}: ${message}`,
  );

/** The requirement of every field, as a module. */
function permissionsFile(parts: readonly SubgraphSdl[]): string {
  const lines = Object.entries(accessOf(withNodePart(parts)).permissions).map(([field, need]) => {
    const list = (names: readonly string[]) => `[${names.map((name) => `'${name}'`).join(', ')}]`;
    const text =
      typeof need === 'string' ? `'${need}'` : `{ roles: ${list(need.roles)}, scopes: ${list(need.scopes)} }`;
    return `  '${field}': ${text},\n`;
  });
  return `// What each field of the committed supergraph requires of its caller. Generated from @access in the schemas of the
// subgraphs by npm run compose; not edited by hand.
import type { Permissions } from './wire/need.ts';

export const permissions: Permissions = {
${lines.join('')}};
`;
}

const LINTS: readonly [heading: string, faultsOf: (parts: readonly SubgraphSdl[]) => string[]][] = [
  ['A schema cannot be read', syntaxFaults], // the other checks parse the schemas
  ['One failure would take too much along', nullabilityFaults],
  ['Not every global id is known', nodeFaults],
  ['Clients need more notice', deprecationFaults],
  ['Not every field names its callers', accessFaults],
];

/**
 * Every generated file with its expected content. Throws an Error that lists all composition and lint faults.
 */
export async function generated(parts = subgraphSdls()): Promise<{ file: string; content: string }[]> {
  for (const [heading, faultsOf] of LINTS) {
    const faults = faultsOf(parts);
    if (faults.length) throw new Error(`${heading}:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  }
  const supergraph = compose(parts);
  return [
    { file: 'schema/supergraph.graphql', content: supergraph },
    { file: API_FILE, content: clientSchema(supergraph) },
    { file: 'schema/permissions.ts', content: permissionsFile(parts) },
    ...(await Promise.all(
      parts.map(async (part) => ({
        file: `subgraphs/${part.name}/graph/schema.generated.ts`,
        content: await resolverTypes(part),
      })),
    )),
  ];
}

/** The generated files in this folder that do not match the current subgraphs. */
export async function stale(parts = subgraphSdls(), folder = root): Promise<{ file: string; content: string }[]> {
  return (await generated(parts)).filter(
    ({ file, content }) => !existsSync(join(folder, file)) || readFileSync(join(folder, file), 'utf8') !== content,
  );
}
