// Tells which trusted documents a new version of the supergraph can no longer run.
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import type { Log } from '../../infra/logging/log.ts';
import type { DocumentFolder } from '../documents/document-folder.ts';
import { invalid, namesIn } from '../documents/manifest.ts';

/** Logs each trusted document that is invalid on this schema, with the reason; requests pass after each. */
export async function tellBrokenDocuments(documents: DocumentFolder, schema: GraphQLSchema, log: Log): Promise<void> {
  for (const [hash, text] of documents.all()) {
    const [reason] = invalid(text, schema);
    if (reason !== undefined)
      log.warn('a trusted document is invalid on this supergraph', { hash, operation: namesIn(text), reason });
    await othersTurn();
  }
}
