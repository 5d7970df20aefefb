// The state of a session in the cache: the account subgraph writes it, and the gateway reads it for each signed-in
// request.
import { z } from 'zod';
import { roles } from './identity.ts';

const live = z.object({ account: z.string(), roles: z.array(z.enum(roles)).readonly() });

/** The session's account and roles. */
export type SessionState = z.infer<typeof live>;

/** The cache key of a session. */
export const sessionKey = (id: string): string => `session ${id}`;

/** How long the state of an active session is trusted, in ms: the longest time until a revoked role takes effect. */
export const LIVE_FOR = 5000;

/** The cached text; null is a session that has ended. */
export const stateText = (state: SessionState | null): string => JSON.stringify(state);

/** Parses the cached text: a state, null for a session that has ended, undefined if there is none or it is invalid. */
export function parseState(text: string | null): SessionState | null | undefined {
  if (text === null) return undefined;
  try {
    return live.nullable().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
