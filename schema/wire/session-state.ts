// What the account room leaves in the cache of each session, and the gateway looks up for each request that is signed in.
import { z } from 'zod';
import { roles } from './identity.ts';

const live = z.object({ account: z.string(), roles: z.array(z.enum(roles)).readonly() });

/** Whose session it is, and what they may do. */
export type SessionState = z.infer<typeof live>;

/** The cache key of a session. */
export const sessionKey = (id: string): string => `session ${id}`;

/** How long a session that goes on is believed, in ms: the longest that a role taken away can last. */
export const LIVE_FOR = 5000;

/** As the cache holds it; null is a session that has ended. */
export const stateText = (state: SessionState | null): string => JSON.stringify(state);

/** What the cache says: a state, null for a session that has ended, undefined where it cannot say or what it says is not ours. */
export function parseState(text: string | null): SessionState | null | undefined {
  if (text === null) return undefined;
  try {
    return live.nullable().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
