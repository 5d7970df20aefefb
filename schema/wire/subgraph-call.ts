// A call of a subgraph: an HTTP request without the socket, the same in process and over HTTP.

export interface SubgraphRequest {
  method: 'GET' | 'POST';
  /** Without a query string, which no call has. */
  path: string;
  body: string | Buffer;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Aborted when the caller has disconnected. */
  signal?: AbortSignal;
}

export interface SubgraphResponse {
  status: number;
  body: string | Buffer;
  headers: Record<string, string>;
}

/** Where a subgraph serves GraphQL. Every other path is a route that it declares. */
export const GRAPHQL_CALL = { method: 'POST', path: '/graphql' } as const satisfies Partial<SubgraphRequest>;

/** Whether the request is a GraphQL operation. */
export const isGraphql = ({ method, path }: Pick<SubgraphRequest, 'method' | 'path'>): boolean =>
  method === GRAPHQL_CALL.method && path === GRAPHQL_CALL.path;
