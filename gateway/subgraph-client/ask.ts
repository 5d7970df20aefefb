// The port through which executors ask a subgraph.
import type { GatewayContext } from '../context.ts';

/** An operation of a plan. */
export interface Question {
  query: string;
  variables: Readonly<Record<string, unknown>>;
  /** The whole request as JSON. */
  body: string;
}

/** A subgraph's GraphQL result: data, errors, or both. */
export interface Result {
  data?: Record<string, unknown> | null;
  errors?: readonly { message?: string; path?: readonly (string | number)[] }[];
}

export interface Reply {
  result: Result;
  cacheControl: string | undefined;
}

/** Asks on behalf of the caller of the request. Rejects with DOWNSTREAM_ERROR or DOWNSTREAM_TIMEOUT. */
export type Ask = (question: Question, context: GatewayContext) => Promise<Reply>;
