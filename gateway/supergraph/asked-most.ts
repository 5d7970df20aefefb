// The operations that clients ask most: the next version of the supergraph has them planned before it is served.
import { LRUCache } from 'lru-cache';
import { conditionVariables } from '../documents/conditions.ts';
import type { ExecutionRequest } from '../execution/executor.ts';
import { mayHaveParts } from '../execution/parts/answer-parts.ts';

/** An operation, with the values of the variables that its plan depends on. */
export interface AskedOperation {
  text: string;
  /** Null for the only operation of its document. */
  operationName: string | null;
  conditions: Readonly<Record<string, unknown>>;
  inParts: boolean;
}

export interface AskedMost {
  /** Counts a request, whether or not it is answered from a cache. */
  note: (request: ExecutionRequest) => void;
  /** The operations, most asked first. */
  list: () => AskedOperation[];
  /** Halves all counts, so that what was asked before the last versions counts less. */
  age: () => void;
}

const MOST_OPERATIONS = 1000; // more than are planned in the time that a change has
const MOST_CHARACTERS = 5_000_000; // of their texts

/** Counts the operations that were asked last, as many as fit. */
export function openAskedMost(): AskedMost {
  const counts = new LRUCache<string, { operation: AskedOperation; count: number }>({
    max: MOST_OPERATIONS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ operation }) => operation.text.length,
  });
  return {
    note(request) {
      const { document, queryHash, operationName, source, request: given } = request;
      const names = conditionVariables(document);
      const inParts = mayHaveParts(request);
      const values = names.map((name) => given.variables?.[name] as unknown);
      const key = [queryHash, operationName, inParts, ...values].join();
      const known = counts.get(key);
      if (known) known.count++;
      else {
        const conditions = Object.fromEntries(names.map((name, i) => [name, values[i]]));
        counts.set(key, { operation: { text: source, operationName, conditions, inParts }, count: 1 });
      }
    },
    list: () => [...counts.values()].sort((a, b) => b.count - a.count).map(({ operation }) => operation),
    age() {
      for (const each of counts.values()) each.count /= 2;
    },
  };
}
