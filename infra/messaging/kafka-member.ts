// A member of a consumer group on Kafka: manages lanes for its assigned partitions, through joins, leaves and crashes.
import type { NonEmpty } from '../../schema/values/non-empty.ts';
import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload, Kafka } from 'kafkajs';
import type { Subscription } from './bus.ts';
import type { Delivery } from './message.ts';
import { textOf } from './byte-text.ts';
import { type Lane, openLane } from './kafka-lane.ts';
import type { Log } from '../logging/log.ts';

export interface MemberOptions {
  kafka: Kafka;
  subscription: Subscription;
  handle: (batch: NonEmpty<Delivery>) => Promise<void>;
  /** How long a member may be silent before its partitions are reassigned, in ms. */
  session: number;
  /** Called when a consumer has stopped for good while its process still runs. */
  onCrash: (error: Error) => void;
  /** Called at each rebalance. */
  onRebalance: () => void;
  log: Log;
}

const POLL = 100; // ms; how often an idle broker is polled, and the longest wait of a lane for more messages
const LONGEST_BEAT = 1000; // ms
const RESTART_AFTER = 500; // ms

/**
 * Joins the group; resolves once the membership stands. The returned function leaves it when the current batches are
 * finished.
 */
export async function joinGroup(options: MemberOptions): Promise<() => Promise<void>> {
  const { kafka, subscription, session, onCrash, onRebalance, log } = options;
  const { group, topics } = subscription;
  const consumer = kafka.consumer({
    groupId: group,
    sessionTimeout: session,
    rebalanceTimeout: 2 * session,
    heartbeatInterval: Math.min(session / 6, LONGEST_BEAT),
    maxWaitTimeInMs: POLL,
  });
  const lanes = new Map<string, Lane>();
  const joined = Promise.withResolvers<void>();
  let member = '';
  let [left, restartTimer]: [boolean, NodeJS.Timeout | undefined] = [false, undefined];

  function dropAllBut(kept: ReadonlySet<string>): void {
    for (const [name, lane] of lanes) {
      if (kept.has(name)) continue;
      lane.drop();
      lanes.delete(name);
    }
  }

  /**
   * New partitions get lanes with their first messages; retained partitions keep theirs, unless the group had dropped
   * this member in between.
   */
  function deal({ payload: { memberId, memberAssignment } }: ConsumerGroupJoinEvent): void {
    const ours = Object.entries(memberAssignment).flatMap(([topic, list]) => list.map((n) => nameOf(topic, n)));
    dropAllBut(new Set(memberId === member ? ours : []));
    if (member) {
      log.info('partitions assigned', { group, partitions: ours.length });
      onRebalance();
    }
    member = memberId;
    for (const lane of lanes.values()) lane.go();
    joined.resolve();
  }

  consumer.on(consumer.events.REBALANCING, () => {
    for (const lane of lanes.values()) lane.hold();
  });
  consumer.on(consumer.events.GROUP_JOIN, deal);
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    dropAllBut(new Set());
    if (restart || left) return;
    if (!isPassing(error)) {
      giveUp(error);
      return;
    }
    log.warn('the consumer group has no coordinator yet; restarting the consumer', { group, pause: RESTART_AFTER });
    restartTimer = setTimeout(() => void run().catch(giveUp), RESTART_AFTER);
  });

  let isMember = false;
  void joined.promise.then(
    () => (isMember = true),
    () => undefined,
  );

  /** Before the first join, rejects to the caller, which may try again; after it, the member has stopped for good. */
  function giveUp(error: Error): void {
    joined.reject(error);
    if (isMember) onCrash(error);
  }

  const run = () =>
    consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: 100, // a batch is only put into its lane here
      async eachBatch({ batch }) {
        const name = nameOf(batch.topic, batch.partition);
        const lane = lanes.get(name) ?? laneFor(options, consumer, batch.topic, batch.partition);
        lanes.set(name, lane);
        lane.take(deliveries(batch));
      },
    });

  try {
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await run();
    await joined.promise;
  } catch (error) {
    left = true;
    clearTimeout(restartTimer);
    await consumer.disconnect().catch(() => undefined);
    throw error;
  }

  return async () => {
    left = true;
    clearTimeout(restartTimer);
    await Promise.all([...lanes.values()].map((lane) => lane.end()));
    await consumer.disconnect();
  };
}

/**
 * Whether a fault will pass although kafkajs gives up for good: it does so when a cluster is new or busy, and whenever
 * the connection is lost while it looks for the group's coordinator.
 */
const isPassing = ({ name }: Error): boolean => name === 'KafkaJSGroupCoordinatorNotFound';

const nameOf = (topic: string, partition: number): string => `${topic}/${partition}`;

function laneFor({ subscription, handle, log }: MemberOptions, consumer: Consumer, topic: string, partition: number) {
  const here = [{ topic, partitions: [partition] }];
  let isRefused = false; // logged once until a commit succeeds: it is tried several times a second
  return openLane({
    subscription,
    handle,
    pause: () => consumer.pause(here),
    resume: () => consumer.resume(here),
    async commit({ offset }) {
      const next = String(BigInt(offset) + 1n);
      try {
        await consumer.commitOffsets([{ topic, partition, offset: next }]);
        isRefused = false;
        return true;
      } catch (error) {
        if (!isRefused) log.warn('offset commit failed', { group: subscription.group, topic, partition, error });
        isRefused = true;
        return false;
      }
    },
    log,
  });
}

const text = (bytes: Buffer | null | undefined): string | null => (bytes ? textOf(bytes) : null);

/** Repeated headers are joined by commas, as in HTTP. */
const headerText = (content: Buffer | string | (Buffer | string)[] | undefined): string =>
  [content ?? '']
    .flat()
    .map((each) => (typeof each === 'string' ? each : (text(each) ?? '')))
    .join();

const deliveries = ({ topic, partition, messages }: EachBatchPayload['batch']): Delivery[] =>
  messages.map(({ offset, key, value, headers = {} }) => ({
    topic,
    partition,
    offset,
    key: text(key),
    value: text(value),
    headers: Object.fromEntries(Object.entries(headers).map(([name, content]) => [name, headerText(content)])),
  }));
