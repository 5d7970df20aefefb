// Reads and checks the manifest of documents that a front end's build generates.
import { type DefinitionNode, type GraphQLSchema, Kind, parse, specifiedRules, validate } from 'graphql';
import { z } from 'zod';
import { deferRules } from './defer.ts';
import { hashOf } from './document-folder.ts';
import { limitDocuments } from '../limits/enforcing.ts';
import { LIMITS } from '../limits/limits.ts';

/** A document as a manifest lists it. */
export interface Listed {
  /** The id in the manifest; it must be the SHA-256 of the text. */
  id: string;
  text: string;
}

/** Of GraphQL Code Generator's client preset: `{HASH: DOCUMENT}`. */
const clientPreset = z.record(z.string(), z.string());
/** Of Apollo's persisted query manifest. */
const apollo = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/** The documents in a manifest's text. Throws an Error with a sentence if it is not a manifest. */
export function listedIn(manifest: string): Listed[] {
  const content = parsed(manifest);
  const ofApollo = apollo.safeParse(content);
  if (ofApollo.success) return ofApollo.data.operations.map(({ id, body }) => ({ id, text: body }));
  const ofPreset = clientPreset.safeParse(content);
  if (ofPreset.success) return Object.entries(ofPreset.data).map(([id, text]) => ({ id, text }));
  throw new Error('This is no manifest: give {"HASH": "DOCUMENT", ...}, or what Apollo generates, as JSON.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The reasons why these documents cannot be trusted, a line each, with the document's name and id. */
export const faultsIn = (listed: readonly Listed[], schema: GraphQLSchema): string[] =>
  listed.flatMap(({ id, text }) => {
    const reasons = [...wrongId(id, text), ...invalid(text, schema)];
    return reasons.map((reason) => `${namesIn(text)} ${id}: ${reason}`);
  });

function wrongId(id: string, text: string): string[] {
  if (id.replace(/^sha256:/, '') === hashOf(text)) return [];
  return [
    "this is not the SHA-256 of its document; with the client preset set persistedDocuments.hashAlgorithm to 'sha256'",
  ];
}

const rules = [limitDocuments(LIMITS), ...specifiedRules, ...deferRules];

/** Why the gateway would refuse the document, regardless of its variables. */
export function invalid(text: string, schema: GraphQLSchema): string[] {
  const document = tryParse(text);
  if (document instanceof Error) return [document.message];
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (!operations.length) return ['it has no operation'];
  const kinds = operations.map(({ operation }) => operation).filter((kind) => !schema.getRootType(kind));
  return [
    ...kinds.map((kind) => `the schema has no ${kind}`),
    ...validate(schema, document, rules).map(({ message }) => message),
  ];
}

/** The names of the document's operations. */
export function namesIn(text: string): string {
  const document = tryParse(text);
  const nameOf = (one: DefinitionNode) =>
    one.kind === Kind.OPERATION_DEFINITION ? (one.name?.value ?? '(no name)') : [];
  return document instanceof Error
    ? '(no document)'
    : document.definitions.flatMap(nameOf).join(',') || '(no operation)';
}

function tryParse(text: string) {
  try {
    return parse(text, { maxLexicalTokens: LIMITS.tokens });
  } catch (error) {
    return error as Error;
  }
}
