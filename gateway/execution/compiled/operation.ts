// Compiles an operation: plans it once for each combination of its conditions, and prepares all that does not depend on
// the request.
import type { QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { conditionVariables } from '../../documents/conditions.ts';
import { hasDefer, isDeferred } from '../../documents/defer.ts';
import { fragmentsOf } from '../../limits/document.ts';
import type { AddedNames } from '../../response-names/added-names.ts';
import { rename, type Renamed } from '../../response-names/rename.ts';
import type { Ask } from '../../subgraph-client/ask.ts';
import type { ExecutionRequest, ExecutionResult } from '../executor.ts';
import { introspectionOf, separated } from '../introspection.ts';
import { openPass } from './answer-pass.ts';
import { conditionsIn, type Unconditional, decided } from './conditions.ts';
import { deliver } from '../parts/delivery.ts';
import { planOf } from './planning.ts';
import type { Data, RunState } from './run-state.ts';
import { compileShape } from './shape.ts';
import { compileSteps } from './steps.ts';
import type { Types } from './possible-types.ts';

export interface CompiledOperation {
  /**
   * The variant for these variables; compiled when it is first needed. If `inParts`, what is deferred comes later.
   * Throws what the planner throws.
   */
  variantFor: (variables: Variables | undefined, inParts: boolean) => { variant: Variant; wasKnown: boolean };
  /** How many fields it has compiled: its size in memory, at some 1.5 kB a field. */
  fields: () => number;
}

/** An operation without its conditions: what one combination of them leaves. */
export interface Variant {
  plan: QueryPlan;
  execute: (request: ExecutionRequest) => Promise<ExecutionResult>;
}

/** What all operations of a supergraph share. */
export interface CompilerOptions {
  planner: QueryPlanner;
  /** The API schema. */
  schema: GraphQLSchema;
  types: Types;
  addedNames: AddedNames;
  askOf: (subgraph: string) => Ask;
}

type Variables = Readonly<Record<string, unknown>>;

const MOST_VARIANTS = 32; // of one operation: one for each combination of its conditions

/** Prepares a valid operation. */
export function compileOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  options: CompilerOptions,
): CompiledOperation {
  const introspect = introspectionOf(document, operation, options.schema);
  const renamed = rename(document, operation, options.addedNames) ?? asItIs(document, operation);
  const valueOf = conditionsIn(renamed.operation);
  const conditions = conditionVariables(renamed.document);
  const variants = new Map<string, Variant>();
  let fields = 0;

  function compile(variables: Variables, inParts: boolean): Variant {
    if (variants.size >= MOST_VARIANTS) {
      variants.clear();
      fields = 0;
    }
    fields += operation.selectionSet.selections.length;
    const own = { ...renamed, ...decided(renamed.document, (name) => valueOf(name, variables), inParts) };
    const { plan, run } = compileVariant(own, options, () => fields++);
    return {
      plan,
      async execute(request) {
        const given = request.request.variables as Variables | undefined;
        const introspected = await introspect?.(given);
        if (introspected?.errors) return introspected;
        return run(request, renamed.variables(given) ?? {}, introspected?.data as Data | undefined);
      },
    };
  }

  return {
    fields: () => fields,
    variantFor(given, inParts) {
      const variables = renamed.variables(given) ?? {};
      const key = [inParts, ...conditions.map((name) => valueOf(name, variables))].join();
      const known = variants.get(key);
      const variant = known ?? compile(variables, inParts);
      variants.set(key, variant);
      return { variant, wasKnown: known !== undefined };
    },
  };
}

function compileVariant(
  own: Unconditional & Pick<Renamed, 'clientOf'>,
  { planner, schema, types, askOf }: CompilerOptions,
  counted: () => void,
) {
  const { document, operation, clientOf } = own;
  const plan = planOf(own, planner, schema);
  const steps = compileSteps(plan, { types, askOf, clientOf });
  const fragments = fragmentsOf(document);
  const shaped = { schema, operation, fragments, clientOf, origins: steps.origins, counted };
  const whole = compileShape({ ...shaped, isDeferred: () => false });
  const first = hasDefer(document) ? compileShape({ ...shaped, isDeferred: (each) => isDeferred(each) }) : undefined;
  return {
    plan,
    async run(
      request: ExecutionRequest,
      variables: Variables,
      introspected: Data | undefined,
    ): Promise<ExecutionResult> {
      const run: RunState = {
        request,
        variables,
        data: {},
        failed: new Array<undefined>(steps.services.length).fill(undefined),
        replyErrors: [],
        gaps: undefined,
      };
      if (first) return deliver({ steps, run, shapes: { first, whole }, introspected });
      await steps.run(run);
      const pass = openPass(run, steps, introspected);
      const data = whole(pass);
      const errors = pass.errors();
      return { data, ...(errors.length && { errors }) };
    },
  };
}

const asItIs = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Pick<Renamed, 'document' | 'operation' | 'clientOf' | 'variables'> => ({
  document: separated(document, operation),
  operation,
  clientOf: (name) => name,
  variables: (given) => given,
});
