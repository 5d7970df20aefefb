// Administration of Kafka: creates topics as declared, and reads how far each group has come.
import { type Admin, AssignerProtocol } from 'kafkajs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Topics } from './bus.ts';

const LARGEST = 4_000_000; // bytes; an event of 2 MB fits with its headers, and so do many small ones in one request

const LOOK_AFTER = 20; // ms
const LOOK_AT_MOST = 100; // times; a cluster that is slower than this is used anyway

/**
 * Creates missing topics under their names `there`, each with its dead-letter topic, and adds partitions where more are
 * declared.
 */
export async function makeTopics(admin: Admin, topics: Topics, there: (name: string) => string): Promise<void> {
  const wanted = Object.entries(topics).flatMap(([topic, { partitions, retention }]) => [
    { topic: there(topic), numPartitions: partitions, configEntries: settings(retention) },
    { topic: there(`${topic}.dlt`), numPartitions: 1, configEntries: settings(-1) }, // kept until an operator has examined them
  ]);
  const made = new Set(await admin.listTopics());
  const missing = wanted.filter(({ topic }) => !made.has(topic));
  if (missing.length) {
    await admin.createTopics({ topics: missing, waitForLeaders: false }).catch(explained);
    await Promise.all(missing.map(({ topic }) => led(admin, topic)));
  }
  const found = await admin.fetchTopicMetadata({ topics: wanted.map(({ topic }) => topic) });
  const counts = new Map(found.topics.map(({ name, partitions }) => [name, partitions.length]));
  const short = wanted.filter(({ topic, numPartitions }) => (counts.get(topic) ?? 0) < numPartitions);
  if (!short.length) return;
  await admin.createPartitions({
    topicPartitions: short.map(({ topic, numPartitions }) => ({ topic, count: numPartitions })),
  });
}

/**
 * Resolves once the leaders of a new topic know that they lead it. Until then they refuse their part of a publish, and
 * a retry would duplicate the messages that other leaders accepted.
 */
async function led(admin: Admin, topic: string): Promise<void> {
  for (let looked = 0; looked < LOOK_AT_MOST; looked++) {
    try {
      await admin.fetchTopicOffsets(topic); // asks the leaders themselves
      return;
    } catch {
      await wait(LOOK_AFTER);
    }
  }
}

/** Adds the reasons: kafkajs only says that there were errors. */
function explained(error: unknown): never {
  const { errors = [] } = error as { errors?: Error[] };
  if (!errors.length) throw error;
  const causes = [...new Set(errors.map(({ message }) => message))];
  throw new Error(`Kafka does not make the topics: ${causes.join('; ')}`, { cause: error });
}

const settings = (retention: number) => [
  // the broker's clock sets the age of a message: one from a machine whose clock is behind would be deleted at once
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
  { name: 'retention.ms', value: String(retention) },
  { name: 'max.message.bytes', value: String(LARGEST) },
];

/**
 * The number of messages that the group has not finished, for each topic that it has committed an offset for or reads
 * now.
 */
export async function lagOf(admin: Admin, group: string): Promise<Map<string, number>> {
  const committed = await admin.fetchOffsets({ groupId: group });
  const topics = new Set([...committed.map(({ topic }) => topic), ...(await topicsReadBy(admin, group))]);
  const counts = [...topics].map(async (topic): Promise<[string, number]> => {
    const done = new Map(
      committed.find((each) => each.topic === topic)?.partitions.map(({ partition, offset }) => [partition, offset]),
    );
    const ends = await admin.fetchTopicOffsets(topic);
    const unfinished = ends.map(({ partition, low, high }) => {
      const next = Math.max(Number(done.get(partition) ?? low), Number(low));
      return Number(high) - next;
    });
    return [topic, unfinished.reduce((sum, count) => sum + count, 0)];
  });
  return new Map(await Promise.all(counts));
}

async function topicsReadBy(admin: Admin, group: string): Promise<string[]> {
  const { groups } = await admin.describeGroups([group]);
  return groups.flatMap(({ members }) =>
    members.flatMap(({ memberMetadata }) =>
      memberMetadata.length ? (AssignerProtocol.MemberMetadata.decode(memberMetadata)?.topics ?? []) : [],
    ),
  );
}

/** Connects once, when it is first needed; after a failure the next call tries again. */
export function connected<Client extends { connect(): Promise<void> }>(client: Client): () => Promise<Client> {
  let connecting: Promise<Client> | undefined;
  return () =>
    (connecting ??= client.connect().then(
      () => client,
      (error: unknown) => {
        connecting = undefined;
        throw error;
      },
    ));
}
