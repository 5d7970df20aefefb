// GraphQL over the supergraph: Apollo Server and its plugins.
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { Cache } from '../../infra/cache/cache.ts';
import type { Log } from '../../infra/logging/log.ts';
import { refuseUnstorable } from '../../schema/terms/storable-text.ts';
import { nameArguments } from '../errors/bad-values.ts';
import { sayHowLong } from '../http/cache-headers.ts';
import type { GatewayContext } from '../context.ts';
import { explain } from './explain.ts';
import { limitDocuments, limitOperations } from '../limits/enforcing.ts';
import { type Limits, STOP_AT_ERROR } from '../limits/limits.ts';
import { codesIn, type CodesOf } from '../errors/declared-codes.ts';
import { masking, traceErrors } from '../errors/masking.ts';
import type { Meter } from './metering.ts';
import { deferRules } from '../documents/defer.ts';
import { openDocumentStore } from '../documents/document-store.ts';
import { refuseUnknownOperations } from '../documents/operations.ts';
import { persistedQueries } from '../documents/persisted-queries.ts';
import type { RateGate } from '../rate-limits/rate-limits.ts';
import { quieter } from '../supergraph/load-executor.ts';
import type { ServedGraph } from '../supergraph/served-graph.ts';
import { countUsage } from '../usage/count-usage.ts';
import type { UsageBatch } from '../usage/usage-batch.ts';

export type GraphServer = ApolloServer<GatewayContext>;

interface GraphServerOptions {
  cache: Cache;
  production: boolean;
  limits: Limits;
  rates: RateGate | undefined;
  meter: Meter;
  usage: Pick<UsageBatch, 'count'> | undefined;
  log: Log;
}

/** Starts to run operations on the supergraph that is served. */
export async function startGraphServer(served: ServedGraph, options: GraphServerOptions): Promise<GraphServer> {
  const { cache, production, limits, log } = options;
  const codesOf = codesIn(() => served.current().artifact);
  const server = new ApolloServer<GatewayContext>({
    gateway: served.gateway,
    logger: quieter(log),
    persistedQueries: persistedQueries(cache, log),
    documentStore: openDocumentStore(),
    csrfPrevention: false, // authentication/identity.ts requires the header for requests with a session cookie
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    formatError: masking(production, codesOf),
    validationOptions: { maxErrors: STOP_AT_ERROR },
    parseOptions: { maxLexicalTokens: limits.tokens },
    validationRules: [limitDocuments(limits), ...deferRules],
    plugins: pluginsIn(served, codesOf, options),
    stopOnTerminationSignals: false, // infra/start.ts stops everything in order
  });
  await server.start();
  return server;
}

/**
 * At each step of an operation all plugins run, in this order. So an operation that is too large is refused before
 * other plugins read it; an error gets its code before it is classified as a server fault; and the errors of a response
 * are limited before it is explained, gets its cache headers, and is measured.
 */
const pluginsIn = (
  served: ServedGraph,
  codesOf: CodesOf,
  { production, limits, rates, meter, usage, log }: GraphServerOptions,
): ApolloServerPlugin<GatewayContext>[] => [
  served.plugin,
  limitOperations(limits, (schema) => served.of(schema).prices),
  refuseUnknownOperations(),
  refuseUnstorable(),
  nameArguments(),
  traceErrors(log, codesOf),
  ...(rates ? [rates.plugin] : []),
  explain({ production, costLimit: limits.cost }),
  sayHowLong(),
  meter.plugin,
  ...(usage ? [countUsage(usage)] : []),
  ApolloServerPluginCacheControlDisabled(), // it would allow caching of responses with personal data
  ApolloServerPluginLandingPageDisabled(),
];
