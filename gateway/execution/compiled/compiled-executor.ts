// Executes operations by compiled plans.
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { stepDone } from '../../../infra/tracing/spans.ts';
import type { GatewayContext } from '../../context.ts';
import type { Execute } from '../executor.ts';
import { nameOwners } from '../nodes.ts';
import { type CompiledOperation, compileOperation, type CompilerOptions } from './operation.ts';

/** Called with the plan of each operation, before it is executed. */
export type Planned = (context: GatewayContext, plan: QueryPlan, wasKnown: boolean) => void;

/**
 * An executor of one supergraph. Compiled operations live as long as their documents, which Apollo Server keeps in a
 * cache that is bounded by bytes and keyed by the schema.
 */
export function compiledExecutor(options: CompilerOptions, planned: Planned): Execute {
  const known = new WeakMap<OperationDefinitionNode, CompiledOperation>();
  function compile(document: DocumentNode, operation: OperationDefinitionNode): CompiledOperation {
    const since = performance.now();
    const compiled = compileOperation(document, operation, options);
    stepDone('plan', {}, performance.now() - since);
    known.set(operation, compiled);
    return compiled;
  }

  return async (request) => {
    const { document, operation } = request;
    const before = known.get(operation);
    const compiled = before ?? compile(document, operation);
    planned(request.context as GatewayContext, compiled.plan, before !== undefined);
    return nameOwners(await compiled.execute(request));
  };
}
