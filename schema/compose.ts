// Composes subgraphs/*/schema.graphql into supergraph.graphql and generates each room's resolver types, or says readably why not.
// `npm run compose` writes; with --check it only compares, names what is stale and exits 1.
import { composeServices } from '@apollo/composition';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { type DocumentNode, Kind, parse } from 'graphql';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

interface Subgraph {
  name: string;
  sdl: string;
}

/** Every room's name and SDL, in alphabetical order. */
export function subgraphs(): Subgraph[] {
  const dir = join(root, 'subgraphs');
  return readdirSync(dir)
    .filter((name) => existsSync(join(dir, name, 'schema.graphql')))
    .sort()
    .map((name) => ({ name, sdl: readFileSync(join(dir, name, 'schema.graphql'), 'utf8') }));
}

/**
 * The supergraph of these subgraphs. Throws an Error that lists every composition fault, a line each, with the
 * subgraphs it is about.
 */
export function compose(parts: Subgraph[]): string {
  const { supergraphSdl, errors } = composeServices(
    // the gateway finds a subgraph by its name (gateway/upstream.ts); the address is only a label
    parts.map(({ name, sdl }) => ({ name, url: `subgraph://${name}`, typeDefs: parse(sdl) })),
  );
  if (errors) throw new Error(`The subgraphs do not compose:\n${errors.map((e) => `- ${e.message}`).join('\n')}`);
  return supergraphSdl.trimEnd() + '\n';
}

/**
 * The resolver types of one room. What a resolver is given for a type is the room's own `<Type>Source`
 * where its resolvers.ts exports one, else the type as the SDL has it.
 */
export async function resolverTypes({ name, sdl }: Subgraph): Promise<string> {
  const door = readFileSync(join(root, 'subgraphs', name, 'resolvers.ts'), 'utf8');
  const sources = [...door.matchAll(/^export (?:interface|type) (\w+)Source\b/gm)].map(([, type]) => type!);
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
      contextType: './resolvers.ts#Context',
      mappers: Object.fromEntries(sources.map((type) => [type, `./resolvers.ts#${type}Source`])),
      scalars: { Date: 'string', DateTime: 'string', Decimal: 'string', CurrencyCode: 'string', AirportCode: 'string' },
    },
  });
  return `// Generated from schema.graphql by npm run compose; not edited by hand.\n${code}`;
}

/** The code generator knows federation's directives by itself and not `extend schema @link`. */
function withoutExtension(document: DocumentNode): DocumentNode {
  return { ...document, definitions: document.definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION) };
}

/** Every generated file with the content it should have. */
export async function generated(): Promise<{ file: string; content: string }[]> {
  const parts = subgraphs();
  return [
    { file: 'schema/supergraph.graphql', content: compose(parts) },
    ...(await Promise.all(
      parts.map(async (part) => ({
        file: `subgraphs/${part.name}/schema.generated.ts`,
        content: await resolverTypes(part),
      })),
    )),
  ];
}

/** The generated files whose content is not what the subgraphs now say. */
export async function stale(): Promise<{ file: string; content: string }[]> {
  return (await generated()).filter(
    ({ file, content }) => !existsSync(join(root, file)) || readFileSync(join(root, file), 'utf8') !== content,
  );
}

if (import.meta.main) {
  try {
    const files = await stale();
    if (process.argv.includes('--check')) {
      for (const { file } of files) process.stderr.write(`${file} is stale: run npm run compose and commit it.\n`);
      if (files.length) process.exitCode = 1;
    } else {
      for (const { file, content } of files) writeFileSync(join(root, file), content);
      process.stdout.write(files.length ? `Wrote ${files.map((f) => f.file).join(', ')}.\n` : 'Nothing to write.\n');
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
