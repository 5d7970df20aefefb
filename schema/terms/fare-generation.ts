// The generation of a route's fares, in the cache that all processes share: another one retires the answers made of them.

/** The cache key of a route's generation. The value is opaque, and there is none until the route's fares change. */
export const fareGenerationKey = ({ origin, destination }: { origin: string; destination: string }): string =>
  `fare-generation:${origin}-${destination}`;

/** How long a generation is kept, in ms: longer than any answer, so that no retired answer outlives it. */
export const GENERATION_KEPT_FOR = 2 * 3_600_000; // answers are kept for an hour at most
