// The tokens of the registry: one for each team's subgraph, and one for operators.
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new token for a subgraph. Only its hash is stored. */
export const newToken = (): string => `flt_${randomBytes(32).toString('base64url')}`;

/** A token as it is stored. It is random, so that a fast hash is enough. */
export const hashOfToken = (token: string): string => hash('sha256', token, 'base64url');

/** Whether two tokens are equal, in a time that does not depend on where they differ. */
export const sameToken = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(hashOfToken(one)), Buffer.from(hashOfToken(other)));
