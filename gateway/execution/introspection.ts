// Introspection is executed on the API schema and never planned: the planner implements an older specification.
import type { ApolloGateway } from '@apollo/gateway';
import {
  type DocumentNode,
  execute,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  separateOperations,
  visit,
} from 'graphql';
import { present } from '../../schema/values/present.ts';
import { rootFields } from '../documents/operations.ts';
import { operationIn } from '../limits/document.ts';

type Execute = ApolloGateway['executor'];

/** Answers `__schema` and `__type` of a query, also beside other fields; only the other fields reach the planner. */
export function answerIntrospection(plan: Execute): Execute {
  return async (request) => {
    const { operation, document, schema } = request;
    if (operation.operation !== OperationTypeNode.QUERY) return plan(request);
    const names = rootFields(operation, document);
    if (!names.some((name) => META.has(name))) return plan(request);
    const own = present(
      separateOperations(document)[operation.name?.value ?? ''],
      'The operation is not in its document.',
    );
    const { data, errors } = await execute({
      schema,
      document: own,
      variableValues: request.request.variables,
      fieldResolver: () => null, // the plan answers the other fields
    });
    if (errors || !data || names.every((name) => name.startsWith('__')))
      return { data: data ?? null, ...(errors && { errors }) };
    const keys = keysOfMeta(own).filter((key) => Object.hasOwn(data, key));
    const planned = await plan({ ...request, ...withoutMeta(own) });
    const answered = Object.fromEntries(keys.map((key) => [key, data[key]]));
    return { ...planned, ...(planned.data && { data: { ...planned.data, ...answered } }) };
  };
}

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
function withoutMeta(document: DocumentNode): { document: DocumentNode; operation: OperationDefinitionNode } {
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
