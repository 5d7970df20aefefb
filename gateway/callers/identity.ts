// Who is asking: verified before anything of the request is read. No token is anonymous; a bad one is 401, never anonymous.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { deadlineIn } from '../../infra/deadline.ts';
import { whenGone } from '../../infra/http-server.ts';
import type { Log } from '../../infra/log.ts';
import { anonymous, type Identity } from '../../schema/identity.ts';
import type { AccessTokens } from './access-token.ts';
import type { Client, GatewayContext } from '../context.ts';
import type { LiveSessions } from './live-sessions.ts';
import { type Refusal, refuse } from '../errors/refusal.ts';
import { CSRF_HEADER, type SessionCookies } from './session-cookies.ts';
import { traceIdOf } from '../tracing.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on routes that do not care. */
    caller: GatewayContext | null;
  }
}

export interface Doorkeeper {
  tokens: AccessTokens;
  sessions: LiveSessions;
  cookies: SessionCookies;
  /** How long a request may take, in ms. */
  requestTimeout: number;
  log: Log;
}

const refusals = {
  badToken: {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: 'This access token is not good, or no longer: refresh the session or sign in again.',
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
    message: 'The account service does not answer, so nobody can be let in; without a token you can go on.',
    retryAfter: 1,
  },
} satisfies Record<string, Refusal>;

/** Finds out who asks on all routes of the scope, and answers who may not. */
export function identify(scope: FastifyInstance, door: Doorkeeper): void {
  scope.decorateRequest('caller', null);
  scope.addHook('onRequest', async (request, reply) => {
    const traceId = traceIdOf(request);
    const deadline = deadlineIn(door.requestTimeout, whenGone(reply));
    const credential = credentialOf(request, door.cookies);
    const found = await identityOf(request, credential, traceId, door).catch((error: unknown) => {
      door.log.error('nobody can say who asks', { error });
      return refusals.unknown;
    });
    if ('status' in found) {
      // a bad bearer takes no cookie away that may be good
      if (found.status === 401 && credential.kind === 'cookies') door.cookies.forgetAccess(reply);
      if (found.status === 401) reply.header('www-authenticate', 'Bearer error="invalid_token"');
      return refuse(request, reply, found);
    }
    request.caller = {
      traceId,
      identity: found,
      program: programOf(request),
      cost: 0,
      age: null,
      deadline,
      lost: [],
      client: clientOf(reply, credential, door.cookies),
    };
    return undefined;
  });
}

const LONGEST_NAME = 100; // characters of what a program calls itself

/** By the header of Apollo's clients. */
function programOf({ headers }: FastifyRequest): string | null {
  return String(headers['apollographql-client-name'] ?? '').slice(0, LONGEST_NAME) || null;
}

/** What a request is let in by. */
interface Credential {
  kind: 'none' | 'bearer' | 'cookies';
  /** Empty where the authorization header is not of the form that has one. */
  accessToken: string | null;
  /** A browser's, in its cookie. */
  refreshToken: string | null;
}

/** The one credential of a request. One that shows its token itself has no cookies to read or to take. */
function credentialOf(request: FastifyRequest, cookies: SessionCookies): Credential {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const accessToken = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
    return { kind: 'bearer', accessToken, refreshToken: null };
  }
  const kept = cookies.read(request);
  return { kind: (kept.accessToken ?? kept.refreshToken) === null ? 'none' : 'cookies', ...kept };
}

async function identityOf(
  request: FastifyRequest,
  { kind, accessToken }: Credential,
  traceId: string,
  door: Doorkeeper,
): Promise<Identity | Refusal> {
  if (kind === 'cookies' && !request.headers[CSRF_HEADER]) return refusals.forged;
  if (accessToken === null) return anonymous(traceId, request.ip);
  if (accessToken === '') return refusals.noBearer;
  const bearer = await door.tokens.verify(accessToken);
  if (!bearer) return refusals.badToken;
  const state = await door.sessions(bearer.session);
  if (state?.account !== bearer.account) return refusals.ended;
  return { ...state, session: bearer.session, requestId: traceId, address: request.ip };
}

/** The client as the account room deals with it. */
function clientOf(reply: FastifyReply, { kind, refreshToken }: Credential, cookies: SessionCookies): Client {
  return {
    refreshToken,
    keep(what) {
      if (what || kind === 'cookies') cookies.write(reply, what);
    },
    retryAfter: (seconds) => void reply.header('retry-after', seconds),
  };
}
