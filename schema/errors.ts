// The closed list of extensions.code, and fault(): the only way a room reports what is not an answer.
import { GraphQLError } from 'graphql';

/** Every `extensions.code` a client can meet. What is not on this list is masked as INTERNAL_SERVER_ERROR. */
export const errorCodes = [
  // raised by us
  'BAD_USER_INPUT', // an argument is wrong; the message names it and says what is allowed
  'UNAUTHENTICATED', // nobody is signed in and the field needs it, or the token is no good (HTTP 401): refresh or sign in
  'FORBIDDEN', // who is signed in may not do this; the message names the role or the header that it takes
  'RATE_LIMITED', // too much at once; try again in a moment
  'DOWNSTREAM_ERROR', // a service behind the gateway failed; its fields are null, the others are there
  'DOWNSTREAM_TIMEOUT', // a service behind the gateway did not answer in time
  'INTERNAL_SERVER_ERROR', // ours to mend: find the trace id in the log
  // raised by Apollo Server
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error a client may see as it is: `throw fault('BAD_USER_INPUT', 'first: 101 is too many; 1 to 100 are allowed.', { argument: 'first' })`. */
export function fault(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}
