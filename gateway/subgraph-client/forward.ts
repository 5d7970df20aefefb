// Calls a route that a subgraph declares.
import { pathTo, ROUTE_HEADER, type SubgraphRoute } from '../../schema/wire/route.ts';
import type { SubgraphResponse } from '../../schema/wire/subgraph-call.ts';
import { type Asked, callSubgraph, type Upstream } from './upstream.ts';

/** A request to a route. */
export interface RouteCall extends Pick<Asked, 'who' | 'headers' | 'body' | 'deadline'> {
  params: Readonly<Record<string, string>>;
}

/**
 * The route's own response. Rejects as callSubgraph does, and also if the route failed: that says nothing about the
 * subgraph's other work, so it does not count for the circuit breaker.
 */
export async function forward(
  subgraph: Upstream,
  route: SubgraphRoute,
  { params, ...call }: RouteCall,
): Promise<SubgraphResponse> {
  const asked = { ...call, method: route.method, path: pathTo(route, params), signedHeaders: {} };
  const response = await callSubgraph(subgraph, asked, (received) => {
    if (received.headers[ROUTE_HEADER] !== route.path) throw new Error(`status ${received.status}, not of the route`);
    return received;
  });
  if (response.status >= 500) throw new Error(`the route ${route.path} of the ${subgraph.name} service failed`);
  return response;
}
