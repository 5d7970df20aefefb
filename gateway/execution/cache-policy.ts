// The cache policy of a response: the strictest of all subgraphs' replies.
import type { GraphQLRequestContext } from '@apollo/server';
import type { ExecutionRequest } from './executor.ts';

type CachePolicy = GraphQLRequestContext<object>['overallCachePolicy'];
type Hint = Parameters<CachePolicy['restrict']>[0];

/** The cache policy of a request. The gateway's types do not say that it is Apollo Server's. */
export const policyOf = ({ overallCachePolicy }: ExecutionRequest): CachePolicy => overallCachePolicy as CachePolicy;

const NOT_CACHEABLE: Hint = { maxAge: 0 };
const MOST_KNOWN = 200; // headers
const known = new Map<string, Hint>();

/** Applies a reply's `cache-control`; a reply without max-age must not be cached. */
export function restrict(request: ExecutionRequest, cacheControl: string | undefined): void {
  policyOf(request).restrict(hintIn(cacheControl));
}

function hintIn(header: string | undefined): Hint {
  if (header === undefined) return NOT_CACHEABLE;
  const before = known.get(header);
  if (before) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const hint = read(header);
  known.set(header, hint);
  return hint;
}

function read(header: string): Hint {
  const parts = header.split(',').map((part) => part.trim());
  const seconds = parts.map((part) => /^max-age="?(\d+)"?$/.exec(part)?.[1]).find((value) => value !== undefined);
  const scope = parts.includes('public') ? 'PUBLIC' : parts.includes('private') ? 'PRIVATE' : undefined;
  return { maxAge: Number(seconds ?? 0), ...(scope && { scope }) };
}
