// Selects the operation of a document and lists its root fields. Mistakes here are client errors.
import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { ErrorCode } from '../../schema/errors.ts';
import type { GatewayContext } from '../context.ts';
import { fragmentsOf } from '../limits/document.ts';

type Asked = Pick<GraphQLRequestContextDidResolveOperation<GatewayContext>, 'document' | 'request' | 'schema'> & {
  operation?: OperationDefinitionNode | undefined; // the types of Apollo Server promise one
};

/**
 * Refuses with 400 a request that names no operation of its document, or an operation of a kind that the schema lacks:
 * the gateway behind Apollo Server throws on them. Refusals of Apollo Server without a code get BAD_REQUEST.
 */
export function refuseUnknownOperations(): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        didResolveOperation: async (request) => refuseUnknown(request),
        async didEncounterErrors({ errors }) {
          for (const { extensions } of errors) {
            const { http, code } = extensions as { http?: { status?: number }; code?: unknown };
            if (http?.status === 400) extensions['code'] = code ?? 'BAD_REQUEST'; // a persisted query's wrong hash
          }
        },
      };
    },
  };
}

function refuseUnknown({ operation, document, request, schema }: Asked): void {
  if (!operation) throw refusal('OPERATION_RESOLUTION_FAILURE', whyNone(document, request.operationName));
  const { operation: kind } = operation;
  if (!schema.getRootType(kind)) throw refusal('GRAPHQL_VALIDATION_FAILED', `The schema has no ${kind}.`);
}

function whyNone({ definitions }: DocumentNode, operationName: string | undefined): string {
  if (operationName !== undefined) return 'The document has no operation of that operationName.';
  const several = definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return several
    ? 'The document has several operations: say which in operationName.'
    : 'The document has no operation.';
}

const refusal = (code: ErrorCode, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { status: 400 } } });

/**
 * The names of the root fields of a valid operation, one entry for each occurrence. A fragment that is spread again
 * adds nothing.
 */
export const rootFields = (operation: OperationDefinitionNode, document: DocumentNode): string[] =>
  rootNodes(operation, document).map(({ name }) => name.value);

const known = new WeakMap<OperationDefinitionNode, readonly FieldNode[]>();

/** The same fields as nodes of the document. */
export function rootNodes(operation: OperationDefinitionNode, document: DocumentNode): readonly FieldNode[] {
  const nodes = known.get(operation) ?? rootNodesIn(operation, document);
  known.set(operation, nodes);
  return nodes;
}

function rootNodesIn({ selectionSet }: OperationDefinitionNode, document: DocumentNode): FieldNode[] {
  const unseen = new Map(fragmentsOf(document));
  const fieldsOf = ({ selections }: SelectionSetNode): FieldNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet);
      const fragment = unseen.get(selection.name.value);
      unseen.delete(selection.name.value);
      return fragment ? fieldsOf(fragment.selectionSet) : [];
    });
  return fieldsOf(selectionSet);
}
