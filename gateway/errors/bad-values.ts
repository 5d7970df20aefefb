// Values that do not fit their type: refused as BAD_USER_INPUT with the argument's name, as in the subgraphs.
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { type ASTNode, type DocumentNode, getVariableValues, isValueNode, Kind, visit } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { conditionVariables } from '../documents/conditions.ts';
import type { Execute, ExecutionRequest } from '../execution/executor.ts';
import { STOP_AT_ERROR } from '../limits/limits.ts';
import { graphqlFault } from './graphql-fault.ts';

/**
 * Refuses variables that do not fit before an executor sees them. Apollo's reports every fault and prints each with its
 * whole object, so that a hundred kilobytes of unknown fields took 27 seconds.
 */
export const refuseBadVariables =
  (execute: Execute, hideSuggestions: boolean): Execute =>
  async (request) => {
    const { errors } = coercedVariables(request, hideSuggestions);
    if (errors) return { errors: errors.map((error) => (error.nodes ? error : more())) };
    const nulls = conditionVariables(request.document).filter((name) => request.request.variables?.[name] === null);
    return nulls.length ? { errors: nulls.map(nullCondition) } : execute(request);
  };

/** A default does not replace null, and neither true nor false is meant. */
const nullCondition = (argument: string): GraphQLError =>
  graphqlFault(
    'BAD_USER_INPUT',
    `Variable "$${argument}" decides @skip, @include or @defer: give true or false, or leave it out.`,
    { argument },
  );

type Coerced = ReturnType<typeof getVariableValues>;
const known = new WeakMap<ExecutionRequest['request'], Coerced>();

/** The variables of a request under the types of the operation, or what does not fit. Computed once for a request. */
export function coercedVariables({ schema, operation, request }: ExecutionRequest, hideSuggestions: boolean): Coerced {
  const before = known.get(request);
  if (before) return before;
  const definitions = operation.variableDefinitions ?? [];
  const limits = { maxErrors: STOP_AT_ERROR, hideSuggestions };
  const coerced = getVariableValues(schema, definitions, request.variables ?? {}, limits);
  known.set(request, coerced);
  return coerced;
}

const more = () => graphqlFault('BAD_USER_INPUT', 'There are more values that do not fit: mend these first.');

/** Adds the code and `extensions.argument` to errors about a value, written in the query or in a variable. */
export function nameArguments(): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, document }) {
          if (!document) return;
          for (const error of errors) {
            const argument = argumentOf(error, document);
            if (argument) Object.assign(error.extensions, { code: 'BAD_USER_INPUT', argument });
          }
        },
      };
    },
  };
}

/** The argument of an error's value, as `input.travellers[0].count`; undefined for other errors. */
function argumentOf({ message, nodes = [], extensions }: GraphQLError, document: DocumentNode): string | undefined {
  const [node] = nodes;
  if (nodes.length !== 1 || !node) return undefined;
  // GraphQL reports a missing field at its whole object
  const missing = /Field "(?:\w+\.)?(\w+)" of required type/.exec(message)?.[1];
  const tail = missing ? `.${missing}` : '';
  if (node.kind === Kind.VARIABLE_DEFINITION && extensions['code'] === 'BAD_USER_INPUT') {
    const { value: variable } = node.variable.name;
    const inside = / at "\w+([\w.[\]]*)"; /.exec(message)?.[1] ?? '';
    const takes = (at: ASTNode): boolean => at.kind === Kind.VARIABLE && at.name.value === variable;
    return `${placeOf(takes, document) ?? variable}${inside}${tail}`;
  }
  if (extensions['code'] !== 'GRAPHQL_VALIDATION_FAILED') return undefined;
  if (!(isValueNode(node) && node.kind !== Kind.VARIABLE) && node.kind !== Kind.OBJECT_FIELD) return undefined;
  const place = placeOf((at) => at === node, document);
  return place && place + tail;
}

/** The path to the first such node in an argument of the document, beginning with the argument's name. */
function placeOf(wanted: (node: ASTNode) => boolean, document: DocumentNode): string | undefined {
  let found: string | undefined;
  visit(document, {
    Argument: ({ name, value }) => void (found ??= within(value, name.value, wanted)),
  });
  return found;
}

function within(node: ASTNode, place: string, wanted: (node: ASTNode) => boolean): string | undefined {
  if (wanted(node)) return place;
  const parts: [ASTNode, string][] =
    node.kind === Kind.OBJECT
      ? node.fields.map((field) => [field, `${place}.${field.name.value}`])
      : node.kind === Kind.LIST
        ? node.values.map((value, i) => [value, `${place}[${i}]`])
        : node.kind === Kind.OBJECT_FIELD
          ? [[node.value, place]]
          : [];
  for (const [part, at] of parts) {
    const found = within(part, at, wanted);
    if (found) return found;
  }
  return undefined;
}
