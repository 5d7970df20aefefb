// Compiles an operation: plans it once, and prepares all that does not depend on the request.
import type { Operation } from '@apollo/federation-internals';
import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan, QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { conditionVariables } from '../../documents/conditions.ts';
import { fragmentOf, type Fragments, fragmentsOf } from '../../limits/document.ts';
import type { AddedNames } from '../../response-names/added-names.ts';
import { rename, type Renamed } from '../../response-names/rename.ts';
import type { Ask } from '../../subgraph-client/ask.ts';
import type { ExecutionRequest, ExecutionResult } from '../executor.ts';
import { introspectionOf, withoutMeta } from '../introspection.ts';
import { openPass } from './answer-pass.ts';
import type { Data, RunState } from './run-state.ts';
import { compileShape, type Shape } from './shape.ts';
import { compileSteps } from './steps.ts';
import type { Types } from './possible-types.ts';

export interface CompiledOperation {
  plan: QueryPlan;
  execute: (request: ExecutionRequest) => Promise<ExecutionResult>;
  /** How many fields it has compiled: its size in memory, at some 500 bytes a field. */
  fields: () => number;
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

const MOST_SHAPES = 32; // of one operation: one for each combination of its conditions

/** Compiles a valid operation. Throws what the planner throws. */
export function compileOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  options: CompilerOptions,
): CompiledOperation {
  const { planner, schema, types, addedNames, askOf } = options;
  const introspection = introspectionOf(document, operation, schema);
  const renamed = rename(document, operation, addedNames);
  const own = renamed ?? asItIs(document, operation);
  const plan = planner.buildQueryPlan(plannable(own, planner));
  const isTrue = conditionsIn(own.operation);
  const { clientOf } = own;
  const steps = compileSteps(plan, { types, askOf, clientOf, isTrue });
  const fragments = fragmentsOf(own.document);
  const conditions = conditionVariables(own.document);
  const shapes = new Map<string, Shape>();
  let fields = operation.selectionSet.selections.length;

  function shapeFor(variables: Variables): Shape {
    const key = conditions.map((name) => (isTrue(name, variables) ? '1' : '0')).join('');
    const known = shapes.get(key);
    if (known) return known;
    if (shapes.size >= MOST_SHAPES) {
      shapes.clear();
      fields = 0;
    }
    const isKept = (selection: SelectionNode) => keeps(selection, (name) => isTrue(name, variables));
    const shape = compileShape({
      schema,
      operation: own.operation,
      fragments,
      clientOf,
      isKept,
      origins: steps.origins,
      counted: () => {
        fields++;
      },
    });
    shapes.set(key, shape);
    return shape;
  }

  return {
    plan,
    fields: () => fields,
    async execute(request) {
      const given = request.request.variables as Variables | undefined;
      const introspected = await introspection?.(given);
      if (introspected?.errors) return introspected;
      const run: RunState = {
        request,
        variables: own.variables(given) ?? {},
        data: {},
        failed: new Array<undefined>(steps.services.length).fill(undefined),
        replyErrors: [],
        gaps: undefined,
      };
      await steps.run(run);
      const pass = openPass(run, steps, introspected?.data as Data | undefined);
      const data = shapeFor(run.variables)(pass);
      const errors = pass.errors();
      return { data, ...(errors.length && { errors }) };
    },
  };
}

const asItIs = (document: DocumentNode, operation: OperationDefinitionNode): Omit<Renamed, 'names' | 'inText'> => ({
  document,
  operation,
  clientOf: (name) => name,
  variables: (given) => given,
});

/** The operation for the planner, without introspection: the planner implements an older specification of it. */
function plannable({ document, operation }: Pick<Renamed, 'document' | 'operation'>, planner: QueryPlanner): Operation {
  const fragments = fragmentsOf(document);
  const own = {
    ...document,
    definitions: document.definitions.flatMap((each) => {
      if (each === operation) return inOrder(operation, fragments);
      return each.kind === Kind.FRAGMENT_DEFINITION ? each : [];
    }),
  };
  return operationFromDocument(planner.supergraph.apiSchema(), withoutMeta(own).document, { validate: false });
}

/**
 * A mutation with its fields in the order of the document. The planner joins fragments on one type, and would do the
 * mutation of a later fragment before those in between. Fragments with a condition stay.
 */
function inOrder(operation: OperationDefinitionNode, fragments: Fragments): OperationDefinitionNode {
  if (operation.operation !== OperationTypeNode.MUTATION) return operation;
  const fieldsIn = ({ selections }: SelectionSetNode): SelectionNode[] =>
    selections.flatMap((each) =>
      each.kind === Kind.FIELD || each.directives?.length ? each : fieldsIn(fragmentOf(each, fragments).selectionSet),
    );
  return { ...operation, selectionSet: { ...operation.selectionSet, selections: fieldsIn(operation.selectionSet) } };
}

/** Reads a Boolean variable of an operation, or its default. */
function conditionsIn({ variableDefinitions = [] }: OperationDefinitionNode) {
  const defaults = new Map(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
  return (name: string, variables: Variables): boolean =>
    (Object.hasOwn(variables, name) && variables[name] !== undefined ? variables[name] : defaults.get(name)) === true;
}

/** Whether @skip and @include keep the selection. */
const keeps = ({ directives = [] }: SelectionNode, isTrue: (variable: string) => boolean): boolean =>
  directives.every(({ name, arguments: [condition] = [] }) => {
    const isSet = condition !== undefined && holds(condition.value, isTrue);
    return name.value === 'skip' ? !isSet : name.value !== 'include' || isSet;
  });

const holds = (value: ValueNode, isTrue: (variable: string) => boolean): boolean =>
  value.kind === Kind.VARIABLE ? isTrue(value.name.value) : value.kind === Kind.BOOLEAN && value.value;
