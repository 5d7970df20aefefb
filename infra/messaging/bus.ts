// The bus port: a durable, partitioned log with consumer groups, whichever adapter stands behind it.
import type { Parking } from '../dead-letters/parking.ts';

/**
 * A message to publish. Nothing here is parsed or trusted: what a value means is the consumers' affair. Bytes that are
 * not UTF-8 are unpaired surrogates in these texts (byte-text.ts), so that what was received can be published again.
 */
export interface Message {
  topic: string;
  /** Messages of one key stay in order; one without a key goes to any partition. */
  key: string | null;
  value: string | null;
  headers?: Record<string, string>;
}

/** A message as it is handed to a consumer. `offset` grows along a partition, with gaps: compare it, never count with it. */
export interface Delivery extends Required<Message> {
  partition: number;
  offset: string;
}

/** How a group wants its messages: up to `max` of one partition at a time, waiting up to `linger` ms for that many. */
export interface Subscription {
  group: string;
  topics: readonly string[];
  max: number;
  linger: number;
}

/**
 * The topics of a bus. Retention is in milliseconds. Partitions may be added but never taken away: nobody would read
 * what lies in them.
 */
export interface Topics {
  readonly [topic: string]: { partitions: number; retention: number };
}

/**
 * The bus takes a message in no case, as one that is larger than the broker allows: to publish it again is of no use.
 * Those that were published with it may be durable or not.
 */
export class MessageRefused extends Error {}

export interface Bus {
  /** Where its consumers park what they cannot take in, as wiring gives it; without it nothing waits and nothing is replayed. */
  parking?: Parking;
  /**
   * Resolves once every message is durable. All or none where the adapter can: a broker without transactions may keep
   * a part and reject, and the caller publishes all of them again. One that cannot be encoded keeps all of them out.
   * Rejects with MessageRefused where a message itself is the cause.
   */
  publish(messages: readonly Message[]): Promise<void>;
  /**
   * Hands each message of the topics to one member of each group, at least once, and to a new group from the oldest
   * message kept: a batch whose handler throws, or whose process dies, comes again. A partition's batches come one after
   * another, each finished for good before the next; partitions do not wait for one another. A handler may take as long
   * as it needs: an adapter with a session to keep alive does so meanwhile.
   *
   * Resolves once the membership stands. The result ends it when the batch in hand is finished and marked so, and so is
   * what was being gathered; called again, it does nothing.
   */
  subscribe(
    subscription: Subscription,
    handle: (batch: readonly Delivery[]) => Promise<void>,
  ): Promise<() => Promise<void>>;
  /** How many messages of the topics it ever subscribed to the group has not finished, be it running or not. */
  backlog(group: string): Promise<number>;
  /** The same by topic, those with nothing to do included. */
  lag(group: string): Promise<ReadonlyMap<string, number>>;
  /** Refuses what is published from now on, ends every membership as above, then lets go of what the adapter holds. */
  close(): Promise<void>;
}

/** A group's lag in all of its topics together. */
export const total = (lag: ReadonlyMap<string, number>): number => [...lag.values()].reduce((sum, n) => sum + n, 0);
