// {name, typeDefs, resolvers} -> a served subgraph: one request path, whether it is called over HTTP or in process.
import { ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, Kind, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../infra/log.ts';
import { scalars } from '../schema/scalars.ts';

/** A room as the graph sees it. `context` is made anew for each request: its loaders batch within one request. */
export interface Subgraph {
  name: string;
  typeDefs: DocumentNode;
  resolvers: object;
  context: () => object;
}

/** A request or an answer on its way to or from a subgraph: HTTP without the socket. */
export interface SubgraphRequest {
  body: string;
  headers: Record<string, string>;
}
export interface SubgraphResponse {
  status: number;
  body: string;
  headers: Record<string, string>;
}

export interface ServedSubgraph {
  name: string;
  handle(request: SubgraphRequest): Promise<SubgraphResponse>;
  close(): Promise<void>;
}

/** A room's schema.graphql. */
export const readSdl = (dir: string): DocumentNode => parse(readFileSync(join(dir, 'schema.graphql'), 'utf8'));

/** Builds and starts a subgraph. */
export async function serve(subgraph: Subgraph, log: Log): Promise<ServedSubgraph> {
  const used = Object.entries(scalars).filter(([name]) =>
    subgraph.typeDefs.definitions.some((d) => d.kind === Kind.SCALAR_TYPE_DEFINITION && d.name.value === name),
  );
  const server = new ApolloServer({
    schema: buildSubgraphSchema([
      { typeDefs: subgraph.typeDefs, resolvers: { ...subgraph.resolvers, ...Object.fromEntries(used) } },
    ]),
    introspection: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: false, // no browser reaches a subgraph
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled()],
    logger: log,
    formatError(formatted, error) {
      const cause = (error as { originalError?: unknown } | undefined)?.originalError;
      if (formatted.extensions?.['code'] === 'INTERNAL_SERVER_ERROR') {
        log.error('a resolver failed', { subgraph: subgraph.name, path: formatted.path, error: cause ?? error });
      }
      return formatted;
    },
  });
  await server.start();

  return {
    name: subgraph.name,
    async handle({ body, headers }) {
      const request: HTTPGraphQLRequest = {
        method: 'POST',
        headers: new HeaderMap(Object.entries(headers)),
        search: '',
        body: JSON.parse(body) as unknown,
      };
      const response = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: request,
        context: async () => subgraph.context(),
      });
      return {
        status: response.status ?? 200,
        headers: Object.fromEntries(response.headers),
        body: response.body.kind === 'complete' ? response.body.string : '',
      };
    },
    close: () => server.stop(),
  };
}
