// Plans and compiles operations on a graph before it is served, so that clients do not wait for it.
import { setImmediate as othersTurn } from 'node:timers/promises';
import { getOperationAST, type GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { hashOf } from '../documents/document-folder.ts';
import { deferRules } from '../documents/defer.ts';
import type { AskedOperation } from './asked-most.ts';
import type { Graph } from './graph.ts';

/**
 * Prepares the operations in their order, for at most `within` ms, and lets requests pass after each. Returns how many
 * are prepared. What is invalid on this graph, or cannot be planned, is left out: its next request gets the error.
 */
export async function prepareOperations(
  graph: Graph,
  operations: readonly AskedOperation[],
  within: number,
): Promise<number> {
  const until = performance.now() + within;
  let prepared = 0;
  for (const operation of operations) {
    if (performance.now() >= until) break;
    if (isPrepared(graph, operation)) prepared++;
    await othersTurn();
  }
  return prepared;
}

function isPrepared(graph: Graph, { text, operationName, conditions: variables, inParts }: AskedOperation): boolean {
  try {
    const document = parse(text);
    const faults: readonly GraphQLError[] = validate(graph.schema, document, rules, { maxErrors: 1 });
    const operation = getOperationAST(document, operationName);
    if (faults.length || !operation) return false;
    graph.prepare({ document, operation, queryHash: hashOf(text), variables, inParts });
    return true;
  } catch {
    return false;
  }
}

const rules = [...specifiedRules, ...deferRules];
