// The bus port: a durable, partitioned log with consumer groups, whichever adapter stands behind it.

export interface Message {
  topic: string;
  /** Messages of one key stay in order. */
  key: string;
  value: string;
  headers?: Record<string, string>;
}

/** A message as it is handed to a consumer. What others published may lack a key or a value. */
export interface Delivery {
  topic: string;
  key: string | null;
  value: string | null;
  headers: Record<string, string>;
  partition: number;
  offset: string;
}

/** How a group wants its messages: up to `max` of one partition at a time, waiting up to `linger` ms to fill a batch. */
export interface Subscription {
  group: string;
  topics: readonly string[];
  max: number;
  linger: number;
}

export interface Bus {
  /** Resolves once every message is durable. All of them or none, as far as the adapter can tell. */
  publish(messages: readonly Message[]): Promise<void>;
  /**
   * Hands each message of the topics to one member of each group, from the beginning, at least once: a batch whose
   * handler throws, or whose process dies, comes again. Batches of one partition come one after another.
   * The result ends the membership once the batch in hand is finished.
   */
  subscribe(
    subscription: Subscription,
    handle: (batch: readonly Delivery[]) => Promise<void>,
  ): Promise<() => Promise<void>>;
  /** How many messages of its topics the group has not finished. */
  backlog(group: string): Promise<number>;
  close(): Promise<void>;
}
