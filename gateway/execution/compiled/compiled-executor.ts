// Executes operations by compiled plans.
import type { QueryPlan } from '@apollo/query-planner';
import { LRUCache } from 'lru-cache';
import { stepDone } from '../../../infra/tracing/spans.ts';
import type { GatewayContext } from '../../context.ts';
import { mayHaveParts } from '../parts/answer-parts.ts';
import type { Execute, ExecutionRequest } from '../executor.ts';
import { nameOwners } from '../nodes.ts';
import { type CompiledOperation, compileOperation, type CompilerOptions } from './operation.ts';

/** Called with the plan of each operation, before it is executed. */
export type Planned = (context: GatewayContext, plan: QueryPlan, wasKnown: boolean) => void;

/** An operation to plan and compile before it is asked for. */
export interface PreparedOperation extends Pick<ExecutionRequest, 'document' | 'operation' | 'queryHash'> {
  /** Values of the variables that its conditions depend on. */
  variables: Readonly<Record<string, unknown>>;
  /** Whether its answer may come in parts. */
  inParts: boolean;
}

export interface CompiledExecutor {
  execute: Execute;
  /** Throws what the planner throws. */
  prepare: (operation: PreparedOperation) => void;
}

const MOST_BYTES = 150_000_000; // of all compiled operations: 1,300 of the shopping query

/**
 * An executor of one supergraph. It keeps the operations that were executed last, as many as fit into `mostBytes`. An
 * operation is known by its document's digest and its name, as the first requests of a document may each parse it.
 */
export function compiledExecutor(options: CompilerOptions, planned: Planned, mostBytes = MOST_BYTES): CompiledExecutor {
  const known = new LRUCache<string, CompiledOperation>({
    maxSize: mostBytes,
    sizeCalculation: (operation) => operation.bytes(),
  });
  function keep(key: string, operation: CompiledOperation): void {
    known.delete(key); // the size is taken when an operation is added
    known.set(key, operation);
  }
  function recount(key: string): void {
    const kept = known.peek(key);
    if (kept) keep(key, kept);
  }
  function variantOf({ document, operation, queryHash, variables, inParts }: PreparedOperation) {
    const key = `${queryHash} ${operation.name?.value ?? ''}`;
    const compiled = known.get(key) ?? compileOperation(document, operation, options, () => recount(key));
    const found = compiled.variantFor(variables, inParts);
    if (!found.wasKnown) keep(key, compiled);
    return found;
  }

  return {
    prepare: (operation) => void variantOf(operation),
    async execute(request) {
      const { document, operation, queryHash } = request;
      const variables = request.request.variables ?? {};
      const since = performance.now();
      const inParts = mayHaveParts(request);
      const { variant, wasKnown } = variantOf({ document, operation, queryHash, variables, inParts });
      if (!wasKnown) stepDone('plan', {}, performance.now() - since);
      planned(request.context as GatewayContext, variant.plan, wasKnown);
      return nameOwners(await variant.execute(request));
    },
  };
}
