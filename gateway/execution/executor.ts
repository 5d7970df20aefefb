// The port of everything that executes operations: Apollo's executor and the compiled one implement it.
import type { ApolloGateway } from '@apollo/gateway';
import type { GraphQLError } from 'graphql';
import type { Path } from './paths.ts';

/** A valid operation of the API schema, as Apollo Server hands it to a gateway. */
export type ExecutionRequest = Parameters<ApolloGateway['executor']>[0];

/** The answer: data under the client's names, and errors with the client's paths. */
export type ExecutionResult = Awaited<ReturnType<ApolloGateway['executor']>> & {
  /** The later parts of the answer, if it comes in parts. */
  rest?: AsyncIterable<LaterParts>;
};

/** The parts that are sent together. */
export interface LaterParts {
  parts: readonly Part[];
  /** Whether others follow. */
  hasNext: boolean;
}

/** The fields of one deferred fragment, for the object at the path. */
export interface Part {
  path: Path;
  label: string | undefined;
  /** Null if the schema does not allow one of its nulls. */
  data: Record<string, unknown> | null;
  errors: readonly GraphQLError[];
}

/**
 * Executes an operation. A null that the schema does not allow has an error with its path, its code and its service;
 * what one subgraph fails to give costs its own fields only.
 */
export type Execute = (request: ExecutionRequest) => Promise<ExecutionResult>;
