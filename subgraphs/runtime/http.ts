// Serves a subgraph over HTTP: GraphQL, and the routes that it declares.
import type { FastifyInstance } from 'fastify';
import { whenGone } from '../../infra/http/http-server.ts';
import { GRAPHQL_CALL } from '../../schema/wire/subgraph-call.ts';
import type { ServedSubgraph } from './serve.ts';

/** Bodies stay unparsed, whatever their content type: the subgraph authenticates its caller before it reads them. */
export function serveOverHttp(
  app: FastifyInstance,
  { routes, handle }: Pick<ServedSubgraph, 'routes' | 'handle'>,
  largestQuery: number,
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const { method, path, largestBody } of [{ ...GRAPHQL_CALL, largestBody: largestQuery }, ...routes]) {
    app.route<{ Body: Buffer | undefined }>({
      ...{ method, url: path, exposeHeadRoute: false },
      ...(largestBody > 0 && { bodyLimit: largestBody }),
      async handler(request, reply) {
        const { body = '', url } = request;
        const headers = request.headers as Record<string, string>;
        const answer = await handle({ method, path: url, body, headers, signal: whenGone(reply) });
        reply.code(answer.status).headers(answer.headers);
        return answer.body.length ? reply.send(answer.body) : reply.send();
      },
    });
  }
}
