// Dead-letters a message: parks it in the database, with a copy on the topic `<topic>.dlt`.
import { type Bus, MessageRefused } from '../../infra/messaging/bus.ts';
import type { Delivery, Message } from '../../infra/messaging/message.ts';
import { fingerprintOf } from '../../infra/dead-letters/kept-text.ts';
import type { Log } from '../../infra/logging/log.ts';

/** A message that leaves its consumer: with the cause of the failure, or null when it waits behind another. */
export interface Lost {
  delivery: Delivery;
  cause: unknown;
}

interface Consumer {
  bus: Bus;
  log: Log;
  /** The consumer group. */
  group: string;
}

/**
 * Publishes copies of the failed messages and parks all of them, in order. Rejects while the bus or the database is
 * away, so that the batch comes again. A message with any content is either parked or logged as lost.
 */
export async function keepDeadLetters(lost: readonly Lost[], { bus, log, group }: Consumer): Promise<void> {
  const dead = lost.filter(({ cause }) => cause !== null);
  if (dead.length) await publishCopies(dead, { bus, log, group });
  const parked = lost.map(({ delivery, cause }) => ({ delivery, cause: cause === null ? null : causeOf(cause) }));
  const withoutContent = (await bus.parking?.park(group, parked)) ?? [];
  for (const { delivery, because, bytes, sha256 } of withoutContent) {
    log.error('the content of a message is lost', { ...at(delivery), bytes, sha256, error: because });
  }
  for (const { delivery, cause } of dead) {
    log.error('a message went to the dead letters', { ...at(delivery), error: cause });
  }
}

/** Publishes all at once. If the bus refuses one, publishes one by one, and a refused message without its content. */
async function publishCopies(dead: readonly Lost[], { bus, log, group }: Consumer): Promise<void> {
  try {
    await bus.publish(dead.map((one) => copyOf(one, group)));
  } catch (error) {
    if (!(error instanceof MessageRefused)) throw error;
    for (const one of dead) {
      await bus.publish([copyOf(one, group)]).catch(async (cause: unknown) => {
        if (!(cause instanceof MessageRefused)) throw cause;
        log.warn('the copy of a dead letter has no content', { ...at(one.delivery), error: cause });
        await bus.publish([stubOf(one, group)]);
      });
    }
  }
}

function copyOf({ delivery, cause }: Lost, group: string): Message {
  const { topic, key, value, headers, partition, offset } = delivery;
  return {
    topic: `${topic}.dlt`,
    key,
    value,
    headers: {
      ...headers,
      'dlt-group': group,
      'dlt-cause': causeOf(cause),
      'dlt-topic': topic,
      'dlt-partition': String(partition),
      'dlt-offset': offset,
    },
  };
}

/** The copy of a message that the broker refuses: its position, size and digest without its content. */
function stubOf({ delivery, cause }: Lost, group: string): Message {
  const { bytes, sha256 } = fingerprintOf(delivery);
  const { headers, ...copy } = copyOf({ delivery: { ...delivery, headers: {} }, cause }, group);
  return { ...copy, key: null, value: null, headers: { ...headers, 'dlt-bytes': String(bytes), 'dlt-sha256': sha256 } };
}

function at({ topic, partition, offset, key }: Delivery) {
  return { topic, partition, offset, key };
}

const LONGEST_CAUSE = 1000; // characters; brokers limit a message including its headers

/** The cause of a failure as stored: text that every database accepts. */
export const causeOf = (error: unknown): string =>
  wordsOf(error).slice(0, LONGEST_CAUSE).replaceAll('\0', '\ufffd').toWellFormed();

/** Never throws, although a handler may throw anything. */
function wordsOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return 'what was thrown cannot be read';
  }
}
