// Compiles an operation: plans it once for each combination of its conditions, and prepares all that does not depend on
// the request.
import type { QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, parse, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { conditionVariables } from '../../documents/conditions.ts';
import { hasDefer, isDeferred } from '../../documents/defer.ts';
import { fragmentsOf, operationIn } from '../../limits/document.ts';
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
  /** Its size in memory, estimated; 0 before the first variant. */
  bytes: () => number;
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

// What a variant takes. Measured on the example operations, and on one with a literal of 90 kB: its text stands in the
// document, in the plan and in the head of the body, and a character takes up to two bytes in each.
const BYTES = { variant: 15_000, field: 2_000, character: 8 };

type Operation = Pick<Renamed, 'document' | 'operation'>;

interface Kept extends Variant {
  bytes: () => number;
}

/** Prepares a valid operation. Calls `grew` when its size has grown: types that a reply states are compiled then. */
export function compileOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  options: CompilerOptions,
  grew: () => void = () => undefined,
): CompiledOperation {
  const text = print(separated(document, operation));
  const own = withoutSource(text);
  const introspect = introspectionOf(own.document, own.operation, options.schema);
  const renamed = rename(own.document, own.operation, options.addedNames) ?? asItIs(own);
  const valueOf = conditionsIn(renamed.operation);
  const conditions = conditionVariables(renamed.document);
  const variants = new LRUCache<string, Kept>({ max: MOST_VARIANTS });

  function compile(variables: Variables, inParts: boolean): Kept {
    const unconditional = decided(renamed.document, (name) => valueOf(name, variables), inParts);
    let bytes = BYTES.variant + BYTES.character * text.length;
    const counted = (): void => {
      bytes += BYTES.field;
      grew();
    };
    const { plan, run } = compileVariant({ ...renamed, ...unconditional }, options, counted);
    return {
      plan,
      bytes: () => bytes,
      async execute(request) {
        const given = request.request.variables as Variables | undefined;
        const introspected = await introspect?.(given);
        if (introspected?.errors) return introspected;
        return run(request, renamed.variables(given) ?? {}, introspected?.data as Data | undefined);
      },
    };
  }

  return {
    bytes: () => [...variants.values()].reduce((sum, each) => sum + each.bytes(), 0),
    variantFor(given, inParts) {
      const variables = renamed.variables(given) ?? {};
      const key = [inParts, ...conditions.map((name) => valueOf(name, variables))].join();
      const known = variants.get(key);
      if (known) return { variant: known, wasKnown: true };
      const variant = compile(variables, inParts);
      variants.set(key, variant);
      return { variant, wasKnown: false };
    },
  };
}

/**
 * The operation as if it had been parsed from this text alone. A parsed document keeps its source and all tokens,
 * comments among them: 90 kB of empty comments take 4 MB.
 */
function withoutSource(text: string): Operation {
  const document = parse(text, { noLocation: true });
  return { document, operation: operationIn(document) };
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

const asItIs = (own: Operation): Operation & Pick<Renamed, 'clientOf' | 'variables'> => ({
  ...own,
  clientOf: (name) => name,
  variables: (given) => given,
});
