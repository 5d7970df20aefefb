// Introspection is executed on the API schema and never planned: the planner implements an older specification.
import {
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  separateOperations,
  visit,
} from 'graphql';
import { present } from '../../schema/values/present.ts';
import { rootFields } from '../documents/operations.ts';
import { operationIn } from '../limits/document.ts';
import type { Execute } from './executor.ts';

/** Answers the introspection of an operation, under the client's names. */
export type Introspect = (variables: Readonly<Record<string, unknown>> | undefined) => Promise<Introspected>;

interface Introspected {
  data: Record<string, unknown> | null;
  errors?: readonly GraphQLError[];
}

/** The introspection of a valid operation: `__schema` and `__type`, also beside other fields. Undefined if it has none. */
export function introspectionOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): Introspect | undefined {
  if (operation.operation !== OperationTypeNode.QUERY) return undefined;
  if (!rootFields(operation, document).some((name) => META.has(name))) return undefined;
  const own = separated(document, operation);
  const keys = keysOfMeta(own);
  return async (variableValues) => {
    // the plan answers the other fields
    const { data, errors } = await execute({ schema, document: own, variableValues, fieldResolver: () => null });
    if (errors || !data) return { data: null, ...(errors && { errors }) };
    return { data: Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(data, key) ? [[key, data[key]]] : []))) };
  };
}

/** Answers introspection in front of an executor; only the other fields reach the planner. */
export const answerIntrospection =
  (plan: Execute): Execute =>
  async (request) => {
    const { operation, document, schema } = request;
    const introspected = await introspectionOf(document, operation, schema)?.(request.request.variables);
    if (!introspected) return plan(request);
    if (!introspected.data) return introspected;
    const planned = await plan({ ...request, ...withoutMeta(separated(document, operation)) });
    return { ...planned, ...(planned.data && { data: { ...planned.data, ...introspected.data } }) };
  };

/** The operation with the fragments that it uses. */
export const separated = (document: DocumentNode, operation: OperationDefinitionNode): DocumentNode =>
  present(separateOperations(document)[operation.name?.value ?? ''], 'The operation is not in its document.');

const META: ReadonlySet<string> = new Set(['__schema', '__type']);

const isMeta = ({ name }: FieldNode): boolean => META.has(name.value);

/** The response names of the introspection fields, which in a valid document are root fields only. */
function keysOfMeta(document: DocumentNode): string[] {
  const keys = new Set<string>();
  visit(document, {
    Field: (field) => {
      if (isMeta(field)) keys.add((field.alias ?? field.name).value);
    },
  });
  return [...keys];
}

/** The same operation with `__typename` in place of introspection, so that the order of the fields is kept. */
export function withoutMeta(document: DocumentNode): { document: DocumentNode; operation: OperationDefinitionNode } {
  const planned = visit(document, {
    FragmentDefinition: ({ typeCondition }) => (typeCondition.name.value.startsWith('__') ? null : undefined),
    Field: ({ selectionSet: _, arguments: __, ...field }) =>
      isMeta(field)
        ? {
            ...field,
            alias: field.alias ?? { kind: Kind.NAME, value: field.name.value },
            name: { kind: Kind.NAME, value: '__typename' },
          }
        : undefined,
  });
  return { document: planned, operation: operationIn(planned) };
}
