// Access for operators on the internal server: by an OPERATOR's access token, never by anything that a browser sends by
// itself.
import type { FastifyInstance } from 'fastify';
import { callerOf, type Doorkeeper, identify } from './identity.ts';
import { refuse } from '../errors/refusal.ts';

/** Restricts the scope to OPERATORs with an access token. */
export function onlyOperators(scope: FastifyInstance, door: Doorkeeper): void {
  const none = () => ({ accessToken: null, refreshToken: null });
  identify(scope, { ...door, cookies: { ...door.cookies, read: none } });
  scope.addHook('preValidation', async (request, reply) => {
    const { account, roles } = callerOf(request).identity;
    if (roles.includes('OPERATOR')) return undefined;
    if (account !== null) return refuse(request, reply, notAllowed);
    return refuse(request, reply.header('www-authenticate', 'Bearer'), nobody);
  });
}

const notAllowed = { status: 403, code: 'FORBIDDEN', message: 'This needs the role OPERATOR.' } as const;
const nobody = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'This needs the access token of an account with the role OPERATOR.',
} as const;
