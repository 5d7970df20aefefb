// The partition of a key: the same as for other producers of the topic.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PartitionerArgs, Partitioners } from 'kafkajs';
import { linearPartitioner, murmur2 } from '../../infra/messaging/kafka-partitioner.ts';
import { chance } from '../kit/chance.ts';

const partitionMetadata = Array.from({ length: 12 }, (_, partitionId) => ({ partitionId, leader: 0 }));
const sent = (message: object) => ({ topic: 'orders', partitionMetadata, message }) as unknown as PartitionerArgs;

test('a key has the hash from Kafka’s own tests', () => {
  const hashes = {
    '21': -973932308,
    foobar: -790332482,
    'a-little-bit-long-string': -985981536,
    'a-little-bit-longer-string': -1486304829,
    lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
    abc: 479470107,
  };
  for (const [key, hash] of Object.entries(hashes)) assert.equal(murmur2(Buffer.from(key)), hash, key);
});

test('a key of any bytes goes to the same partition as with kafkajs', (t) => {
  const [ours, theirs] = [linearPartitioner(), Partitioners.DefaultPartitioner()];
  const dice = chance(t);
  for (let n = 0; n < 500; n++) {
    const key = Buffer.from(Array.from({ length: dice(40) }, () => dice(256)));
    assert.equal(ours(sent({ key })), theirs(sent({ key })), key.toString('hex'));
  }
});

test('messages without a key go to each partition in turn, and one with a partition goes to that partition', () => {
  const partition = linearPartitioner();
  const turns = partitionMetadata.map(() => partition(sent({ key: null })));
  assert.equal(new Set(turns).size, partitionMetadata.length);
  assert.equal(partition(sent({ key: 'k', partition: 7 })), 7);
});
