// Counts which operations clients send, for checks of schema changes. Neither variables nor values in documents leave
// the gateway.
import type { ApolloServerPlugin } from '@apollo/server';
import { stripSensitiveLiterals } from '@apollo/utils.stripsensitiveliterals';
import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, print } from 'graphql';
import { hash } from 'node:crypto';
import { coordinatesOf } from '../../schema/composition/usage.ts';
import type { GatewayContext } from '../context.ts';
import type { UsageBatch, UsedOperation } from './usage-batch.ts';

const LONGEST_TEXT = 20_000; // characters; of a longer document only the coordinates are kept
const LONGEST_NAME = 255;

/** Counts every operation that was executed, by the client's name and version as it states them. */
export function countUsage(batch: Pick<UsageBatch, 'count'>): ApolloServerPlugin<GatewayContext> {
  const known = new WeakMap<OperationDefinitionNode, UsedOperation>();
  return {
    async requestDidStart() {
      return {
        async executionDidStart({ operation, document, schema, contextValue: { program, programVersion } }) {
          const used = known.get(operation) ?? described(operation, document, schema);
          known.set(operation, used);
          batch.count(used, program ?? '', programVersion ?? '');
        },
      };
    },
  };
}

function described(operation: OperationDefinitionNode, document: DocumentNode, schema: GraphQLSchema): UsedOperation {
  const name = (operation.name?.value ?? '').slice(0, LONGEST_NAME);
  const text = print(stripSensitiveLiterals(document));
  return {
    operation: hash('sha256', `${name} ${text}`, 'hex'),
    operationName: name,
    text: text.length <= LONGEST_TEXT ? text : null,
    coordinates: coordinatesOf(document, schema),
  };
}
