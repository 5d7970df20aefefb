// Text that a database can keep, for every string that an operation brings: the gateway checks it first, each room again.
import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, type StringValueNode, type VariableDefinitionNode, visit } from 'graphql';

const REASON = 'String cannot hold the character U+0000 or half of a surrogate pair.';

/** Whether a database can keep the text: it stops at U+0000, and has no form for half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/**
 * Refuses, as 400, an operation that brings text no database can keep, before anything of it is done. The error names
 * the value as GraphQL's own do of values that do not fit.
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

function inDocument(document: DocumentNode): GraphQLError | undefined {
  const found: StringValueNode[] = [];
  visit(document, { StringValue: (node) => void (isStorable(node.value) || found.push(node)) });
  if (!found[0]) return undefined;
  return new GraphQLError(REASON, { nodes: found[0], extensions: extensions('GRAPHQL_VALIDATION_FAILED') });
}

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

/** Where in the value such text is, as `.document.number`; undefined where there is none. However deep it is nested. */
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
