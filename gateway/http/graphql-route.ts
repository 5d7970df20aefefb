// GraphQL over HTTP: reads the parameters of a request on /graphql and passes the operation to Apollo Server.
import { HeaderMap } from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerOf } from '../authentication/identity.ts';
import { GRAPHQL } from '../errors/refusal.ts';
import type { AnswerParts } from '../execution/parts/later-parts.ts';
import type { GraphServer } from '../execution/graph-server.ts';
import { namesParts, sendParts } from './multipart.ts';

/**
 * Treats empty parameters as absent, as the specification requires, before they are read: `operationName`, `variables`,
 * `extensions` and `documentId` of a GET, and the names in the body of a POST.
 */
export function leaveOutEmptyParameters(scope: FastifyInstance): void {
  scope.addHook('preHandler', async (request) => {
    const { raw, body } = request;
    if (request.method === 'GET') raw.url = withoutEmpty(request.url);
    else if (isObject(body)) for (const name of NAMES) if (body[name] === '') Reflect.deleteProperty(body, name);
  });
}

const NAMES = ['operationName', 'documentId'] as const;
const OPTIONAL: ReadonlySet<string> = new Set([...NAMES, 'variables', 'extensions']);

function withoutEmpty(url: string): string {
  const given = [...searchIn(url)].filter(([name, value]) => value !== '' || !OPTIONAL.has(name));
  return `${GRAPHQL}?${new URLSearchParams(given).toString()}`;
}

/** The parameters of a URL, parsed as Apollo Server does. */
export const searchIn = (url: string): URLSearchParams => new URL(url, 'http://here').searchParams;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Serves GET and POST. The parameters are read from the path and the body alone: a Host header, even a forwarded one,
 * can be missing or have any value.
 */
export function serveOperations(scope: FastifyInstance, server: GraphServer): void {
  scope.route({
    method: ['GET', 'POST'],
    url: GRAPHQL,
    exposeHeadRoute: false,
    async handler(request, reply) {
      const parts: AnswerParts | undefined = namesParts(request.headers.accept) ? {} : undefined;
      const { status, headers, body } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: headersOf(request),
          search: request.url.includes('?') ? searchIn(request.url).toString() : '',
          body: request.body,
        },
        context: async () => ({ ...callerOf(request), ...(parts && { parts }) }),
      });
      reply.code(status ?? 200).headers(Object.fromEntries(headers));
      if (body.kind !== 'complete') throw new Error('Apollo Server answered in parts: the gateway writes them itself.');
      return parts?.rest ? sendParts(request, reply, body.string, parts.rest) : body.string;
    },
  });
}

/** Apollo Server knows no parts: a client that reads nothing else would get 406, after its operation was executed. */
const headersOf = ({ headers }: FastifyRequest): HeaderMap => {
  const { accept } = headers;
  const own = namesParts(accept) ? { ...headers, accept: `${String(accept)}, application/json;q=0.001` } : headers;
  return new HeaderMap(
    Object.entries(own).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const])),
  );
};
