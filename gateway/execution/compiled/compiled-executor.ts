// Executes operations by compiled plans.
import type { QueryPlan } from '@apollo/query-planner';
import type { OperationDefinitionNode } from 'graphql';
import { stepDone } from '../../../infra/tracing/spans.ts';
import type { GatewayContext } from '../../context.ts';
import { mayHaveParts } from '../parts/answer-parts.ts';
import type { Execute } from '../executor.ts';
import { nameOwners } from '../nodes.ts';
import { type CompiledOperation, compileOperation, type CompilerOptions } from './operation.ts';

/** Called with the plan of each operation, before it is executed. */
export type Planned = (context: GatewayContext, plan: QueryPlan, wasKnown: boolean) => void;

const MOST_FIELDS = 100_000; // of all compiled operations together, about 150 MB: two thousand of the shopping query

/**
 * An executor of one supergraph. It keeps the operations that were executed last, up to a number of compiled fields. A
 * document that Apollo Server's cache keeps has the same operation object each time.
 */
export function compiledExecutor(options: CompilerOptions, planned: Planned): Execute {
  const known = new Map<OperationDefinitionNode, CompiledOperation>(); // the one that was executed last at the end
  function forgetOldest(): void {
    let fields = [...known.values()].reduce((sum, each) => sum + each.fields(), 0);
    for (const [operation, each] of known) {
      if (fields <= MOST_FIELDS) return;
      known.delete(operation);
      fields -= each.fields();
    }
  }

  return async (request) => {
    const { document, operation } = request;
    const compiled = known.get(operation) ?? compileOperation(document, operation, options);
    known.delete(operation);
    known.set(operation, compiled);
    const since = performance.now();
    const { variant, wasKnown } = compiled.variantFor(request.request.variables, mayHaveParts(request));
    if (!wasKnown) {
      stepDone('plan', {}, performance.now() - since);
      forgetOldest();
    }
    planned(request.context as GatewayContext, variant.plan, wasKnown);
    return nameOwners(await variant.execute(request));
  };
}
