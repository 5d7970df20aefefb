// The bus on a Kafka cluster, by kafkajs.
import type { NonEmpty } from '../../schema/values/non-empty.ts';
import type { Message as KafkaMessage } from 'kafkajs';
import { type Bus, MessageRefused, type Topics, totalLag } from './bus.ts';
import type { Delivery, Message } from './message.ts';
import { bytesOf } from './byte-text.ts';
import { connected, lagOf, makeTopics } from './kafka-admin.ts';
import { openKafkaClient } from './kafka-client.ts';
import { joinGroup } from './kafka-member.ts';
import { linearPartitioner } from './kafka-partitioner.ts';
import type { Log } from '../logging/log.ts';
import { parseServerUrl } from '../config/server-url.ts';

const SESSION = 10_000; // ms; longer than any pause of a healthy process; ?session=MS overrides it
const ONE_REQUEST = 1_000_000; // bytes; far less than a topic accepts in one request

export interface KafkaBusOptions {
  url: string;
  topics: Topics;
  log: Log;
  /** A consumer has stopped for good: the process should exit, so that a new one takes its place. */
  onCrash: (error: Error) => void;
  /** Called at each rebalance of a group that has a member here. */
  onRebalance?: (group: string) => void;
}

/**
 * A bus on the cluster of the URL. Topics are created as declared, each with its `<topic>.dlt`, at the first use. With
 * `?prefix=staging.` several systems share a cluster: all topics and groups get the prefix.
 */
export function openKafkaBus({ url, topics, log, onCrash, onRebalance }: KafkaBusOptions): Bus {
  const kafka = openKafkaClient(url, log);
  const { options } = parseServerUrl(url);
  const session = Number(options.get('session') ?? SESSION);
  const prefix = options.get('prefix') ?? '';
  const there = (name: string): string => prefix + name;
  const oneHere = (one: Delivery): Delivery => ({ ...one, topic: one.topic.slice(prefix.length) });
  const here = ([first, ...others]: NonEmpty<Delivery>): NonEmpty<Delivery> => [oneHere(first), ...others.map(oneHere)];
  const admin = connected(kafka.admin());
  const producer = connected(
    kafka.producer({
      createPartitioner: linearPartitioner,
      maxInFlightRequests: 1, // a retry never overtakes an earlier message
      allowAutoTopicCreation: false,
    }),
  );
  const ready = connected({ connect: async () => makeTopics(await admin(), topics, there) });
  const members = new Set<() => Promise<void>>();
  let closing: Promise<void> | undefined;

  function refuseWhenClosed(): void {
    if (closing) throw new Error('the bus is closed');
  }

  async function close(): Promise<void> {
    await Promise.all([...members].map((leave) => leave()));
    await Promise.allSettled([producer().then((it) => it.disconnect()), admin().then((it) => it.disconnect())]);
  }

  async function lag(group: string): Promise<Map<string, number>> {
    const found = await lagOf(await admin(), there(group));
    return new Map([...found].map(([topic, messages]) => [topic.slice(prefix.length), messages]));
  }

  return {
    async publish(messages) {
      refuseWhenClosed();
      const encoded = messages.map(encode);
      await ready();
      const sender = await producer();
      for (const some of requests(encoded)) {
        const topicMessages = [...Map.groupBy(some, ({ topic }) => topic)].map(([topic, list]) => ({
          topic: there(topic),
          messages: list.map(({ message }) => message),
        }));
        await sender.sendBatch({ topicMessages, acks: -1 }).catch(refusal);
      }
    },

    async subscribe(subscription, handle) {
      refuseWhenClosed();
      await ready();
      const renamed = { ...subscription, group: there(subscription.group), topics: subscription.topics.map(there) };
      const end = await joinGroup({
        kafka,
        subscription: renamed,
        handle: (batch) => handle(here(batch)),
        session,
        onCrash,
        onRebalance: () => onRebalance?.(subscription.group),
        log: log.child({ service: subscription.group }),
      });
      let left: Promise<void> | undefined;
      const leave = () => (left ??= end().finally(() => members.delete(leave)));
      members.add(leave);
      return leave;
    },

    backlog: async (group) => totalLag(await lag(group)),
    lag,

    close: () => (closing ??= close()),
  };
}

interface Encoded {
  topic: string;
  message: KafkaMessage;
  size: number;
}

/** Throws a TypeError if a key or a value is not text, before anything is sent. */
function encode({ topic, key, value, headers = {} }: Message): Encoded {
  const contents = Object.entries(headers).map(([name, content]) => [name, bytesOf(content)] as const);
  const message = { key: bytes(key), value: bytes(value), headers: Object.fromEntries(contents) };
  const names = contents.reduce((sum, [name, content]) => sum + name.length + content.length, 0);
  return { topic, message, size: (message.key?.length ?? 0) + (message.value?.length ?? 0) + names };
}

const bytes = (text: string | null) => (text === null ? null : bytesOf(text));

const REFUSED = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP'];

/** Rethrows a broker's error, as MessageRefused if a message caused it. */
function refusal(error: Error): never {
  const { type } = error as { type?: string };
  if (type === undefined || !REFUSED.includes(type)) throw error;
  throw new MessageRefused(`Kafka refuses the message: ${type}`, { cause: error });
}

/** Splits the messages into requests, in order, as many in each as fit. */
function* requests(messages: readonly Encoded[]): Generator<Encoded[]> {
  let some: Encoded[] = [];
  let size = 0;
  for (const message of messages) {
    if (some.length && size + message.size > ONE_REQUEST) {
      yield some;
      [some, size] = [[], 0];
    }
    some.push(message);
    size += message.size;
  }
  if (some.length) yield some;
}
