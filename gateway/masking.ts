// What a client may see of an error: codes and messages on the list; of anything else only that it happened.
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { randomBytes } from 'node:crypto';
import type { Log } from '../infra/log.ts';
import { type ErrorCode, errorCodes } from '../schema/errors.ts';
import type { GatewayContext } from './context.ts';

/** The trace id of a request. */
export const traceIdOf = (traceparent: unknown): string =>
  /^00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(traceparent))?.[1] ??
  randomBytes(16).toString('hex');

interface Extensions extends Record<string, unknown> {
  code?: unknown;
  /** The subgraph it came from. */
  serviceName?: string;
}

const shown = ['argument', 'faults'] as const; // what may follow a code besides the service and the trace id

/** GraphQL's message about a value that does not fit, without the value: it can be a password in the wrong place. */
function withoutValue(message: string): string {
  const [, variable, value, reason] = /^(Variable "\$\w+") got invalid value (.*); ([^;]*)$/s.exec(message) ?? [];
  const where = / at "[\w.[\]]+"$/.exec(value ?? '')?.[0] ?? '';
  const shown = variable ? `${variable} got an invalid value${where}; ${reason}` : message;
  return shown.replace(/(cannot represent a non string value): .*$/s, '$1');
}

/** An error as a client may see it; the original goes to the log where it is ours to mend. */
export const mask =
  (log: Log) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { code, serviceName: service, ...rest } = (formatted.extensions ?? {}) as Extensions;
    const known = errorCodes.includes(code as ErrorCode) && code !== 'INTERNAL_SERVER_ERROR';
    if (!known || code === 'DOWNSTREAM_ERROR')
      log.error('a request failed', { service: 'gateway', from: service, error });
    const { path, locations } = formatted;
    return {
      message: known
        ? withoutValue(formatted.message)
        : service
          ? `The ${service} service failed.`
          : 'Something went wrong here.',
      ...(path && { path }),
      ...(locations && !service && { locations }),
      extensions: {
        code: known ? code : service ? 'DOWNSTREAM_ERROR' : 'INTERNAL_SERVER_ERROR',
        ...(service !== undefined && { service }),
        ...Object.fromEntries(shown.filter((name) => name in rest).map((name) => [name, rest[name]])),
      },
    };
  };

/** Adds the trace id to each error, and says once what several services refused for the same reason. */
export const traceErrors: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, contextValue: { traceId } }) {
        if (response.body.kind !== 'single' || !response.body.singleResult.errors) return;
        const { singleResult } = response.body;
        const byContent = new Map(
          singleResult.errors!.map((error) => [
            JSON.stringify([error.message, error.path, error.extensions?.['code']]),
            error,
          ]),
        );
        singleResult.errors = [...byContent.values()].map(({ extensions, ...error }) => ({
          ...error,
          extensions: { ...extensions, traceId },
        }));
      },
    };
  },
};
