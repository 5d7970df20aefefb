// The backend-for-frontend: an Apollo gateway behind Apollo Server on Fastify. It knows the supergraph, never a room's code.
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import fastifyApollo from '@as-integrations/fastify';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { isScalarType } from 'graphql';
import { openServer } from '../infra/http-server.ts';
import type { Cache } from '../infra/cache.ts';
import type { Log } from '../infra/log.ts';
import { KEYS_ARE_READ_EVERY } from '../schema/access-token.ts';
import { ACCOUNT_ROOM } from '../schema/browser-session.ts';
import { type Keys, keysFor } from '../schema/internal-identity.ts';
import { scalars } from '../schema/scalars.ts';
import { refuseUnstorable } from '../schema/storable-text.ts';
import { type AccessTokens, openAccessTokens } from './access-token.ts';
import { askAccountRoom } from './account-room.ts';
import { certainFields } from './answer.ts';
import { nameArguments } from './bad-values.ts';
import { type Bounds, openBulkhead, unbounded } from './bulkhead.ts';
import type { GatewayContext } from './context.ts';
import { serveExplorer } from './explorer.ts';
import { answerHttpErrors } from './http-errors.ts';
import { identify } from './identity.ts';
import { openLiveSessions } from './live-sessions.ts';
import { masking, traceErrors } from './masking.ts';
import { refuseUnknownOperations } from './operations.ts';
import { sessionCookies } from './session-cookies.ts';
import { ORDER_ROOM, serveTickets } from './tickets.ts';
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
  /** How long a request may take, in ms; Infinity: as long as the subgraphs that it needs. */
  requestTimeout: number;
  /** How long each subgraph may take, in ms, by name. */
  timeouts: Readonly<Record<string, number>>;
  /** What each subgraph may take of the gateway; undefined: all of it. */
  bounds: Bounds | undefined;
  /** Hides the schema and the explorer, and answers browsers of no other origin. */
  production: boolean;
  /** The proxies, as addresses or ranges by comma, whose word on the client's address is taken; false takes nobody's. */
  trustProxy: string | false;
  now: () => Date;
  log: Log;
}

const LARGEST_BODY = 100_000; // bytes; the largest honest operation is a twentieth of it
const EXPLORERS = [
  'https://studio.apollographql.com',
  'https://sandbox.apollo.dev',
  'https://explorer.apollographql.com',
];

/** The gateway, ready to listen: /graphql, the public keys of its tokens, tickets' documents, and the door for webhooks. */
export async function createGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const { supergraphSdl, subgraphs, internalKeys, cache, bounds, production, trustProxy, now, log } = options;
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1'; // the gateway reports its schema to its maker otherwise
  // what Apollo tells of its own start is for who mends it
  const logger = {
    debug: (text: string) => log.debug(text),
    info: (text: string) => log.debug(text),
    warn: (text: string) => log.warn(text),
    error: (text: string) => log.error(text),
  };
  const app = openServer(LARGEST_BODY, trustProxy);
  const certain = certainFields(supergraphSdl);
  const upstreams = new Map<string, Upstream>();
  const upstreamOf = (name: string): Upstream => {
    const one = upstreams.get(name) ?? {
      name,
      call: subgraphs[name],
      timeout: options.timeouts[name] ?? options.requestTimeout,
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
    buildService: ({ name }) => upstream(upstreamOf(name)),
  });
  // the supergraph names its scalars only: with their checks, bad input ends here instead of in every subgraph
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    for (const [name, { parseValue, parseLiteral }] of Object.entries(scalars)) {
      const type = apiSchema.getType(name);
      if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
    }
  });
  const server = new ApolloServer<GatewayContext>({
    gateway,
    logger,
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    formatError: masking(production),
    // an error is named before it is looked at whether it is ours
    plugins: [
      refuseUnknownOperations(),
      refuseUnstorable(),
      nameArguments(),
      traceErrors(log),
      ApolloServerPluginLandingPageDisabled(),
    ],
    stopOnTerminationSignals: false, // infra/start.ts stops everything in order
  });
  await server.start();

  await app.register(compress);
  if (!production) {
    await app.register(cors, { origin: EXPLORERS, credentials: true });
    serveExplorer(app, now);
  }
  const accountRoom = askAccountRoom(upstreamOf(ACCOUNT_ROOM));
  const tokens = openAccessTokens(accountRoom, now);
  await app.register(cookie);
  await app.register(async (scope) => {
    identify(scope, {
      tokens,
      sessions: openLiveSessions(cache, accountRoom, log),
      cookies: sessionCookies(production),
      requestTimeout: options.requestTimeout,
      log,
    });
    answerHttpErrors(scope, log);
    await scope.register(fastifyApollo(server), { path: '/graphql', context: async ({ caller }) => caller! });
  });
  servePublicKeys(app, tokens);
  serveTickets(app, upstreamOf(ORDER_ROOM), log);
  serveWebhooks(app, upstreamOf(PAYMENT_ROOM), log);
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
