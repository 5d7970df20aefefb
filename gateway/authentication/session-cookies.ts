// The cookies of a browser's session: not readable by scripts, not sent from other sites, and in production HTTPS only.
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kept } from '../../schema/wire/browser-session.ts';

/**
 * Requests with a session cookie need this header, with any value: neither a form nor another site's script can set it.
 */
export const CSRF_HEADER = 'apollo-require-preflight';

export interface SessionCookies {
  read(request: FastifyRequest): { accessToken: string | null; refreshToken: string | null };
  write(reply: FastifyReply, kept: Kept): void;
  /** Clears the access token only: the session can continue with the refresh token. */
  forgetAccess(reply: FastifyReply): void;
}

export function sessionCookies(production: boolean): SessionCookies {
  const prefix = production ? '__Host-' : ''; // browsers then require Secure, this host and the path /
  const [access, refresh] = [`${prefix}fareloom-access`, `${prefix}fareloom-refresh`];
  const usual: CookieSerializeOptions = { path: '/', httpOnly: true, sameSite: 'strict', secure: production };
  return {
    read: ({ cookies }) => ({ accessToken: cookies[access] || null, refreshToken: cookies[refresh] || null }),
    write(reply, kept) {
      reply.setCookie(access, kept?.accessToken ?? '', { ...usual, maxAge: kept?.accessFor ?? 0 });
      reply.setCookie(refresh, kept?.refreshToken ?? '', { ...usual, maxAge: kept?.refreshFor ?? 0 });
    },
    forgetAccess: (reply) => void reply.setCookie(access, '', { ...usual, maxAge: 0 }),
  };
}
