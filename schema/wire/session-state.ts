// The state of a session: the account subgraph writes it to the cache, and the gateway reads it there for each signed-in
// request. On a miss it calls the subgraph.
import { z } from 'zod';
import { roles } from './identity.ts';
import type { SubgraphRoute } from './route.ts';

const live = z.object({ account: z.string(), roles: z.array(z.enum(roles)).readonly() });

/** The session's account and roles. */
export type SessionState = z.infer<typeof live>;

/** The cache key of a session. */
export const sessionKey = (id: string): string => `session ${id}`;

/** How long the state of an active session is trusted, in ms: the longest time until a revoked role takes effect. */
export const LIVE_FOR = 5000;

/** Where the gateway reads a session's state if the cache does not have it. */
export const sessionStateRoute: SubgraphRoute = {
  method: 'GET',
  path: '/session-state/:id',
  largestBody: 0,
  public: null,
};

/** The state as text; null is a session that has ended. */
export const stateText = (state: SessionState | null): string => JSON.stringify(state);

/** Parses the text: a state, null for a session that has ended, undefined if there is none or it is invalid. */
export function parseState(text: string | null): SessionState | null | undefined {
  if (text === null) return undefined;
  try {
    return live.nullable().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
