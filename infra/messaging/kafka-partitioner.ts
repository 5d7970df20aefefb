// Chooses the partition of a message, equal to kafkajs and Kafka's Java client, in time linear in the key. kafkajs
// 2.2.4 multiplies integers that grow with every four bytes of the key: a key of 2 MB blocks the process for hours.
import { type ICustomPartitioner, type PartitionerArgs, Partitioners } from 'kafkajs';

/** kafkajs' default partitioner with another hash function for keys. */
export const linearPartitioner: ICustomPartitioner = () => {
  const withoutKey = Partitioners.DefaultPartitioner();
  return (args: PartitionerArgs) => {
    const { key, partition } = args.message;
    if (key === null || key === undefined || partition !== undefined) return withoutKey(args);
    return (murmur2(Buffer.from(key)) & 0x7fffffff) % args.partitionMetadata.length;
  };
};

const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/** MurmurHash2 like Kafka's `Utils.murmur2`: a signed integer of 32 bits. */
export function murmur2(bytes: Buffer): number {
  const { length } = bytes;
  const rest = length & 3;
  const whole = length - rest;
  let hash = SEED ^ length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(bytes.readInt32LE(at), M);
    word = Math.imul(word ^ (word >>> 24), M);
    hash = Math.imul(hash, M) ^ word;
  }
  if (rest) hash = Math.imul(hash ^ bytes.readUIntLE(whole, rest), M);
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}
