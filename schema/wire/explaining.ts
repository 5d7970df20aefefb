// How an answer is explained: who asks for it, and what a subgraph tells the gateway of its work on one request.
import { z } from 'zod';

/** The header by which a client asks for extensions.explain, with the value 1. */
export const ASKED_BY = 'fareloom-explain';

/** The header by which the gateway asks a subgraph. */
export const EXPLAIN_HEADER = 'x-fareloom-explain';

/** The header by which the subgraph answers. */
export const WORK_HEADER = 'x-fareloom-work';

const work = z.object({ cacheHits: z.number().int(), cacheMisses: z.number().int() });

/** Keys that were looked up in the cache, and found or not. */
export type Work = z.infer<typeof work>;

/** What a subgraph said of its work; undefined where it said nothing. */
export const parseWork = (header: string | null): Work | undefined =>
  header === null ? undefined : work.parse(JSON.parse(header));
