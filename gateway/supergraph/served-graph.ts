// The graph that is served, as Apollo Server sees it: one gateway whose schema changes. A request finishes on the graph
// that it was parsed and validated with; a graph is dropped when its last request has ended.
import type { ApolloServerOptionsWithGateway, ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { Log } from '../../infra/logging/log.ts';
import { SECOND } from '../../schema/terms/durations.ts';
import { present } from '../../schema/values/present.ts';
import type { GatewayContext } from '../context.ts';
import type { Execute, ExecutionRequest } from '../execution/executor.ts';
import type { Later } from '../execution/parts/later-parts.ts';
import type { Graph } from './graph.ts';

type GatewayInterface = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];
type SchemaListener = Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0];

export interface ServedGraph {
  /** What Apollo Server calls. */
  gateway: GatewayInterface;
  /** Counts the requests of each graph, from their parsing on. */
  plugin: ApolloServerPlugin<GatewayContext>;
  /** The graph that new requests get. */
  current: () => Graph;
  /** The graph with this schema, which may be one from before. */
  of: (schema: GraphQLSchema) => Graph;
  /** Calls `note` with each operation that is executed, before it is. */
  onExecution: (note: (request: ExecutionRequest) => void) => void;
  /** Serves another graph from now on. Throws if Apollo Server refuses its schema: then this one stays. */
  serve: (next: Graph) => void;
}

/** A graph, and who still uses it. */
interface Tenure {
  graph: Graph;
  users: number;
  /** Set once another graph is served: closes this one though it has users. */
  overdue?: NodeJS.Timeout;
}

const GRACE = SECOND; // after the deadline of the last request, which ends its calls

/** Serves this graph; `requestTimeout` is the longest that a request uses one, in ms. */
export function openServedGraph(first: Graph, requestTimeout: number, log: Log): ServedGraph {
  const tenures = new WeakMap<GraphQLSchema, Tenure>();
  const retired = new Set<Tenure>();
  const listeners = new Set<SchemaListener>();
  const notes = new Set<(request: ExecutionRequest) => void>();
  let current = begin(first);

  function begin(graph: Graph): Tenure {
    const tenure = { graph, users: 0 };
    tenures.set(graph.schema, tenure);
    return tenure;
  }

  const tenureOf = (schema: GraphQLSchema): Tenure =>
    present(tenures.get(schema), 'A request has a schema that was never served.');

  /** Notes a user of the graph; the returned function ends the use, once. */
  function use(schema: GraphQLSchema): () => void {
    const tenure = tenureOf(schema);
    tenure.users++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      tenure.users--;
      if (tenure.users === 0 && tenure.overdue) void drop(tenure);
    };
  }

  function retire(tenure: Tenure): void {
    retired.add(tenure);
    tenure.overdue = setTimeout(() => void drop(tenure), requestTimeout + GRACE).unref();
    if (tenure.users === 0) void drop(tenure);
  }

  async function drop(tenure: Tenure): Promise<void> {
    clearTimeout(tenure.overdue);
    if (!retired.delete(tenure)) return;
    await tenure.graph.close().catch((error: unknown) => log.warn('closing a supergraph failed', { error }));
  }

  const announce = ({ schema: apiSchema, artifact }: Graph, to: Iterable<SchemaListener>): void => {
    for (const listener of to) listener({ apiSchema, coreSupergraphSdl: artifact.supergraphSdl });
  };

  const execute: Execute = async (request) => {
    const end = use(request.schema);
    for (const note of notes) note(request);
    try {
      const result = await tenureOf(request.schema).graph.execute(request);
      const { parts } = request.context as GatewayContext;
      if (parts?.rest) parts.rest = ending(parts.rest, end);
      else end();
      return result;
    } catch (error) {
      end();
      throw error;
    }
  };

  return {
    gateway: {
      async load() {
        announce(current.graph, listeners);
        return { executor: execute };
      },
      onSchemaLoadOrUpdate(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      async stop() {
        retire(current);
        await Promise.all([...retired].map(drop));
      },
    },
    plugin: countRequests(use),
    current: () => current.graph,
    onExecution: (note) => void notes.add(note),
    of: (schema) => tenureOf(schema).graph,
    serve(next) {
      const tenure = begin(next);
      announce(next, listeners); // from here on Apollo Server gives new requests this schema
      retire(current);
      current = tenure;
    },
  };
}

/** Notes each request as a user of its schema: Apollo Server decides for it when the request begins. */
function countRequests(use: (schema: GraphQLSchema) => () => void): ApolloServerPlugin<GatewayContext> {
  const ends = new WeakMap<object, () => void>();
  return {
    async requestDidStart(request) {
      const end = use(request.schema);
      ends.set(request, end);
      return { willSendResponse: async () => end() };
    },
    async unexpectedErrorProcessingRequest({ requestContext }) {
      ends.get(requestContext)?.();
    },
  };
}

/** The same later parts; calls `end` after the last one, or when the client reads no more. */
async function* ending(rest: AsyncIterable<Later>, end: () => void): AsyncGenerator<Later> {
  try {
    yield* rest;
  } finally {
    end();
  }
}
