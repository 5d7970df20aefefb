// The bus port: a durable, partitioned log with consumer groups; every adapter keeps these promises.
import type { NonEmpty } from '../../schema/values/non-empty.ts';
import type { Parking } from '../dead-letters/parking.ts';
import type { Delivery, Message } from './message.ts';

/** How a group receives messages: batches of up to `max` of one partition, waiting up to `linger` ms to fill one. */
export interface Subscription {
  group: string;
  topics: readonly string[];
  max: number;
  linger: number;
}

/**
 * The topics of a bus. Retention is in milliseconds. Partitions may be added but never removed: the messages in them
 * would no longer be read.
 */
export interface Topics {
  readonly [topic: string]: { partitions: number; retention: number };
}

/**
 * The bus never accepts this message, for example because it is larger than the broker allows: retrying does not help.
 * Messages published in the same call may or may not be durable.
 */
export class MessageRefused extends Error {}

export interface Bus {
  /**
   * Where consumers store messages that they could not handle, set by wiring; without it, nothing is stored or
   * replayed.
   */
  parking?: Parking;
  /**
   * Resolves once every message is durable. All or none if the adapter can: a broker without transactions may keep a
   * part and reject, and the caller publishes all of them again. If a message cannot be encoded, none is published.
   * Rejects with MessageRefused if a message itself is the cause.
   */
  publish(messages: readonly Message[]): Promise<void>;
  /**
   * Delivers each message of the topics to one member of each group, at least once, and to a new group from the oldest
   * message kept: a batch whose handler throws, or whose process dies, is delivered again. Batches of a partition are
   * sequential, each finished for good before the next; partitions are independent. A handler may take as long as it
   * needs: an adapter with sessions keeps its session alive meanwhile.
   *
   * Resolves once the membership stands. The returned function ends it after the current batch, and the one being
   * gathered, are finished and marked so; further calls do nothing.
   */
  subscribe(
    subscription: Subscription,
    handle: (batch: NonEmpty<Delivery>) => Promise<void>,
  ): Promise<() => Promise<void>>;
  /**
   * The number of messages that the group has not finished, over all topics that it ever subscribed to, whether it runs
   * or not.
   */
  backlog(group: string): Promise<number>;
  /** The same by topic, including topics without unfinished messages. */
  lag(group: string): Promise<ReadonlyMap<string, number>>;
  /** Refuses further publishing, ends every membership as above, then releases the adapter's resources. */
  close(): Promise<void>;
}

/** A group's total lag over all of its topics. */
export const totalLag = (lag: ReadonlyMap<string, number>): number => [...lag.values()].reduce((sum, n) => sum + n, 0);
