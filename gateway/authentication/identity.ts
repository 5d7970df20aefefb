// Authentication in two steps: the token is verified before the body is read, the session once the request is complete.
// A request without a token is anonymous; an invalid token is 401, never anonymous.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Deadline, deadlineIn } from '../../infra/http/deadline.ts';
import { whenGone } from '../../infra/http/http-server.ts';
import type { Log } from '../../infra/logging/log.ts';
import { present } from '../../schema/values/present.ts';
import { anonymous, type Identity } from '../../schema/wire/identity.ts';
import type { AccessTokens, Bearer } from './access-token.ts';
import type { Client, GatewayContext } from '../context.ts';
import type { LiveSessions } from './live-sessions.ts';
import { type HttpRefusal, refuse } from '../errors/refusal.ts';
import { CSRF_HEADER, type SessionCookies } from './session-cookies.ts';
import { clientAddress } from '../http/client-address.ts';
import { requestTraceId } from '../http/tracing.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the headers claim: enough for rate limits, never for access. Null on routes without authentication. */
    claim: Claim | null;
    /** The authenticated caller: from preValidation on, and null on routes without authentication. */
    caller: GatewayContext | null;
  }
}

/** The caller, on a route with authentication and from preValidation on. */
export const callerOf = ({ caller }: FastifyRequest): GatewayContext =>
  present(caller, 'This route is served without authentication.');

/** The claims in the headers of a request. The token is valid; whether its session is still active is not known yet. */
export interface Claim {
  traceId: string;
  credential: Credential;
  bearer: Bearer | null;
  address: string;
  program: string | null;
  /** The client's version as it states it. */
  programVersion: string | null;
  deadline: Deadline;
}

export interface Doorkeeper {
  tokens: AccessTokens;
  sessions: LiveSessions;
  cookies: SessionCookies;
  /** Timeout of a request, in ms. */
  requestTimeout: number;
  log: Log;
}

const refusals = {
  badToken: {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: 'This access token is invalid or has expired: refresh the session or sign in again.',
  },
  noBearer: {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: 'The authorization header is not `Bearer` and an access token: send it so, or leave it out.',
  },
  ended: { status: 401, code: 'UNAUTHENTICATED', message: 'This session has ended: sign in again.' },
  forged: {
    status: 403,
    code: 'FORBIDDEN',
    message: `Requests with a session cookie need the header ${CSRF_HEADER}, with any value.`,
  },
  unknown: {
    status: 503,
    code: 'DOWNSTREAM_ERROR',
    message:
      'The account service does not answer, so requests cannot be authenticated; requests without a token still work.',
    retryAfter: 1,
  },
} satisfies Record<string, HttpRefusal>;

/**
 * Authenticates every request in this scope and rejects invalid credentials. An invalid token is rejected before the
 * body is read. The session is looked up once a request, in preValidation, after the body has arrived: a client may
 * take ten seconds to send it, and a session that ended or an account that was deleted in that time must not start an
 * operation.
 */
export function identify(scope: FastifyInstance, door: Doorkeeper): void {
  scope.decorateRequest('claim', null);
  scope.decorateRequest('caller', null);

  /** The step's result; null if the request was answered with a refusal. */
  async function passed<T extends object>(
    request: FastifyRequest,
    reply: FastifyReply,
    credential: Credential,
    step: Promise<T | HttpRefusal>,
  ): Promise<T | null> {
    const found = await step.catch((error: unknown) => {
      door.log.error('authentication failed: account service unavailable', { error });
      return refusals.unknown;
    });
    if (!('status' in found)) return found;
    // an invalid bearer token does not affect the browser's cookies: they may be valid
    if (found.status === 401 && credential.kind === 'cookies') door.cookies.forgetAccess(reply);
    if (found.status === 401) reply.header('www-authenticate', 'Bearer error="invalid_token"');
    refuse(request, reply, found);
    return null;
  }

  scope.addHook('onRequest', async (request, reply) => {
    const credential = credentialOf(request, door.cookies);
    const deadline = deadlineIn(door.requestTimeout, whenGone(reply));
    const found = await passed(request, reply, credential, claimOf(request, credential, deadline, door));
    if (!found) return reply;
    request.claim = found;
    return undefined;
  });

  scope.addHook('preValidation', async (request, reply) => {
    const claim = present(request.claim, 'The onRequest hook of authentication did not run.');
    const identity = await passed(request, reply, claim.credential, identityOf(claim, door));
    if (!identity) return reply;
    const { traceId, program, programVersion, deadline, credential } = claim;
    const client = clientOf(reply, credential, door.cookies);
    request.caller = { traceId, identity, program, programVersion, cost: 0, age: null, deadline, client };
    return undefined;
  });
}

const LONGEST_NAME = 100; // characters of a client's name

/** The client's name or version, from the headers that Apollo's clients send. */
function programOf({ headers }: FastifyRequest, what: 'name' | 'version'): string | null {
  return String(headers[`apollographql-client-${what}`] ?? '').slice(0, LONGEST_NAME) || null;
}

/** The credentials of a request. */
interface Credential {
  kind: 'none' | 'bearer' | 'cookies';
  /** Empty if the authorization header is malformed. */
  accessToken: string | null;
  /** From a browser's cookie. */
  refreshToken: string | null;
}

/** The request's single credential. If it has an authorization header, its cookies are neither read nor cleared. */
function credentialOf(request: FastifyRequest, cookies: SessionCookies): Credential {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const accessToken = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
    return { kind: 'bearer', accessToken, refreshToken: null };
  }
  const kept = cookies.read(request);
  return { kind: (kept.accessToken ?? kept.refreshToken) === null ? 'none' : 'cookies', ...kept };
}

/** The claims in the headers, or the refusal. It needs the public keys and no other look-up. */
async function claimOf(
  request: FastifyRequest,
  credential: Credential,
  deadline: Deadline,
  door: Doorkeeper,
): Promise<Claim | HttpRefusal> {
  const { kind, accessToken } = credential;
  const claim = {
    traceId: requestTraceId(request),
    credential,
    address: clientAddress(request),
    program: programOf(request, 'name'),
    programVersion: programOf(request, 'version'),
    deadline,
  };
  if (kind === 'cookies' && !request.headers[CSRF_HEADER]) return refusals.forged;
  if (accessToken === null) return { ...claim, bearer: null };
  if (accessToken === '') return refusals.noBearer;
  const bearer = await door.tokens.verify(accessToken);
  return bearer ? { ...claim, bearer } : refusals.badToken;
}

/** The identity of a claim, if its session is still active. */
async function identityOf({ bearer, traceId, address }: Claim, door: Doorkeeper): Promise<Identity | HttpRefusal> {
  if (!bearer) return anonymous(traceId, address);
  const state = await door.sessions(bearer.session);
  if (state?.account !== bearer.account) return refusals.ended;
  return { ...state, scopes: bearer.scopes, session: bearer.session, requestId: traceId, address };
}

/** The client's session state, as the account subgraph reads and changes it. */
function clientOf(reply: FastifyReply, { kind, refreshToken }: Credential, cookies: SessionCookies): Client {
  return {
    refreshToken,
    keep(what) {
      if (reply.raw.headersSent) return; // a later part of an answer
      if (what || kind === 'cookies') cookies.write(reply, what);
    },
    retryAfter(seconds) {
      if (!reply.raw.headersSent) reply.header('retry-after', seconds);
    },
  };
}
