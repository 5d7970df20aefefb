// The closed list of extensions.code, and fault(): the only way a room reports what is not an answer.
import { GraphQLError } from 'graphql';

/** What a room may tell a client; the gateway passes it on. */
const raisedByRooms = [
  'BAD_USER_INPUT', // an argument is wrong; the message names it and says what is allowed
  'UNAUTHENTICATED', // nobody is signed in and the field needs it, or the token is no good (HTTP 401): refresh or sign in
  'FORBIDDEN', // who is signed in may not do this; the message names the role or the header that it takes
  'RATE_LIMITED', // too much at once; try again in `retryAfter` seconds
  'IDEMPOTENCY_CONFLICT', // this idempotency key was used with another input; use a new key for a new intent
  'IN_PROGRESS', // the same request is being worked on just now; ask again in a moment with the same key
] as const;

const raisedAtGateway = [
  'OPERATION_TOO_LARGE', // the body, the document or its variables exceed a limit on size; the message says how much is allowed
  'QUERY_TOO_COSTLY', // the operation would cost, or take to plan, more than is allowed; the message says how much each is
  'DOWNSTREAM_ERROR', // a service behind the gateway failed; its fields are null, the others are there
  'DOWNSTREAM_TIMEOUT', // a service behind the gateway did not answer in time
  'UNAVAILABLE', // it cannot be taken in just now and nothing was done (HTTP 503); try again in `retryAfter` seconds
  'DOCUMENT_NOT_TRUSTED', // this gateway runs trusted documents only: push the document, then send its id
  'NOT_FOUND', // no path of the gateway (HTTP 404); a thing that is not found by its id is null, never an error
  'INTERNAL_SERVER_ERROR', // ours to mend: find the trace id in the log
  // by Apollo Server
  'GRAPHQL_PARSE_FAILED', // the document is not GraphQL
  'GRAPHQL_VALIDATION_FAILED', // the document does not fit the schema
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
] as const;

export type ErrorCode = (typeof raisedByRooms)[number] | (typeof raisedAtGateway)[number];

/**
 * Whether a client may see this `extensions.code` with its message. From a room (`fromRoom`) only what rooms raise: a room
 * that cannot parse the gateway's query is a fault between the two of them, and no business of the client's.
 */
export function isKnownCode(code: unknown, fromRoom: boolean): code is ErrorCode {
  const known: readonly unknown[] = fromRoom ? raisedByRooms : [...raisedByRooms, ...raisedAtGateway];
  return known.includes(code);
}

/** An error a client may see as it is: `throw fault('BAD_USER_INPUT', 'first: 101 is too many; 1 to 100 are allowed.', { argument: 'first' })`. */
export function fault(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

/** What is wrong with one argument, as `input.origin`, and what is allowed. */
export interface BadArgument {
  argument: string;
  message: string;
}

/** BAD_USER_INPUT that tells every fault at once, in the message and in `extensions.faults`. */
export function badInput(faults: readonly BadArgument[]): GraphQLError {
  const message = faults.map((f) => `${f.argument}: ${f.message}`).join(' ');
  return fault('BAD_USER_INPUT', message, { argument: faults[0]?.argument, faults });
}
