// How a request is turned away before GraphQL answers it: in the shape of every other error, with a code and its trace id.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../schema/errors.ts';
import { traceIdOf } from '../tracing.ts';

export interface Refusal {
  status: number;
  code: ErrorCode;
  message: string;
  /** In how many seconds to come again. */
  retryAfter?: number;
}

/** The refusal as an error of an answer. */
export const errorOf = ({ message, code, retryAfter }: Refusal, traceId?: string) => ({
  message,
  extensions: { code, ...(retryAfter !== undefined && { retryAfter }), ...(traceId !== undefined && { traceId }) },
});

/** Answers with the refusal, and nothing else is done for the request. */
export function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, retryAfter } = refusal;
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply.code(status).send({ errors: [errorOf(refusal, traceIdOf(request))] });
}
