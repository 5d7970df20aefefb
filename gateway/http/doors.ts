// The gateway's endpoints: /graphql for clients, /debug for operators, and the public keys that verify tokens.
import type { FastifyInstance } from 'fastify';
import { serveDebug } from '../../infra/process/debug-server.ts';
import type { Log } from '../../infra/logging/log.ts';
import { KEYS_ARE_READ_EVERY } from '../../schema/wire/access-token.ts';
import type { AccessTokens } from '../authentication/access-token.ts';
import { serveValidators } from './cache-headers.ts';
import type { GraphServer } from '../execution/graph-server.ts';
import { traceRefusals } from '../errors/http-errors.ts';
import { type HttpRefusal, refuse } from '../errors/refusal.ts';
import { leaveOutEmptyParameters, serveOperations } from './graphql-route.ts';
import { type Doorkeeper, identify } from '../authentication/identity.ts';
import { onlyOperators } from '../authentication/operators.ts';
import type { Shed } from '../rate-limits/overload.ts';
import type { RateGate } from '../rate-limits/rate-limits.ts';
import { traceRequests } from './tracing.ts';
import { runTrustedDocuments, type Trust } from '../documents/trusted-documents.ts';

export interface Doors {
  app: FastifyInstance;
  door: Doorkeeper;
  shed: Shed;
  log: Log;
}

/**
 * Serves /graphql. The stages of a request, in order: before its body is read, overload, access token, rate limits;
 * after the body has arrived, overload again, session, document; finally, the caching headers.
 */
export const serveGraph = async (
  { app, door, shed, log }: Doors,
  server: GraphServer,
  rates: RateGate | undefined,
  trust: Trust,
): Promise<void> => {
  await app.register(async (scope) => {
    shed(scope);
    identify(scope, door);
    rates?.guard(scope);
    traceRefusals(scope);
    leaveOutEmptyParameters(scope);
    runTrustedDocuments(scope, trust, log);
    serveValidators(scope);
    serveOperations(scope, server);
  });
};

/** Serves /debug to operators on the internal server, which has no tracing of its own. */
export const serveOperators = async (internal: FastifyInstance, door: Doorkeeper): Promise<void> => {
  await internal.register(async (scope) => {
    traceRequests(scope);
    onlyOperators(scope, door);
    serveDebug(scope);
  });
};

const noKeys: HttpRefusal = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The account service does not answer, so the keys cannot be read: try again in a moment.',
  retryAfter: 1,
};

/** Serves the public keys of access tokens, for other services that verify them. */
export const servePublicKeys = (app: FastifyInstance, tokens: AccessTokens): void =>
  void app.get('/.well-known/jwks.json', async (request, reply) => {
    const keys = await tokens.keys().catch(() => null);
    if (!keys) return refuse(request, reply, noKeys);
    return reply.header('cache-control', `public, max-age=${KEYS_ARE_READ_EVERY}`).send(keys);
  });
