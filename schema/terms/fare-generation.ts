// The generation of a route's fares, in the shared cache: a new generation invalidates the responses that contain them.
import { HOUR } from './durations.ts';

/** The cache key of a route's generation. The value is opaque and missing until the route's fares change. */
export const fareGenerationKey = ({ origin, destination }: { origin: string; destination: string }): string =>
  `fare-generation:${origin}-${destination}`;

/** How long a generation is kept, in ms: longer than any response, so that no invalidated response outlives it. */
export const GENERATION_KEPT_FOR = 2 * HOUR; // responses are cached for an hour at most
