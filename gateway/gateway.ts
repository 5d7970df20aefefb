// The backend-for-frontend: an Apollo gateway behind Apollo Server on Fastify. It knows the supergraph, never a room's code.
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import fastifyApollo from '@as-integrations/fastify';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { serveDebug } from '../infra/debug-server.ts';
import { openServer } from '../infra/http-server.ts';
import type { Cache } from '../infra/cache.ts';
import type { Log } from '../infra/log.ts';
import type { Metrics } from '../infra/metrics/metrics.ts';
import { KEYS_ARE_READ_EVERY } from '../schema/access-token.ts';
import { ACCOUNT_ROOM } from '../schema/browser-session.ts';
import { type Keys, keysFor } from '../schema/internal-identity.ts';
import { checkValues } from '../schema/scalars.ts';
import { refuseUnstorable } from '../schema/storable-text.ts';
import { type AccessTokens, openAccessTokens } from './access-token.ts';
import { askAccountRoom } from './account-room.ts';
import { certainFields } from './answer.ts';
import { shareAnswers } from './answers.ts';
import { nameArguments, refuseBadVariables } from './bad-values.ts';
import { type Bounds, openBulkhead, unbounded } from './bulkhead.ts';
import { sayHowLong, serveValidators } from './cache-headers.ts';
import type { GatewayContext } from './context.ts';
import { examples } from './examples.ts';
import { explain, notePlan } from './explain.ts';
import { serveExplorer } from './explorer.ts';
import { answerHttpErrors } from './http-errors.ts';
import { type Doorkeeper, identify } from './identity.ts';
import { openLiveSessions } from './live-sessions.ts';
import { masking, traceErrors } from './masking.ts';
import { limitDocuments, limitOperations } from './limits/enforcing.ts';
import { LARGEST_BODY, type Limits, MOST_ERRORS, PLANS } from './limits/limits.ts';
import { type Prices, readPrices } from './limits/prices.ts';
import { openMeter } from './metering.ts';
import { refuseUnknownOperations } from './operations.ts';
import { onlyOperators } from './operators.ts';
import { openOverload, type OverloadOptions } from './overload.ts';
import { persistedQueries } from './persisted-queries.ts';
import { openRateLimits } from './rate-limits.ts';
import type { RateLimits } from './rate-policies.ts';
import { sessionCookies } from './session-cookies.ts';
import { ORDER_ROOM, serveTickets } from './tickets.ts';
import { traceRequests } from './tracing.ts';
import { runTrustedDocuments, type Trust } from './trusted-documents.ts';
import { type Call, upstream, type Upstream } from './upstream.ts';
import { PAYMENT_ROOM, serveWebhooks } from './webhooks.ts';

export interface GatewayOptions {
  /** The composed SDL. */
  supergraphSdl: string;
  /** How each subgraph is called, by name. One that is missing answers DOWNSTREAM_ERROR. */
  subgraphs: Readonly<Record<string, Call>>;
  /** The master keys, from which come those that each subgraph is spoken to with. */
  internalKeys: Keys;
  /** Where the account room says which sessions have ended. */
  cache: Cache;
  /** Whether public answers are shared and kept; unless so, every question is asked. */
  answers?: boolean;
  /** The trusted documents; without them none is known by its id but those that clients sent before. */
  trust?: Trust;
  /** How long a request may take, in ms; as long as the subgraphs that it needs unless given. */
  requestTimeout?: number;
  /** How long each subgraph may take, in ms, by name; as long as the request unless given. */
  timeouts?: Readonly<Record<string, number>>;
  /** What each subgraph may take of the gateway; all of it unless given. */
  bounds?: Bounds | undefined;
  /** Hides the schema and the explorer, and answers browsers of no other origin. */
  production: boolean;
  /** The proxies, as addresses or ranges by comma, whose word on the client's address is taken; false takes nobody's. */
  trustProxy: string | false;
  /** What one request may ask for; anything unless given. */
  limits?: Limits;
  /** The origins whose pages may ask, besides explorers outside production. */
  corsOrigins?: readonly string[];
  /** How much who may ask for; no limits unless given. */
  rates?: RateLimits | undefined;
  /** Beyond what the gateway says at once that it cannot; takes in everything unless given. */
  overload?: Omit<OverloadOptions, 'onShed'> | undefined;
  now: () => Date;
  log: Log;
  /** What is counted, and where; nothing without it. */
  metrics?: Pick<Metrics, 'gateway' | 'requests'>;
  /** This process' server that is closed to the world: operators look inside there, and nowhere without it. */
  internal?: FastifyInstance;
}

const EXPLORERS = [
  'https://studio.apollographql.com',
  'https://sandbox.apollo.dev',
  'https://explorer.apollographql.com',
];

const EXPOSED = ['retry-after', 'ratelimit', 'ratelimit-policy', 'www-authenticate']; // what a page's script may read

