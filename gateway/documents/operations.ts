// Which operation of a document is meant, and what it asks of the root. What a client got wrong there is its own to mend.
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
 * Refuses, as 400, a request that names no operation of its document, or one of a kind that the schema lacks: the
 * gateway behind Apollo Server throws on them. What Apollo Server refuses without a code gets BAD_REQUEST.
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
 * The names of the root's fields that a valid operation asks for, each as often as it does. A fragment that is spread
 * again asks for nothing more.
 */
export const rootFields = (operation: OperationDefinitionNode, document: DocumentNode): string[] =>
  rootNodes(operation, document).map(({ name }) => name.value);

/** The same fields as they are written in the document. */
export function rootNodes({ selectionSet }: OperationDefinitionNode, document: DocumentNode): FieldNode[] {
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
