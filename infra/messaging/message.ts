// What is published, and what a consumer receives.

/**
 * A message to publish. The bus does not parse or trust it: only consumers interpret a value. Bytes that are not UTF-8
 * are unpaired surrogates in these texts (byte-text.ts), so that a received message can be published again.
 */
export interface Message {
  topic: string;
  /** Messages of one key stay in order; a message without a key goes to any partition. */
  key: string | null;
  value: string | null;
  headers?: Record<string, string>;
}

/**
 * A message as a consumer receives it. `offset` grows along a partition, with gaps: compare offsets, never count with
 * them.
 */
export interface Delivery extends Required<Message> {
  partition: number;
  offset: string;
}
