// The door for operators inside the system: an OPERATOR's access token, and nothing that a browser sends by itself.
import type { FastifyInstance } from 'fastify';
import { type Doorkeeper, identify } from './identity.ts';
import { refuse } from '../errors/refusal.ts';

/** Lets nobody into the scope but an OPERATOR who shows an access token. */
export function onlyOperators(scope: FastifyInstance, door: Doorkeeper): void {
  const none = () => ({ accessToken: null, refreshToken: null });
  identify(scope, { ...door, cookies: { ...door.cookies, read: none } });
  scope.addHook('preValidation', async (request, reply) => {
    const { account, roles } = request.caller!.identity;
    if (roles.includes('OPERATOR')) return undefined;
    if (account !== null) return refuse(request, reply, notAllowed);
    return refuse(request, reply.header('www-authenticate', 'Bearer'), nobody);
  });
}

const notAllowed = { status: 403, code: 'FORBIDDEN', message: 'This needs the role OPERATOR.' } as const;
const nobody = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'This needs an access token of somebody with the role OPERATOR.',
} as const;
