// What goes wrong, in two forms: errors, by the closed list of extensions.code, and refusals, which are data; their codes
// are enums in the schema of each subgraph.

/** Codes that a subgraph may return to a client; the gateway passes them on. */
const raisedBySubgraphs = [
  'BAD_USER_INPUT', // an argument is wrong; the message names it and says what is allowed
  'UNAUTHENTICATED', // the field needs a signed-in account, or the token is invalid (HTTP 401): refresh or sign in
  'FORBIDDEN', // the caller may not do this; the message names the required role or header
  'RATE_LIMITED', // too many requests; try again in `retryAfter` seconds
  'IDEMPOTENCY_CONFLICT', // this idempotency key was used with another input; use a new key for a new intent
  'IN_PROGRESS', // the same request is still being processed; try again in a moment with the same key
] as const;

const raisedAtGateway = [
  'OPERATION_TOO_LARGE', // the body, the document or its variables exceed a size limit; the message states the limit
  'QUERY_TOO_COSTLY', // the operation's cost or planning work exceeds a limit; the message states both
  'DOWNSTREAM_ERROR', // a service behind the gateway failed; its fields are null, the others have values
  'DOWNSTREAM_TIMEOUT', // a service behind the gateway did not answer in time
  'UNAVAILABLE', // not accepted now, and nothing was done (HTTP 503); try again in `retryAfter` seconds
  'DOCUMENT_NOT_TRUSTED', // this gateway runs trusted documents only: push the document, then send its id
  'NOT_FOUND', // an unknown path (HTTP 404); an object that is not found by its id is null, never an error
  'INTERNAL_SERVER_ERROR', // a server fault: search the log for the trace id
  // by Apollo Server
  'GRAPHQL_PARSE_FAILED', // the document is not GraphQL
  'GRAPHQL_VALIDATION_FAILED', // the document does not fit the schema
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
] as const;

export type ErrorCode = (typeof raisedBySubgraphs)[number] | (typeof raisedAtGateway)[number];

/**
 * Whether a client may see this `extensions.code` with its message. From a subgraph (`fromSubgraph`) only the codes that
 * subgraphs raise: a subgraph that cannot parse the gateway's query is an internal fault, which clients must not see.
 */
export function isKnownCode(code: unknown, fromSubgraph: boolean): code is ErrorCode {
  const known: readonly unknown[] = fromSubgraph ? raisedBySubgraphs : [...raisedBySubgraphs, ...raisedAtGateway];
  return known.includes(code);
}

/**
 * An error that a client may see as it is. GraphQL takes over the extensions of an error that a resolver throws; no error
 * of its own, so that rules, stores and workers do without the graphql package.
 */
export class Fault extends Error {
  readonly extensions: Record<string, unknown>;

  constructor(message: string, extensions: Record<string, unknown>) {
    super(message);
    this.extensions = extensions;
  }
}

/** `throw fault('BAD_USER_INPUT', 'first: 101 is too many; 1 to 100 are allowed.', { argument: 'first' })`. */
export const fault = (code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): Fault =>
  new Fault(message, { ...extensions, code });

/** What is wrong with one argument, as `input.origin`, and what is allowed. */
export interface BadArgument {
  argument: string;
  message: string;
}

/** BAD_USER_INPUT with all faults at once, in the message and in `extensions.faults`. */
export function badInput(faults: readonly BadArgument[]): Fault {
  const message = faults.map((f) => `${f.argument}: ${f.message}`).join(' ');
  return fault('BAD_USER_INPUT', message, { argument: faults[0]?.argument, faults });
}

/** A rule's no: the code says why. */
export interface Refused<Code extends string = string> {
  refused: Code;
}

/** A refusal that the caller sees: `because` is a sentence. */
export interface Refusal<Code extends string = string> extends Refused<Code> {
  because: string;
}

/** What a rule decides: what happens, or why it does not. */
export type Decision<Decided, Code extends string> = Decided | Refusal<Code>;

export const isRefused = (answer: unknown): answer is Refused =>
  typeof answer === 'object' && answer !== null && 'refused' in answer;

/** Makes the refusals of a subgraph: each code has a usual sentence, which a more specific one may replace. */
export const refusals =
  <Code extends string>(sentences: Readonly<Record<Code, string>>) =>
  <C extends Code>(refused: C, because: string = sentences[refused]): Refusal<C> => ({ refused, because });

/** The resolvers of a type that implements the interface Refusal. */
export const refusalFields = {
  code: <Code extends string>({ refused }: Refused<Code>): Code => refused,
  message: ({ because }: Refusal): string => because,
};

/** The resolver of a union of a result and its refusal. */
export const either = <Result extends string, No extends string>(result: Result, refusal: No) => ({
  __resolveType: (answer: unknown): Result | No => (isRefused(answer) ? refusal : result),
});
