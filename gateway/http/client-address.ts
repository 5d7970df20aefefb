// The network address of a client.
import type { FastifyRequest } from 'fastify';

const UNKNOWN = '0.0.0.0'; // the unspecified address: such clients share the limits of one network

/**
 * The client's address; never empty, because a request without one counts as the gateway's own. Node has no address of a
 * connection that was reset before it was accepted, although it still delivers the request; Fastify's type denies that.
 */
export const clientAddress = ({ ip }: Pick<FastifyRequest, 'ip'> | { ip?: string | undefined }): string =>
  ip ?? UNKNOWN;
