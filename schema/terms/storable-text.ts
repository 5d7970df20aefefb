// Text that a database can store: the gateway checks every string of an operation first, each subgraph checks it again.
import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, type StringValueNode, type VariableDefinitionNode, visit } from 'graphql';
import { oncePer } from '../values/once-per.ts';
import { isStorable } from '../values/storable.ts';

const REASON = 'String cannot hold the character U+0000 or half of a surrogate pair.';

/**
 * Refuses with 400 an operation with text that no database can store, before execution. The error names the value as
 * GraphQL's own errors about values do.
 */
export function refuseUnstorable(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, request: { variables = {} } }) {
          const error = inDocument(document) ?? inVariables(operation?.variableDefinitions, variables);
          if (error) throw error;
        },
      };
    },
  };
}

/** Once for each document: those that are kept are sent again and again. */
const inDocument = oncePer((document: DocumentNode): GraphQLError | undefined => {
  const found: StringValueNode[] = [];
  visit(document, {
    StringValue(node) {
      if (!isStorable(node.value)) found.push(node);
    },
  });
  if (!found[0]) return undefined;
  return new GraphQLError(REASON, { nodes: found[0], extensions: extensions('GRAPHQL_VALIDATION_FAILED') });
});

function inVariables(
  definitions: readonly VariableDefinitionNode[] = [],
  variables: Readonly<Record<string, unknown>>,
): GraphQLError | undefined {
  for (const node of definitions) {
    const { value: name } = node.variable.name;
    const place = placeOfUnstorable(variables[name]);
    if (place === undefined) continue;
    const where = place && ` at "${name}${place}"`;
    const message = `Variable "$${name}" got invalid value ""${where}; ${REASON}`;
    return new GraphQLError(message, { nodes: node, extensions: extensions('BAD_USER_INPUT') });
  }
  return undefined;
}

const extensions = (code: 'GRAPHQL_VALIDATION_FAILED' | 'BAD_USER_INPUT') => ({ code, http: { status: 400 } });

/** The path to such text in the value, at any depth, as `.document.number`; undefined if there is none. */
function placeOfUnstorable(value: unknown): string | undefined {
  const left: [unknown, string][] = [[value, '']];
  for (const [each, at] of left) {
    if (typeof each === 'string' && !isStorable(each)) return at;
    if (typeof each !== 'object' || each === null) continue;
    const isList = Array.isArray(each);
    for (const [key, inner] of Object.entries(each)) left.push([inner, isList ? `${at}[${key}]` : `${at}.${key}`]);
  }
  return undefined;
}
