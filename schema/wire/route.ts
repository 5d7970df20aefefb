// HTTP routes that a subgraph declares beside its part of the graph. The gateway serves the public ones to clients and
// forwards their requests; the others it calls itself.

export interface SubgraphRoute {
  method: 'GET' | 'POST';
  /** As `/tickets/:address`: a segment with a colon is a parameter. */
  path: string;
  /** Bytes of a request's body; a larger one is 413. 0 for a GET, which has none. */
  largestBody: number;
  /** How the gateway serves it to clients; null if only the gateway itself may call it. */
  public: PublicRoute | null;
}

export interface PublicRoute {
  /** The client's headers that reach the subgraph. No others do. */
  requestHeaders: readonly string[];
  /** The subgraph's headers that reach the client. No others do. */
  responseHeaders: readonly string[];
  /** Headers of every response to the client, including refusals. */
  fixedHeaders: Readonly<Record<string, string>>;
  /** The charge on the bucket of the client's address, in units of cost. */
  cost: number;
  /** The multiple of the overload limits at which requests are shed. */
  shedAt: number;
  /** The 503 while the subgraph does not answer: its message, and after how many seconds to retry. */
  unavailable: { message: string; retryAfter?: number };
}

/** The routes of a subgraph by name. */
export type SubgraphRoutes = Readonly<Record<string, SubgraphRoute>>;

/**
 * Set by a subgraph on the response of a route: the route's path. A response without it is not the route's own, whatever
 * its status: the subgraph refused the call, or is of a release without the route.
 */
export const ROUTE_HEADER = 'x-fareloom-route';

type Params = Readonly<Record<string, string>>;

/** The path of a request to a route. */
export const pathTo = ({ path }: SubgraphRoute, params: Params): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

/** The parameters in a path that `pathTo` wrote; null if it leads to another route. */
export function paramsIn({ path }: SubgraphRoute, given: string): Params | null {
  const [segments, parts] = [path.split('/'), given.split('/')];
  if (segments.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    if (segment.startsWith(':')) params[segment.slice(1)] = decodeURIComponent(parts[i]!);
    else if (segment !== parts[i]) return null;
  }
  return params;
}

/** Headers of one connection (RFC 9110, section 7.6.1), of its framing, and of credentials, which end at the gateway. */
const UNPASSED = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['host', 'content-length', 'expect', 'proxy-authenticate', 'proxy-authorization'],
  ...['authorization', 'cookie', 'set-cookie', 'traceparent', 'tracestate', 'baggage'],
]);

/** Throws an Error that names the headers which a route must not let pass. */
export function checkHeaders({ method, path, public: served }: SubgraphRoute): void {
  const names = [...(served?.requestHeaders ?? []), ...(served?.responseHeaders ?? [])];
  const wrong = names.filter((name) => UNPASSED.has(name) || name.startsWith('x-fareloom-') || /[^a-z0-9-]/.test(name));
  if (wrong.length)
    throw new Error(`The route ${method} ${path} must not let these headers pass: ${wrong.join(', ')}.`);
}
