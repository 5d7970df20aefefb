// The headers of extensions.explain: the client's request for it, and a subgraph's report on its work.
import { z } from 'zod';

/** The header by which a client requests extensions.explain, with the value 1. */
export const ASKED_BY = 'fareloom-explain';

/** The header by which the gateway requests a report from a subgraph. */
export const EXPLAIN_HEADER = 'x-fareloom-explain';

/** The header with the subgraph's report. */
export const WORK_HEADER = 'x-fareloom-work';

const work = z.object({ cacheHits: z.number().int(), cacheMisses: z.number().int() });

/** Numbers of cache keys that were found and not found. */
export type Work = z.infer<typeof work>;

/** Parses a subgraph's report; undefined without one. */
export const parseWork = (header: string | undefined): Work | undefined =>
  header === undefined ? undefined : work.parse(JSON.parse(header));
