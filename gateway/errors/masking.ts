// What a client may see of an error: codes and messages on the list; of any other error only that it occurred.
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Log } from '../../infra/logging/log.ts';
import { type ErrorCode, isKnownCode } from '../../schema/errors.ts';
import type { GatewayContext } from '../context.ts';
import { MOST_ERRORS, MOST_PATHS } from '../limits/limits.ts';
import type { CodesOf } from './declared-codes.ts';

interface Extensions extends Record<string, unknown> {
  code?: unknown;
  /** The subgraph it came from. */
  serviceName?: string;
}

const extensionsOf = (error: { extensions?: unknown }) => (error.extensions ?? {}) as Extensions;

/** The codes of server faults, which the client cannot correct. */
export const OURS: ReadonlySet<unknown> = new Set<ErrorCode>([
  'INTERNAL_SERVER_ERROR',
  'DOWNSTREAM_ERROR',
  'DOWNSTREAM_TIMEOUT',
]);

/** Whether a client may read the error as it is. */
function isForClients({ code, serviceName }: Extensions, codesOf: CodesOf): boolean {
  // the gateway's own errors about a subgraph also have the subgraph's name
  const ofTheWay = code === 'DOWNSTREAM_ERROR' || code === 'DOWNSTREAM_TIMEOUT';
  const isDeclared = serviceName !== undefined && (codesOf(serviceName) as readonly unknown[]).includes(code);
  return code !== 'INTERNAL_SERVER_ERROR' && (ofTheWay || isDeclared || isKnownCode(code, serviceName !== undefined));
}

const shown = ['argument', 'faults', 'retryAfter'] as const; // kept besides code, service and trace id

/** GraphQL's message about a value that does not fit, without the value, which can be a password in the wrong field. */
function withoutValue(message: string): string {
  const [, variable, value = '', reason = ''] =
    /^(Variable "\$\w+") got invalid value (.*); ([^;]*)$/s.exec(message) ?? [];
  const where = / at "[\w.[\]]+"$/.exec(value)?.[0] ?? '';
  const shown = variable ? `${variable} got an invalid value${where}; ${reason}` : message;
  return shown
    .replace(/(cannot represent (?:a )?non[- ][^:]*): .*$/s, '$1')
    .replace(/^(.*Value ").{60,}(" does not exist in .*)$/s, '$1…$2');
}

/** Removes GraphQL's suggestions at the end of a message: with them a client can discover the schema. */
const withoutGuess = (message: string): string => message.replace(/ ?Did you mean [^?]*\?$/, '');

/** Replaces Apollo's refusal of introspection, which explains server configuration, by a message for clients. */
const ofThisGateway = (message: string): string =>
  message.startsWith('GraphQL introspection is not allowed')
    ? 'Introspection is off in production: take the schema from a gateway in development.'
    : message;

/** Formats errors for clients; `hideSchema` removes GraphQL's suggestions. */
export const masking =
  (hideSchema: boolean, codesOf: CodesOf) =>
  (error: GraphQLFormattedError): GraphQLFormattedError => {
    const masked = mask(error, codesOf);
    const message = ofThisGateway(masked.message);
    return withFaults({ ...masked, message: hideSchema ? withoutGuess(message) : message });
  };

function mask(error: GraphQLFormattedError, codesOf: CodesOf): GraphQLFormattedError {
  const { message, path, locations } = error;
  const { code, serviceName: service, ...rest } = extensionsOf(error);
  const readable = isForClients({ code, ...(service !== undefined && { serviceName: service }) }, codesOf);
  return {
    message: readable
      ? withoutValue(message)
      : service
        ? `The ${service} service failed.`
        : 'Something went wrong here.',
    ...(path && { path }),
    ...(locations && !service && { locations }),
    extensions: {
      code: readable ? code : service ? 'DOWNSTREAM_ERROR' : 'INTERNAL_SERVER_ERROR',
      ...(service !== undefined && { service }),
      ...Object.fromEntries(shown.filter((name) => name in rest).map((name) => [name, rest[name]])),
    },
  };
}

/**
 * Adds the list of faults to a refused argument, as subgraphs do: one fault, its message without the argument's name.
 */
function withFaults(error: GraphQLFormattedError): GraphQLFormattedError {
  const { code, argument, faults } = extensionsOf(error);
  if (code !== 'BAD_USER_INPUT' || typeof argument !== 'string' || faults) return error;
  const prefix = /^Variable "\$\w+" got an invalid value[^;]*; /.exec(error.message)?.[0] ?? `${argument}: `;
  const message = error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message;
  return { ...error, extensions: { ...error.extensions, faults: [{ argument, message }] } };
}

