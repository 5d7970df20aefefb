// The public routes that subgraphs declare: a request is forwarded unread, and its response passed on untouched.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { deadlineIn } from '../../infra/http/deadline.ts';
import { whenGone } from '../../infra/http/http-server.ts';
import type { Log } from '../../infra/logging/log.ts';
import { anonymous } from '../../schema/wire/identity.ts';
import { checkHeaders, type PublicRoute, type SubgraphRoute } from '../../schema/wire/route.ts';
import { refuse } from '../errors/refusal.ts';
import { clientAddress } from '../http/client-address.ts';
import { requestTraceId } from '../http/tracing.ts';
import type { Shed } from '../rate-limits/overload.ts';
import type { RateGate } from '../rate-limits/rate-limits.ts';
import { forward } from '../subgraph-client/forward.ts';
import type { Upstream } from '../subgraph-client/upstream.ts';

/** The declared routes of one subgraph. */
export interface DeclaredRoutes {
  subgraph: string;
  routes: readonly SubgraphRoute[];
}

interface Forwarding {
  upstreamOf: (name: string) => Upstream;
  shed: Shed;
  rates: RateGate | undefined;
  /** Timeout of a request, in ms. */
  requestTimeout: number;
  log: Log;
}

/**
 * Serves the public routes among these. Clients are anonymous there: neither their credentials nor any header that the
 * route does not name reaches the subgraph. Throws an Error if a route names a header that must not pass.
 */
export async function serveSubgraphRoutes(
  app: FastifyInstance,
  declared: readonly DeclaredRoutes[],
  forwarding: Forwarding,
): Promise<void> {
  const { upstreamOf, shed, rates } = forwarding;
  for (const { subgraph, routes } of declared) {
    for (const route of routes) {
      const { public: served, method, path, largestBody } = route;
      checkHeaders(route);
      if (!served) continue;
      await app.register(async (scope) => {
        scope.addHook('onRequest', async (_request, reply) => void reply.headers(served.fixedHeaders)); // refusals, too
        shed(scope, served.shedAt);
        rates?.charge(scope, served.cost);
        scope.addHook('onRequest', refuseCompressed);
        scope.removeAllContentTypeParsers(); // a body passes as it was sent
        scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
        const handler = forwardTo(upstreamOf(subgraph), route, served, forwarding);
        scope.route({ method, url: path, ...(largestBody > 0 && { bodyLimit: largestBody }), handler });
      });
    }
  }
}

/** A signature covers the body as it was sent, so nothing on the way may decompress it. */
async function refuseCompressed(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const { 'content-encoding': encoding = 'identity' } = request.headers;
  if (encoding.toLowerCase() === 'identity') return undefined;
  reply.header('accept-encoding', 'identity');
  const message = `This route does not take a body with the content encoding ${encoding}: send it uncompressed.`;
  return refuse(request, reply, { status: 415, code: 'BAD_REQUEST', message });
}

function forwardTo(
  subgraph: Upstream,
  route: SubgraphRoute,
  { requestHeaders, responseHeaders, unavailable }: PublicRoute,
  { requestTimeout, log }: Forwarding,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const traceId = requestTraceId(request);
    let answer: string | Buffer;
    try {
      const { status, headers, body } = await forward(subgraph, route, {
        who: anonymous(traceId, clientAddress(request)),
        params: request.params as Record<string, string>,
        headers: some(request.headers, requestHeaders),
        body: (request.body as Buffer | undefined) ?? '',
        deadline: deadlineIn(requestTimeout, whenGone(reply)),
      });
      reply.code(status).headers(some(headers, responseHeaders));
      answer = body;
    } catch (error) {
      log.error('forwarding a request failed', { subgraph: subgraph.name, route: route.path, traceId, error });
      return refuse(request, reply, { status: 503, code: 'UNAVAILABLE', ...unavailable });
    }
    return answer.length ? reply.send(answer) : reply.send();
  };
}

/** Those of the headers that are named. */
const some = (headers: FastifyRequest['headers'], names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])));
