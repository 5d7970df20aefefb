// The subgraphs as the gateway asks them: one way to each, with its time, its bounds and its keys, whoever asks.
import type { Log } from '../../infra/logging/log.ts';
import { keysFor } from '../../schema/wire/internal-identity.ts';
import type { Keys } from '../../schema/wire/signing-key.ts';
import { certainFields } from '../execution/answer.ts';
import { type Bounds, openBulkhead, unbounded } from '../subgraph-client/bulkhead.ts';
import { openReplyCheck } from '../execution/reply-check.ts';
import type { Call, Upstream } from '../subgraph-client/upstream.ts';

export interface Subgraphs {
  /** How each is called, by name. One that is missing answers DOWNSTREAM_ERROR. */
  calls: Readonly<Record<string, Call>>;
  /** The master keys, from which come those that each is spoken to with. */
  keys: Keys;
  /** How long each may take, in ms, by name; as long as the request unless given. */
  timeouts?: Readonly<Record<string, number>>;
  /** What each may take of the gateway; all of it unless given. */
  bounds?: Bounds;
}

interface Surroundings {
  supergraphSdl: string;
  subgraphs: Subgraphs;
  requestTimeout?: number;
  now: () => Date;
  log: Log;
}

/** Gives the way to a subgraph by its name: the same one each time, as whoever asks it shares its bulkhead. */
export function openSubgraphs({ supergraphSdl, subgraphs, requestTimeout = Infinity, now, log }: Surroundings) {
  const { calls, keys, timeouts = {}, bounds } = subgraphs;
  const certain = certainFields(supergraphSdl);
  const check = openReplyCheck(supergraphSdl);
  const opened = new Map<string, Upstream>();

  const open = (name: string): Upstream => ({
    name,
    call: calls[name],
    timeout: timeouts[name] ?? requestTimeout,
    bulkhead: bounds ? openBulkhead(name, bounds, log) : unbounded,
    certain,
    check,
    keys: keysFor(name, keys),
    now,
  });

  return (name: string): Upstream => {
    const one = opened.get(name) ?? open(name);
    opened.set(name, one);
    return one;
  };
}
