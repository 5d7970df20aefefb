// The backend-for-frontend: an Apollo gateway behind Apollo Server on Fastify. It knows the supergraph, but no
// subgraph's code.
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Cache } from '../infra/cache/cache.ts';
import type { AllowedNetworks } from '../infra/http/allowed-networks.ts';
import { openServer } from '../infra/http/http-server.ts';
import type { Log } from '../infra/logging/log.ts';
import type { Metrics } from '../infra/metrics/metrics.ts';
import { DAY, SECOND } from '../schema/terms/durations.ts';
import { ACCOUNT } from '../schema/wire/browser-session.ts';
import type { SupergraphArtifact } from '../schema/wire/supergraph-artifact.ts';
import { openAccessTokens } from './authentication/access-token.ts';
import { askAccountService } from './authentication/account-service.ts';
import { type Doors, serveGraph, serveOperators, servePublicKeys } from './http/doors.ts';
import { answerHttpErrors } from './errors/http-errors.ts';
import { examples } from './routes/examples.ts';
import { serveExplorer } from './routes/explorer.ts';
import { startGraphServer } from './execution/graph-server.ts';
import type { Doorkeeper } from './authentication/identity.ts';
import { LARGEST_BODY, type Limits } from './limits/limits.ts';
import { openLiveSessions } from './authentication/live-sessions.ts';
import { openMeter } from './execution/metering.ts';
import { openOverload, type OverloadOptions } from './rate-limits/overload.ts';
import { openRateLimits } from './rate-limits/rate-limits.ts';
import type { RateLimits } from './rate-limits/rate-policies.ts';
import { sessionCookies } from './authentication/session-cookies.ts';
import { openSubgraphs, type Subgraphs } from './supergraph/subgraphs.ts';
import type { GraphParts } from './supergraph/graph.ts';
import type { ExecutorName } from './supergraph/load-executor.ts';
import type { ServedGraph } from './supergraph/served-graph.ts';
import { openStrangers } from './supergraph/strangers.ts';
import { takePushedDocuments } from './documents/take-pushed.ts';
import { REGISTRY } from '../schema/wire/registry-routes.ts';
import { openSupergraph, type RegistrySource } from './supergraph/supergraph.ts';
import { type DeclaredRoutes, serveSubgraphRoutes } from './routes/subgraph-routes.ts';
import { traceRequests } from './http/tracing.ts';
import type { UsageBatch } from './usage/usage-batch.ts';
import type { Trust } from './documents/trusted-documents.ts';

export interface GatewayOptions {
  /** The supergraph that is served while the registry has given no other. */
  artifact: SupergraphArtifact;
  /** Where the supergraph comes from; undefined if it is `artifact` and never changes. */
  registry: RegistrySource | undefined;
  subgraphs: Subgraphs;
  /** The addresses at which published subgraphs may be called. */
  mayCall: AllowedNetworks;
  /** The routes that subgraphs declare. */
  routes: readonly DeclaredRoutes[];
  /** State shared by all gateways: ended sessions, persisted queries, responses, rate limit buckets. */
  cache: Cache;
  now: () => Date;
  log: Log;
  /** Hides the schema and the explorer, and allows no cross-origin requests except from `corsOrigins`. */
  production: boolean;
  /** Trusted proxies, as comma-separated addresses or ranges, whose forwarded client address is used. */
  trustProxy: string | undefined;
  /** Origins allowed by CORS, besides the explorers outside production. */
  corsOrigins: readonly string[];
  /** Timeout of a request in ms. */
  requestTimeout: number;
  /** Limits on the size and cost of one request. */
  limits: Limits;
  /** Rate limits per address, account and client; none if undefined. */
  rates: RateLimits | undefined;
  /** Thresholds above which the gateway sheds requests. */
  overload: Omit<OverloadOptions, 'onShed'>;
  /** What executes operations. */
  executor: ExecutorName;
  /** Whether public responses are deduplicated and cached. */
  answers: boolean;
  /** Counts what clients use; undefined where no worker adds it up. */
  usage: UsageBatch | undefined;
  /** The trusted documents, and how other documents are treated. */
  trust: Trust;
  /** The folder into which documents are taken that teams pushed to the registry; undefined without one. */
  pushedInto?: string | undefined;
  /** The metrics to record. */
  metrics: Pick<Metrics, 'gateway' | 'requests'>;
  /** This process' internal server, on which operators reach /debug. */
  internal: FastifyInstance;
}