/**
 * Adds the trace id to each error of a response, copies retryAfter to the Retry-After header, merges equal refusals of
 * several services, and reports in `extensions.errorsLeftOut` how many errors exceeded the limit. Logs server faults
 * with the trace id.
 */
export function traceErrors(log: Log, codesOf: CodesOf): ApolloServerPlugin<GatewayContext> {
  return {
    async contextCreationDidFail({ error }) {
      log.error('a request failed before it was read', { error });
    },
    async unexpectedErrorProcessingRequest({ error }) {
      log.error('a request failed', { error });
    },
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue: { traceId } }) {
          logFailures(log, errors, { traceId, codesOf });
        },
        async willSendResponse({ response: { body }, contextValue: { traceId, client } }) {
          if (body.kind !== 'single' || !body.singleResult.errors) return;
          const { errors, leftOut } = bounded(body.singleResult.errors, traceId);
          if (leftOut > 0) {
            const { extensions } = body.singleResult;
            body.singleResult.extensions = { ...extensions, errorsLeftOut: leftOut };
          }
          const seconds = errors.map(({ extensions }) => Number(extensions?.['retryAfter'] ?? 0));
          if (Math.max(...seconds) > 0) client.retryAfter(String(Math.max(...seconds)));
          body.singleResult.errors = errors;
        },
      };
    },
  };
}

interface LogOptions {
  traceId: string;
  codesOf: CodesOf;
}

/** Logs server faults with the trace id. */
export function logFailures(log: Log, errors: readonly GraphQLError[], { traceId, codesOf }: LogOptions): void {
  const logged = new Set<Error>(); // the failure of a service is one, at however many fields it shows
  for (const error of errors) {
    const failure = error.originalError ?? error;
    if (logged.has(failure)) continue;
    logged.add(failure);
    const { code, serviceName: from } = extensionsOf(error);
    if (isForClients(extensionsOf(error), codesOf) && code !== 'DOWNSTREAM_ERROR') continue;
    const because = reasonsOf(error.cause);
    const fields = { traceId, from, path: error.path, ...(because && { because }) };
    log.error('a request failed', { ...fields, error: failure });
  }
}

/** The errors of a later part of an answer, as they are in a first part: masked, bounded and with the trace id. */
export const forClients = (
  errors: readonly GraphQLFormattedError[],
  { traceId, codesOf, hideSchema }: LogOptions & { hideSchema: boolean },
): GraphQLFormattedError[] => bounded(errors.map(masking(hideSchema, codesOf)), traceId).errors;

/** The errors without duplicates and within their limits, and how many those limits leave out. */
function bounded(masked: readonly GraphQLFormattedError[], traceId: string) {
  const all = once(masked);
  const within = withinBounds(all);
  const errors = within.map(({ extensions, ...error }): GraphQLFormattedError => ({
    ...error,
    extensions: { ...extensions, traceId },
  }));
  return { errors, leftOut: all.length - errors.length };
}

/** The chain of causes, outermost first: why a service did not answer. */
function reasonsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  const { code } = cause as { code?: unknown };
  const said = typeof code === 'string' ? code : cause.message; // network error messages contain host names
  return [said, reasonsOf(cause.cause)].filter(Boolean).join(': ');
}

/**
 * Limits the number of errors: the first five that the client has to correct; for each failed service one for every
 * null field, as clients would take a null without an error for a value.
 */
function withinBounds(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const told = new Map<unknown, number>();
  return errors.filter(({ extensions: { code, service } = {} }) => {
    const isOurs = service !== undefined && OURS.has(code);
    const whose = isOurs ? service : null;
    const count = (told.get(whose) ?? 0) + 1;
    told.set(whose, count);
    return count <= (isOurs ? MOST_PATHS : MOST_ERRORS);
  });
}

/**
 * Removes duplicate errors. Failures of one service at the same field count as equal, whichever of its fetches failed.
 */
function once(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const toldBy = ({ message, path, extensions: { code, service } = {} }: GraphQLFormattedError) =>
    JSON.stringify(path && service !== undefined && OURS.has(code) ? [service, path] : [message, path, code]);
  return [...new Map(errors.map((error) => [toldBy(error), error])).values()];
}
