// What changed from one version of a schema to another, for people.
import { buildSubgraphSchema } from '@apollo/subgraph';
import { diffSchema } from '@graphql-inspector/core/diff/schema';
import { buildSchema, type GraphQLSchema, parse } from 'graphql';
import { asSentence } from './reading.ts';

/** The schema of clients, or of one subgraph with its federation directives. */
export type SchemaKind = 'client' | 'subgraph';

/** The changes, a sentence each, with the breaking ones first. Throws if a text is no such schema. */
export function differenceBetween(kind: SchemaKind, before: string, after: string): string[] {
  const changes = diffSchema(schemaOf(kind, before), schemaOf(kind, after));
  const order = ['BREAKING', 'DANGEROUS', 'NON_BREAKING'];
  const gravity = ({ criticality: { level } }: (typeof changes)[number]) => order.indexOf(level);
  return changes
    .sort((a, b) => gravity(a) - gravity(b))
    .map(({ criticality: { level }, message }) => `${level}: ${asSentence(message.trim())}`);
}

const schemaOf = (kind: SchemaKind, sdl: string): GraphQLSchema =>
  kind === 'client' ? buildSchema(sdl, { assumeValidSDL: true }) : buildSubgraphSchema(parse(sdl));