/** The gateway, ready to listen: /graphql, the public keys of its tokens, and the routes of its subgraphs. */
export async function createGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const { cache, metrics, now, production, requestTimeout } = options;
  const log = options.log.child({ service: 'gateway' });
  const upstreamOf = openSubgraphs({ ...options, log });
  const known = examples(now()).map(({ name }) => name);
  const meter = openMeter(metrics.gateway, known);
  const rates =
    options.rates && openRateLimits({ cache, limits: options.rates, now, log, onRefusal: metrics.gateway.rateLimited });
  const { watchConnections } = metrics.gateway;
  const strangers = openStrangers({ ...options, watchConnections, log });
  const parts: GraphParts = { ...options, upstreamOf, strangers, meter, log };
  const { served, follow } = await openSupergraph({ ...options, parts, documents: options.trust.documents });
  const server = await startGraphServer(served, { ...options, meter, rates, log });

  const accountService = askAccountService(upstreamOf(ACCOUNT));
  const tokens = openAccessTokens(accountService, now);
  const sessions = openLiveSessions(cache, accountService, log);
  const door: Doorkeeper = { tokens, sessions, cookies: sessionCookies(production), requestTimeout, log };

  const app = await openHttp(options, served, log);
  const shed = openOverload(app, { ...options.overload, onShed: metrics.gateway.shed });
  const doors: Doors = { app, door, shed, log };
  await serveGraph(doors, server, rates, options.trust);
  await serveOperators(options.internal, door);
  await app.register(async (scope) => {
    rates?.charge(scope, KEYS_COST);
    servePublicKeys(scope, tokens);
  });
  await serveSubgraphRoutes(app, options.routes, { upstreamOf, shed, rates, requestTimeout, log });
  app.addHook('onClose', () => server.stop()); // by then Fastify has answered all requests in flight
  app.addHook('preClose', follow());
  const { pushedInto: folder } = options;
  if (folder !== undefined)
    app.addHook('preClose', takePushedDocuments({ registry: upstreamOf(REGISTRY), folder, log }));
  return app;
}

const KEYS_COST = 1; // units on the bucket of the client's address; the keys are in memory

const EXPLORERS = [
  'https://studio.apollographql.com',
  'https://sandbox.apollo.dev',
  'https://explorer.apollographql.com',
];

const EXPOSED = ['retry-after', 'ratelimit', 'ratelimit-policy', 'www-authenticate']; // headers that scripts may read

const PREFLIGHT_HOLDS = 7200; // seconds; the longest that Chromium caches a preflight response
const HSTS = `max-age=${(365 * DAY) / SECOND}`; // subdomains are not ours to decide

/** Browsers must not guess the content type and, in production, must use HTTPS. */
const securityHeaders = (production: boolean): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  ...(production && { 'strict-transport-security': HSTS }),
});

/** The server and the hooks that all routes share. Tracing comes first, so that every refusal has a trace id. */
async function openHttp(options: GatewayOptions, served: ServedGraph, log: Log): Promise<FastifyInstance> {
  const { corsOrigins, metrics, now, production, trustProxy } = options;
  const app = openServer(LARGEST_BODY, trustProxy, undefined, securityHeaders(production));
  answerHttpErrors(app, log);
  traceRequests(app);
  metrics.requests(app);
  await app.register(compress);
  const origins = [...corsOrigins, ...(production ? [] : EXPLORERS)];
  if (origins.length)
    await app.register(cors, {
      origin: origins,
      credentials: true,
      exposedHeaders: EXPOSED,
      maxAge: PREFLIGHT_HOLDS,
      strictPreflight: false, // an OPTIONS request that is not a preflight need not be refused
    });
  if (!production) serveExplorer(app, now, served.current);
  await app.register(cookie);
  return app;
}
