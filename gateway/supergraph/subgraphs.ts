// The gateway's upstreams: one for each subgraph, with its timeout, limits and keys, shared by all requests and by all
// versions of the supergraph.
import type { Log } from '../../infra/logging/log.ts';
import { keysFor } from '../../schema/wire/internal-identity.ts';
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import { type Bounds, openBulkhead } from '../subgraph-client/bulkhead.ts';
import type { Call, Upstream } from '../subgraph-client/upstream.ts';

export interface Subgraphs {
  /** How to call each subgraph of this system, by name. The fields of a missing one fail with DOWNSTREAM_ERROR. */
  calls: Readonly<Record<string, Call>>;
  /** The master keys, from which each subgraph's keys are derived. */
  keys: SigningKeys;
  /** Timeouts in ms, by name; the request's timeout by default. */
  timeouts: Readonly<Record<string, number>>;
  /** Limits on each subgraph's concurrent calls. */
  bounds: Bounds;
}

interface SubgraphOptions {
  subgraphs: Subgraphs;
  requestTimeout: number;
  now: () => Date;
  log: Log;
}

/** Returns a subgraph's upstream by name: the same object each time, as all callers share its bulkhead. */
export function openSubgraphs(options: SubgraphOptions): (name: string) => Upstream {
  const { calls } = options.subgraphs;
  const opened = new Map<string, Upstream>();
  return (name) => {
    const one = opened.get(name) ?? openUpstream(name, calls[name], options);
    opened.set(name, one);
    return one;
  };
}

/** An upstream with a bulkhead of its own. */
export const openUpstream = (
  name: string,
  call: Call | undefined,
  { subgraphs: { keys, timeouts, bounds }, requestTimeout, now, log }: SubgraphOptions,
  generation?: number,
): Upstream => ({
  name,
  call,
  timeout: timeouts[name] ?? requestTimeout,
  bulkhead: openBulkhead(name, bounds, log),
  keys: keysFor(name, keys, generation),
  now,
});