/** The gateway, ready to listen: /graphql, the public keys of its tokens, tickets' documents, and the door for webhooks. */
export async function createGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const { supergraphSdl, subgraphs, internalKeys, cache, bounds, production, trustProxy, now } = options;
  const {
    requestTimeout = Infinity,
    timeouts = {},
    limits,
    corsOrigins = [],
    answers,
    trust,
    metrics,
    internal,
  } = options;
  const log = options.log.child({ service: 'gateway' });
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1'; // the gateway reports its schema to its maker otherwise
  // what Apollo tells of its own start is for who mends it
  const logger = {
    debug: (text: string) => log.debug(text),
    info: (text: string) => log.debug(text),
    warn: (text: string) => log.warn(text),
    error: (text: string) => log.error(text),
  };
  const app = openServer(LARGEST_BODY, trustProxy);
  traceRequests(app);
  metrics?.requests(app);
  const rates =
    options.rates &&
    openRateLimits({ cache, limits: options.rates, now, log, onRefusal: metrics?.gateway.rateLimited });
  const meter =
    metrics &&
    openMeter(
      metrics.gateway,
      examples(now()).map(({ name }) => name),
    );
  const certain = certainFields(supergraphSdl);
  const upstreams = new Map<string, Upstream>();
  const upstreamOf = (name: string): Upstream => {
    const one = upstreams.get(name) ?? {
      name,
      call: subgraphs[name],
      timeout: timeouts[name] ?? requestTimeout,
      bulkhead: bounds ? openBulkhead(name, bounds, log) : unbounded,
      certain,
      keys: keysFor(name, internalKeys),
      now,
    };
    upstreams.set(name, one); // whoever asks it shares its bulkhead
    return one;
  };
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger,
    buildService({ name }) {
      const source = upstream(upstreamOf(name));
      return meter ? meter.source(name, source) : source;
    },
    __exposeQueryPlanExperimental: false, // extensions.explain shows it, to whom it may
    experimental_didResolveQueryPlan(planned) {
      notePlan(planned);
      meter?.planned(planned);
    },
    ...(limits && {
      experimental_approximateQueryPlanStoreMiB: PLANS.cached,
      queryPlannerConfig: { debug: { maxEvaluatedPlans: PLANS.compared, pathsLimit: PLANS.paths } },
    }),
  });
  if (limits) gateway.executor = refuseBadVariables(gateway.executor, production);
  let prices: Prices = new Map();
  // the supergraph names its scalars only: with their checks, bad input ends here instead of in every subgraph
  gateway.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
    prices = readPrices(coreSupergraphSdl);
    checkValues(apiSchema);
  });
  if (answers) shareAnswers(gateway, { cache, now, log });
  const server = new ApolloServer<GatewayContext>({
    gateway,
    logger,
    persistedQueries: persistedQueries(cache, log),
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    formatError: masking(production),
    validationOptions: { maxErrors: MOST_ERRORS - 1 }, // GraphQL adds one that says that there are more
    ...(limits && { parseOptions: { maxTokens: limits.tokens }, validationRules: [limitDocuments(limits)] }),
    // an error is named before it is looked at whether it is ours
    plugins: [
      ...(limits ? [limitOperations(limits, () => prices)] : []),
      refuseUnknownOperations(),
      refuseUnstorable(),
      nameArguments(),
      traceErrors(log),
      ...(rates ? [rates.plugin] : []),
      explain({ production, costLimit: limits?.cost }),
      sayHowLong(),
      ApolloServerPluginCacheControlDisabled(), // it would let answers be kept with a user in them
      ...(meter ? [meter.plugin] : []),
      ApolloServerPluginLandingPageDisabled(),
    ],
    stopOnTerminationSignals: false, // infra/start.ts stops everything in order
  });
  await server.start();

  await app.register(compress);
  const origins = [...corsOrigins, ...(production ? [] : EXPLORERS)];
  if (origins.length) await app.register(cors, { origin: origins, credentials: true, exposedHeaders: EXPOSED });
  if (!production) serveExplorer(app, now);
  const accountRoom = askAccountRoom(upstreamOf(ACCOUNT_ROOM));
  const tokens = openAccessTokens(accountRoom, now);
  const door: Doorkeeper = {
    tokens,
    sessions: openLiveSessions(cache, accountRoom, log),
    cookies: sessionCookies(production),
    requestTimeout,
    log,
  };
  await app.register(cookie);
  const shed = options.overload && openOverload(app, { ...options.overload, onShed: metrics?.gateway.shed });
  await app.register(async (scope) => {
    shed?.(scope);
    identify(scope, door);
    rates?.guard(scope);
    answerHttpErrors(scope, log);
    if (trust) runTrustedDocuments(scope, trust, log);
    serveValidators(scope);
    await scope.register(fastifyApollo(server), { path: '/graphql', context: async ({ caller }) => caller! });
  });
  await internal?.register(async (scope) => {
    traceRequests(scope);
    onlyOperators(scope, door);
    serveDebug(scope);
  });
  servePublicKeys(app, tokens);
  await app.register(async (scope) => {
    shed?.(scope);
    serveTickets(scope, upstreamOf(ORDER_ROOM), log);
  });
  await app.register(async (scope) => {
    shed?.(scope, 2); // money that has moved is heard of while searches are shed
    serveWebhooks(scope, upstreamOf(PAYMENT_ROOM), log);
  });
  app.addHook('onClose', () => server.stop()); // Fastify has answered all requests in flight by then
  return app;
}

/** The public keys of access tokens, for whoever wants to verify one. */
const servePublicKeys = (app: FastifyInstance, tokens: AccessTokens): void =>
  void app.get('/.well-known/jwks.json', async (_, reply) => {
    const keys = await tokens.keys().catch(() => null);
    if (!keys) return reply.code(503).header('retry-after', '1').send({ keys: [] });
    return reply.header('cache-control', `public, max-age=${KEYS_ARE_READ_EVERY}`).send(keys);
  });
