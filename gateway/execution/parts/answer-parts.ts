// Answers in parts: which requests may have one, and what its later parts look like to a client.
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Log } from '../../../infra/logging/log.ts';
import type { GatewayContext } from '../../context.ts';
import { hasDefer } from '../../documents/defer.ts';
import type { CodesOf } from '../../errors/declared-codes.ts';
import { forClients, logFailures } from '../../errors/masking.ts';
import type { Execute, ExecutionRequest, LaterParts, Part } from '../executor.ts';
import type { Later } from './later-parts.ts';

export interface PartOptions {
  production: boolean;
  codesOf: CodesOf;
  /** Counts the errors of a part. */
  count: (errors: readonly GraphQLFormattedError[]) => void;
  log: Log;
}

/** Whether a request may be answered in parts: its document defers a fragment, and its client reads parts. */
export const mayHaveParts = ({ document, context }: ExecutionRequest): boolean =>
  (context as GatewayContext).parts !== undefined && hasDefer(document);

/**
 * Leaves the later parts of an answer in the request's context, where the route finds them: Apollo Server passes one
 * result on. Their errors are logged, counted and masked like those of the first part.
 */
export const leaveParts =
  (execute: Execute, options: PartOptions): Execute =>
  async (request) => {
    const { rest, ...result } = await execute(request);
    const context = request.context as GatewayContext;
    if (rest && context.parts) context.parts.rest = forReading(rest, context, options);
    return result;
  };

async function* forReading(
  rest: AsyncIterable<LaterParts>,
  context: GatewayContext,
  options: PartOptions,
): AsyncGenerator<Later> {
  try {
    for await (const { parts, hasNext } of rest) {
      const incremental = parts.map((part) => shown(part, context, options));
      const extensions = hasNext ? undefined : context.parts?.extensions?.();
      yield { incremental, hasNext, ...(extensions && { extensions }) };
    }
  } catch (error) {
    options.log.error('the parts of an answer ended early', { traceId: context.traceId, error });
    throw error;
  }
}

function shown(
  { path, label, data, errors }: Part,
  { traceId }: GatewayContext,
  { production, codesOf, count, log }: PartOptions,
): Later['incremental'][number] {
  logFailures(log, errors, { traceId, codesOf });
  const formatted = forClients(errors.map(formattedOf), { traceId, codesOf, hideSchema: production });
  count(formatted);
  return {
    path,
    ...(label !== undefined && { label }),
    data,
    ...(formatted.length > 0 && { errors: formatted }),
  };
}

/** As Apollo Server does it for a first part. */
const formattedOf = (error: GraphQLError): GraphQLFormattedError => {
  const { extensions, ...rest } = error.toJSON();
  return { ...rest, extensions: { code: 'INTERNAL_SERVER_ERROR', ...extensions } };
};
