// How gateways follow the registry: a long poll, which also reports what the gateway serves.
import { z } from 'zod';
import type { SubgraphRoute } from './route.ts';

/** The name of the registry's subgraph. */
export const REGISTRY = 'registry';

/**
 * Answered with a SignedArtifact (200) as soon as what is served differs from `serving` and is not the version
 * `failed`, and without a body (204) after FOLLOWED_FOR. A gateway's first poll has `serving: null`, so it is answered
 * at once.
 */
export const followRoute = {
  method: 'POST',
  path: '/supergraph/follow',
  largestBody: 10_000,
  public: null,
} as const satisfies SubgraphRoute;

export const FOLLOWED_FOR = 20_000; // ms

/** How long a gateway waits for the answer of a poll, in ms: longer than the registry takes. */
export const POLL_WITHIN = 30_000;

const version = z.number().int().nullable();

/** What a gateway process sends: who it is, and what it serves. */
export const followBody = z.object({
  gateway: z.string().min(1).max(64),
  /** The ETag of what it serves; null before its first artifact. */
  serving: z.string().max(64).nullable(),
  /** The version that it serves; null if that is the committed one. */
  version,
  /** The version that it could not load, if that is the latest. */
  failed: version,
});

export type FollowBody = z.infer<typeof followBody>;

/** The answer with status 200. */
export const followAnswer = z.object({ content: z.string(), signature: z.string() });

/** Answered with the documents that were pushed after a position. */
export const pushedRoute = {
  method: 'POST',
  path: '/documents/pushed',
  largestBody: 1000,
  public: null,
} as const satisfies SubgraphRoute;

/** A place in the list of pushed documents: those of a later push have a later revision. */
export const pushedPosition = z.object({ revision: z.number().int().nonnegative(), id: z.string().max(64) });

export type PushedPosition = z.infer<typeof pushedPosition>;

/** The documents after a position, in order; the last one is the next position. */
export const pushedAnswer = z.object({ documents: z.array(pushedPosition.extend({ text: z.string() })) });
