// A group member with its own assignment protocol: while it is in a group, no member with another protocol can join.
import { AssignerProtocol, Kafka, logLevel, type PartitionAssigner } from 'kafkajs';

const assigner: PartitionAssigner = () => ({
  name: 'strange',
  version: 1,
  assign: async () => [],
  protocol: ({ topics }) => ({
    name: 'strange',
    metadata: AssignerProtocol.MemberMetadata.encode({ version: 1, topics, userData: Buffer.alloc(0) }),
  }),
});

/** Joins the group; leaves it when it is disposed of. */
export async function strangerIn(brokers: string[], groupId: string, topic: string): Promise<AsyncDisposable> {
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId, partitionAssigners: [assigner] });
  const joined = Promise.withResolvers<void>();
  consumer.on(consumer.events.GROUP_JOIN, () => joined.resolve());
  await consumer.subscribe({ topic });
  await consumer.run({ eachMessage: async () => undefined });
  await joined.promise;
  return { [Symbol.asyncDispose]: () => consumer.disconnect() };
}
