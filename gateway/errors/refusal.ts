// How a request is refused before GraphQL execution: in the same shape as all other errors, with a code and its trace
// id.
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { ErrorCode } from '../../schema/errors.ts';
import { requestTraceId } from '../http/tracing.ts';

export interface HttpRefusal {
  status: number;
  code: ErrorCode;
  message: string;
  /** Seconds after which the client may retry. */
  retryAfter?: number;
}

/** The path of the GraphQL endpoint. */
export const GRAPHQL = '/graphql';

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';

/** The refusal as a GraphQL error. */
export const errorOf = ({ message, code, retryAfter }: HttpRefusal, traceId?: string) => ({
  message,
  extensions: { code, ...(retryAfter !== undefined && { retryAfter }), ...(traceId !== undefined && { traceId }) },
});

/** Answers with the refusal and ends the request. */
export function refuse(request: FastifyRequest, reply: FastifyReply, refusal: HttpRefusal): FastifyReply {
  const { status, retryAfter } = refusal;
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply
    .code(status)
    .type(mediaTypeFor(request))
    .send({ errors: [errorOf(refusal, requestTraceId(request))] });
}

/**
 * The media type of a refusal. On /graphql it is negotiated as in Apollo Server: clients read the errors of a 4xx or
 * 5xx only in the GraphQL media type, as plain JSON with such a status may come from any proxy.
 */
function mediaTypeFor({ url, headers }: FastifyRequest): string {
  if (url.split('?')[0] !== GRAPHQL || !headers.accept) return JSON_TYPE;
  return new Negotiator({ headers }).mediaType([JSON_TYPE, GRAPHQL_TYPE]) ?? JSON_TYPE;
}
