// The door for operators inside the system: an OPERATOR's access token, and nothing that a browser sends by itself.
import type { FastifyInstance } from 'fastify';
import type { ErrorCode } from '../schema/errors.ts';
import { type Doorkeeper, identify } from './identity.ts';

/** Lets nobody into the scope but an OPERATOR who shows an access token. */
export function onlyOperators(scope: FastifyInstance, door: Doorkeeper): void {
  const none = () => ({ accessToken: null, refreshToken: null });
  identify(scope, { ...door, cookies: { ...door.cookies, read: none } });
  scope.addHook('onRequest', async ({ caller }, reply) => {
    const { account, roles } = caller!.identity;
    if (roles.includes('OPERATOR')) return undefined;
    const refuse = (status: number, code: ErrorCode, message: string) =>
      reply.code(status).send({ errors: [{ message, extensions: { code, traceId: caller!.traceId } }] });
    if (account !== null) return refuse(403, 'FORBIDDEN', 'This needs the role OPERATOR.');
    reply.header('www-authenticate', 'Bearer');
    return refuse(401, 'UNAUTHENTICATED', 'This needs an access token of somebody with the role OPERATOR.');
  });
}
