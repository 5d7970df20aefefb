// Apollo Server's store of valid documents.
import type { ApolloServerOptions } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GatewayContext } from '../context.ts';

type DocumentStore = NonNullable<ApolloServerOptions<GatewayContext>['documentStore']>;

const MOST_BYTES = 30_000_000;
const LARGEST = 1_000_000; // a document of 2,000 tokens takes 600 kB; what is larger is mostly comments

// A token with its part of the tree, and a character of the source, which may take two bytes.
const BYTES = { token: 300, character: 2 };

/**
 * Keeps the documents that were used last, as many as fit into a number of bytes. Apollo Server's own store counts a
 * document as JSON, which has neither its source nor its comments.
 */
export function openDocumentStore(mostBytes = MOST_BYTES): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: mostBytes,
    maxEntrySize: LARGEST,
    sizeCalculation: bytesOf,
  });
  return {
    get: async (hash) => documents.get(hash),
    set: async (hash, document) => void documents.set(hash, document),
    delete: async (hash) => documents.delete(hash),
  };
}

/** The memory that a document takes, estimated: it keeps its source and a list of all tokens, comments among them. */
function bytesOf({ loc }: DocumentNode): number {
  let tokens = 0;
  for (let token = loc?.startToken ?? null; token; token = token.next) tokens++;
  return BYTES.token * tokens + BYTES.character * (loc?.source.body.length ?? 0);
}
