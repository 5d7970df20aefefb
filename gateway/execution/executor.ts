// The port of everything that executes operations: Apollo's executor and the compiled one implement it.
import type { ApolloGateway } from '@apollo/gateway';

/** A valid operation of the API schema, as Apollo Server hands it to a gateway. */
export type ExecutionRequest = Parameters<ApolloGateway['executor']>[0];

/** The answer: data under the client's names, and errors with the client's paths. */
export type ExecutionResult = Awaited<ReturnType<ApolloGateway['executor']>>;

/**
 * Executes an operation. A null that the schema does not allow has an error with its path, its code and its service;
 * what one subgraph fails to give costs its own fields only.
 */
export type Execute = (request: ExecutionRequest) => Promise<ExecutionResult>;
