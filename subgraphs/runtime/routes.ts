// Answers the routes that a subgraph declares beside its part of the graph.
import type { Log } from '../../infra/logging/log.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import { type Identity, isGateway } from '../../schema/wire/identity.ts';
import { paramsIn, ROUTE_HEADER, type SubgraphRoute } from '../../schema/wire/route.ts';
import type { SubgraphRequest, SubgraphResponse } from '../../schema/wire/subgraph-call.ts';

/** A request to a route, as the gateway forwarded it. */
export interface RouteRequest {
  /** The parameters of its path. */
  params: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  /** As the client sent it. */
  body: Buffer;
  identity: Identity;
  /** Aborted at the deadline, or when the client has disconnected: nothing more is needed. */
  signal: AbortSignal;
}

/** The response; one without a `body` is empty. */
export interface RouteResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export type RouteHandler = (request: RouteRequest) => Promise<RouteResponse>;

/** A declared route with its handler. */
export interface HandledRoute {
  route: SubgraphRoute;
  handle: RouteHandler;
}

/** A refusal in the shape of all other errors. */
export const refusal = (status: number, code: ErrorCode, message: string, { requestId }: Identity): RouteResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ errors: [{ message, extensions: { code, traceId: requestId } }] }),
});

/** A request that leads to a route, and the route. */
export interface RouteMatch extends HandledRoute {
  params: Readonly<Record<string, string>>;
}

/** The route that a request leads to; null if the subgraph has none. */
export function matched(routes: readonly HandledRoute[], { method, path }: SubgraphRequest): RouteMatch | null {
  for (const { route, handle } of routes) {
    const params = route.method === method ? paramsIn(route, path) : null;
    if (params) return { route, handle, params };
  }
  return null;
}

/**
 * The response of a route: 403 if the route is the gateway's own and the caller is a client, and 500 without a reason,
 * which is logged, if its handler fails.
 */
export async function respond(
  { route, handle, params }: RouteMatch,
  { headers, body }: SubgraphRequest,
  { identity, signal }: Pick<RouteRequest, 'identity' | 'signal'>,
  { log, onFailure }: { log: Log; onFailure: () => void },
): Promise<SubgraphResponse> {
  const respondWith = ({ status, headers, body = '' }: RouteResponse): SubgraphResponse => ({
    status,
    headers: { ...headers, [ROUTE_HEADER]: route.path },
    body,
  });
  if (!route.public && !isGateway(identity)) return respondWith({ status: 403 });
  try {
    return respondWith(await handle({ params, headers, body: Buffer.from(body), identity, signal }));
  } catch (error) {
    if (signal.aborted && error === signal.reason) throw error; // its caller has got an answer, or is gone
    onFailure();
    log.error('route failed', { traceId: identity.requestId, route: route.path, error });
    return respondWith({ status: 500 });
  }
}
