// The port through which consumers store the messages that they could not handle (dead letters), and get them again for
// replay.
import { createHash } from 'node:crypto';
import type { Delivery } from '../messaging/message.ts';
import { type Fingerprint, originalText } from './kept-text.ts';

/**
 * The state of a stored message: its consumer could not handle it (DEAD, with the cause), it waits BEHIND an earlier one
 * of its lane, or it is being replayed (REPLAYING). The other states are settled.
 */
export type DeadLetterState = 'DEAD' | 'BEHIND' | 'REPLAYING' | 'REPLAYED' | 'DISCARDED';

/** A stored message. */
export interface DeadLetter {
  /** The order of the messages within a lane. */
  position: number;
  id: string;
  consumer: string;
  /** The unit of ordering: a consumer's messages of one topic and key. */
  lane: string;
  state: DeadLetterState;
  topic: string;
  partition: number;
  offset: string;
  key?: string | null | undefined;
  value?: string | null | undefined;
  /** As JSON. */
  headers: string;
  cause: string;
  parkedAt: Date;
  settledAt?: Date | null | undefined;
  /** Who replayed or discarded it. */
  settledBy?: string | null | undefined;
}

/** A message to store: with the cause of the failure, or null when it only waits behind an earlier one of its lane. */
export interface Parked {
  delivery: Delivery;
  cause: string | null;
}

/** A message whose content the database refuses: only its position and its fingerprint are stored. */
export interface LostContent extends Fingerprint {
  delivery: Delivery;
  /** The database's error. */
  because: unknown;
}

/** The known state of the lanes of some messages. */
export interface LaneStates {
  /** The ids of messages that have a dead letter, in any state. */
  known: ReadonlySet<string>;
  /** The lanes that an unsettled dead letter blocks. */
  held: ReadonlySet<string>;
}

/** The dead letters for consumers. */
export interface Parking {
  /** The known state of the lanes of these messages. One query. */
  look(consumer: string, deliveries: readonly Delivery[]): Promise<LaneStates>;
  /**
   * Stores the messages, each once, in order. A message whose lane a replay has just cleared is due at once: later
   * messages find the lane blocked, so nothing overtakes it. Rejects while the database is away or full. A message that
   * the database refuses while it accepts others is stored without its content; the result lists those.
   */
  park(consumer: string, letters: readonly Parked[]): Promise<LostContent[]>;
  /** The dead letters to handle next: the first unsettled one of each lane, unless that is DEAD. */
  due(consumer: string, most: number): Promise<DeadLetter[]>;
  /** Ends a replay: null marks it as done, a cause makes the message dead again. */
  settle(letter: DeadLetter, cause: string | null): Promise<void>;
  /** Runs the work while no other process replays for this consumer; false if one does. */
  alone(consumer: string, work: () => Promise<void>): Promise<boolean>;
  /** Calls back when a dead letter of this process may have become due; the returned function ends that. */
  onChange(listener: () => void): Promise<() => void>;
}

/**
 * The unit of ordering: the messages of one key on one topic, for one consumer. A message without a key has its own
 * lane.
 */
export const laneOf = (consumer: string, { topic, key, partition, offset }: Delivery): string =>
  digest(key === null ? [consumer, topic, key, partition, offset] : [consumer, topic, key]);

/** The same for each delivery of a message, so that it is stored once. */
export const letterId = (consumer: string, { topic, partition, offset, key, value }: Delivery): string =>
  `dlt_${digest([consumer, topic, partition, offset, key, value])}`;

const digest = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** The message of a dead letter. Throws an Error if its content was lost. */
export function deliveryOf({ topic, partition, offset, key = null, value = null, headers }: DeadLetter): Delivery {
  const original = (text: string | null) => (text === null ? null : originalText(text));
  const parsed = JSON.parse(headers) as Record<string, string>;
  return { topic, partition, offset, key: original(key), value: original(value), headers: parsed };
}
