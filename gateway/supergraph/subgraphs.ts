// The gateway's upstreams: one for each subgraph, with its timeout, limits and keys, shared by all requests.
import type { Log } from '../../infra/logging/log.ts';
import { keysFor } from '../../schema/wire/internal-identity.ts';
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import { certainFields } from '../subgraph-client/reply.ts';
import { type Bounds, openBulkhead } from '../subgraph-client/bulkhead.ts';
import type { Call, Upstream } from '../subgraph-client/upstream.ts';

export interface Subgraphs {
  /** How to call each subgraph, by name. The fields of a missing one fail with DOWNSTREAM_ERROR. */
  calls: Readonly<Record<string, Call>>;
  /** The master keys, from which each subgraph's keys are derived. */
  keys: SigningKeys;
  /** Timeouts in ms, by name; the request's timeout by default. */
  timeouts: Readonly<Record<string, number>>;
  /** Limits on each subgraph's concurrent calls. */
  bounds: Bounds;
}

interface SubgraphOptions {
  supergraphSdl: string;
  subgraphs: Subgraphs;
  requestTimeout: number;
  now: () => Date;
  log: Log;
}

/** Returns a subgraph's upstream by name: the same object each time, as all callers share its bulkhead. */
export function openSubgraphs({ supergraphSdl, subgraphs, requestTimeout, now, log }: SubgraphOptions) {
  const { calls, keys, timeouts, bounds } = subgraphs;
  const certain = certainFields(supergraphSdl);
  const opened = new Map<string, Upstream>();

  const open = (name: string): Upstream => ({
    name,
    call: calls[name],
    timeout: timeouts[name] ?? requestTimeout,
    bulkhead: openBulkhead(name, bounds, log),
    certain,
    keys: keysFor(name, keys),
    now,
  });

  return (name: string): Upstream => {
    const one = opened.get(name) ?? open(name);
    opened.set(name, one);
    return one;
  };
}
