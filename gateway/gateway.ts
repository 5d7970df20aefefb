// The backend-for-frontend: an Apollo gateway behind Apollo Server on Fastify. It knows the supergraph, never a room's code.
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Cache } from '../infra/cache/cache.ts';
import { openServer } from '../infra/http/http-server.ts';
import type { Log } from '../infra/logging/log.ts';
import type { Metrics } from '../infra/metrics/metrics.ts';
import { ACCOUNT_ROOM } from '../schema/wire/browser-session.ts';
import { openAccessTokens } from './authentication/access-token.ts';
import { askAccountRoom } from './authentication/account-room.ts';
import { type Doors, serveGraph, serveInside, servePublicKeys } from './http/doors.ts';
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
import { openSupergraph } from './supergraph/supergraph.ts';
import { ORDER_ROOM, serveTickets } from './routes/tickets.ts';
import { traceRequests } from './http/tracing.ts';
import type { Trust } from './documents/trusted-documents.ts';
import { PAYMENT_ROOM, serveWebhooks } from './routes/webhooks.ts';

export interface GatewayOptions {
  /** The composed SDL. */
  supergraphSdl: string;
  subgraphs: Subgraphs;
  /** What gateways share: ended sessions, persisted queries, answers, buckets of rate limits. */
  cache: Cache;
  now: () => Date;
  log: Log;
  /** Hides the schema and the explorer, and answers browsers of no other origin. */
  production: boolean;
  /** The proxies, as addresses or ranges by comma, whose word on the client's address is taken; nobody's unless given. */
  trustProxy?: string | undefined;
  /** The origins whose pages may ask, besides explorers outside production. */
  corsOrigins?: readonly string[];
  /** How long a request may take, in ms; as long as the subgraphs that it needs unless given. */
  requestTimeout?: number;

  // each of these can be left out, and nothing of it is done then

  /** What one request may ask for. */
  limits?: Limits;
  /** How much who may ask for. */
  rates?: RateLimits | undefined;
  /** Beyond what the gateway says at once that it cannot. */
  overload?: Omit<OverloadOptions, 'onShed'>;
  /** Whether public answers are shared and kept. */
  answers?: boolean;
  /** The trusted documents, and what becomes of others. */
  trust?: Trust;
  /** What is counted, and where. */
  metrics?: Pick<Metrics, 'gateway' | 'requests'>;
  /** This process' server that is closed to the world: there operators look inside. */
  internal?: FastifyInstance;
}

/** The gateway, ready to listen: /graphql, the public keys of its tokens, tickets' documents, and the door for webhooks. */
export async function createGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const { cache, metrics, now, production, requestTimeout = Infinity } = options;
  const log = options.log.child({ service: 'gateway' });
  const upstreamOf = openSubgraphs({ ...options, log });
  const known = examples(now()).map(({ name }) => name);
  const meter = metrics && openMeter(metrics.gateway, known);
  const rates =
    options.rates &&
    openRateLimits({ cache, limits: options.rates, now, log, onRefusal: metrics?.gateway.rateLimited });
  const supergraph = openSupergraph({ ...options, upstreamOf, meter, log });
  const server = await startGraphServer(supergraph, { ...options, meter, rates, log });

  const accountRoom = askAccountRoom(upstreamOf(ACCOUNT_ROOM));
  const tokens = openAccessTokens(accountRoom, now);
  const sessions = openLiveSessions(cache, accountRoom, log);
  const door: Doorkeeper = { tokens, sessions, cookies: sessionCookies(production), requestTimeout, log };

  const app = await openHttp(options, log);
  const shed = options.overload && openOverload(app, { ...options.overload, onShed: metrics?.gateway.shed });
  const doors: Doors = { app, door, shed, log };
  await serveGraph(doors, server, rates, options.trust);
  await serveInside(options.internal, door);
  await app.register(async (scope) => {
    rates?.charge(scope, KEYS_COST);
    servePublicKeys(scope, tokens);
  });
  await app.register(async (scope) => {
    shed?.(scope);
    rates?.charge(scope, TICKET_COSTS);
    serveTickets(scope, upstreamOf(ORDER_ROOM), log);
  });
  await app.register(async (scope) => {
    shed?.(scope, 2); // money that has moved is heard of while searches are shed
    rates?.charge(scope, WEBHOOK_COSTS);
    serveWebhooks(scope, upstreamOf(PAYMENT_ROOM), log);
  });
  app.addHook('onClose', () => server.stop()); // Fastify has answered all requests in flight by then
  return app;
}

// what a request without an operation is charged on the bucket of its address, in units of cost
const KEYS_COST = 1; // they are in memory
const TICKET_COSTS = 1000; // drawing a PDF takes about as long as a fourth of the largest page
const WEBHOOK_COSTS = 100; // a provider may send 200 a second for good

const EXPLORERS = [
  'https://studio.apollographql.com',
  'https://sandbox.apollo.dev',
  'https://explorer.apollographql.com',
];

const EXPOSED = ['retry-after', 'ratelimit', 'ratelimit-policy', 'www-authenticate']; // what a page's script may read

const PREFLIGHT_HOLDS = 7200; // seconds; the longest that Chromium keeps one
const HSTS = `max-age=${365 * 24 * 3600}`; // subdomains are not ours to decide

/** Browsers take an answer for no other type than it names and, in production, come back by HTTPS alone. */
const securityHeaders = (production: boolean): Record<string, string> => ({
  'x-content-type-options': 'nosniff',
  ...(production && { 'strict-transport-security': HSTS }),
});

/** What every request goes through, whatever it asks for; traced before all else, so that whoever refuses it can say so. */
async function openHttp(options: GatewayOptions, log: Log): Promise<FastifyInstance> {
  const { corsOrigins = [], metrics, now, production, trustProxy = false } = options;
  const app = openServer(LARGEST_BODY, trustProxy, undefined, securityHeaders(production));
  answerHttpErrors(app, log);
  traceRequests(app);
  metrics?.requests(app);
  await app.register(compress);
  const origins = [...corsOrigins, ...(production ? [] : EXPLORERS)];
  if (origins.length)
    await app.register(cors, {
      origin: origins,
      credentials: true,
      exposedHeaders: EXPOSED,
      maxAge: PREFLIGHT_HOLDS,
      strictPreflight: false, // an OPTIONS request that is no preflight is not worth a refusal
    });
  if (!production) serveExplorer(app, now);
  await app.register(cookie);
  return app;
}
