// The backend-for-frontend: an Apollo gateway behind Apollo Server on Fastify. It knows the supergraph, never a room's code.
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import fastifyApollo from '@as-integrations/fastify';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance } from 'fastify';
import { isScalarType } from 'graphql';
import type { Log } from '../infra/log.ts';
import { anonymous } from '../schema/identity.ts';
import { type Keys, keysFor } from '../schema/internal-identity.ts';
import { scalars } from '../schema/scalars.ts';
import { serveExplorer } from './explorer.ts';
import { type GatewayContext, mask, traceErrors, traceIdOf } from './masking.ts';
import { type Call, upstream } from './upstream.ts';

export interface GatewayOptions {
  /** The composed SDL. */
  supergraphSdl: string;
  /** How each subgraph is called, by name. One that is missing answers DOWNSTREAM_ERROR. */
  subgraphs: Readonly<Record<string, Call>>;
  /** The master keys, from which come those that each subgraph is spoken to with. */
  internalKeys: Keys;
  /** How long a subgraph may take, in ms. */
  timeout: number;
  /** Hides the schema and the explorer, and answers browsers of no other origin. */
  production: boolean;
  now: () => Date;
  log: Log;
}

const LARGEST_BODY = 100_000; // bytes; the largest honest operation is a twentieth of it
const EXPLORERS = [
  'https://studio.apollographql.com',
  'https://sandbox.apollo.dev',
  'https://explorer.apollographql.com',
];

/** The gateway, ready to listen: POST and GET /graphql. */
export async function createGateway(options: GatewayOptions): Promise<FastifyInstance> {
  const { supergraphSdl, subgraphs, internalKeys, timeout, production, now, log } = options;
  process.env['APOLLO_TELEMETRY_DISABLED'] = '1'; // the gateway reports its schema to its maker otherwise
  // what Apollo tells of its own start is for who mends it
  const logger = {
    debug: (text: string) => log.debug(text),
    info: (text: string) => log.debug(text),
    warn: (text: string) => log.warn(text),
    error: (text: string) => log.error(text),
  };
  const app = fastify({ bodyLimit: LARGEST_BODY, forceCloseConnections: 'idle' });
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger,
    buildService: ({ name }) =>
      upstream({ name, call: subgraphs[name], timeout, keys: keysFor(name, internalKeys), now }),
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
    formatError: mask(log),
    plugins: [traceErrors, ApolloServerPluginLandingPageDisabled()],
    stopOnTerminationSignals: false, // infra/start.ts stops everything in order
  });
  await server.start();

  await app.register(compress);
  if (!production) {
    await app.register(cors, { origin: EXPLORERS, credentials: true });
    serveExplorer(app, now);
  }
  await app.register(fastifyApollo(server), {
    path: '/graphql',
    context: async ({ headers, ip }) => {
      const traceId = traceIdOf(headers['traceparent']);
      return { traceId, identity: anonymous(traceId, ip) };
    },
  });
  app.addHook('onClose', () => server.stop()); // Fastify has answered all requests in flight by then
  return app;
}
