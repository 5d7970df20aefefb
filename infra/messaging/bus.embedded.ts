// The bus inside one process: distributes the partitions of a durable log among the members of each group.
import { isNonEmpty, lastOf, type NonEmpty } from '../../schema/values/non-empty.ts';
import { createHash } from 'node:crypto';
import { setImmediate as othersTurn, setTimeout as wait } from 'node:timers/promises';
import { Bell } from './bell.ts';
import { type Bus, type Subscription, type Topics, totalLag } from './bus.ts';
import type { Delivery, Message } from './message.ts';
import type { Clock } from '../process/clock.ts';
import type { Log } from '../logging/log.ts';
import { openMessageLog, type Reader } from './message-log.ts';

/** One partition as one group reads it. The bell rings when there may be work. */
interface Lane extends Reader {
  bell: Bell;
}

interface Member extends Subscription {
  handle: (batch: NonEmpty<Delivery>) => Promise<void>;
  inHand: Set<Promise<void>>;
}

const REDELIVER_AFTER = 200; // ms; consumers back off themselves, this only keeps a failing one from spinning
const FORGET_EVERY = 600_000; // ms; retention is counted in hours

/**
 * The bus of a single process, in the SQLite file `path`. An undeclared topic, such as `<topic>.dlt`, has one partition
 * and keeps all messages. Retention waits for every group that ever subscribed, so a group that lags behind or was
 * renamed loses nothing. (A broker deletes by time alone.)
 */
export function openEmbeddedBus(
  path: string,
  topics: Topics,
  now: Clock,
  log: Log,
  onRebalance: (group: string) => void = () => undefined,
): Bus {
  const messages = openMessageLog(path);
  const groups = new Map<string, Set<Member>>();
  const lanes = new Map<string, Lane>();
  const served: Promise<void>[] = [];
  const closing = new AbortController();
  let forgotten = -Infinity;

  const partitionsOf = (topic: string) => topics[topic]?.partitions ?? 1;

  function partitionOf({ topic, key }: Message): number {
    const hash = createHash('sha1').update(key ?? '');
    return hash.digest().readUInt32BE() % partitionsOf(topic);
  }

  function forgetSometimes(): void {
    const time = now().getTime();
    if (time < forgotten + FORGET_EVERY) return;
    forgotten = time;
    for (const [topic, { retention }] of Object.entries(topics)) messages.forget(topic, new Date(time - retention));
  }

  function wake(concerned: (lane: Lane) => boolean): void {
    for (const lane of lanes.values()) if (concerned(lane)) lane.bell.ring();
  }

  /** The member that reads a lane now: partitions are assigned in order of joining. */
  function memberOf({ group, topic, partition }: Lane): Member | undefined {
    const members = [...(groups.get(group) ?? [])].filter((member) => member.topics.includes(topic));
    return members[partition % members.length];
  }

  /** False once the member has left, or new members have taken over the lane. */
  const reads = (member: Member, lane: Lane) => !closing.signal.aborted && memberOf(lane) === member;

  /**
   * Resolves once the lane holds as many messages as the member takes, or `linger` is over, or the lane is assigned to
   * another member.
   */
  const gather = (lane: Lane, member: Member): Promise<void> =>
    lane.bell.until(() => !reads(member, lane) || messages.waiting(lane, member.max) >= member.max, member.linger);

  /**
   * Gathers a batch and hands it out: at once if the member leaves meanwhile, not at all if the lane was reassigned.
   */
  async function hand(lane: Lane, member: Member): Promise<void> {
    if (member.linger) await gather(lane, member);
    const isMember = groups.get(lane.group)?.has(member);
    if (isMember && memberOf(lane) !== member) return;
    const batch = messages.read(lane, member.max);
    if (!isNonEmpty(batch)) return;
    await member.handle(batch);
    messages.finish(lane, lastOf(batch));
  }

  /** Hands out the lane's next batch; if there is none, waits for the bell. */
  async function next(lane: Lane): Promise<void> {
    const member = memberOf(lane);
    if (!member || !messages.waiting(lane, 1)) return lane.bell.rung();
    const work = hand(lane, member);
    member.inHand.add(work);
    await work.finally(() => member.inHand.delete(work));
  }

  async function serve(lane: Lane): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await next(lane);
        await othersTurn(); // all of the above is synchronous: a long backlog would starve timers and sockets
      } catch (error) {
        const { group, topic, partition } = lane;
        log.error('a batch failed and will be delivered again', { service: group, group, topic, partition, error });
        await wait(REDELIVER_AFTER, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  function openLane(reader: Reader): void {
    const name = JSON.stringify(reader);
    if (lanes.has(name)) return;
    messages.join(reader);
    const lane = { ...reader, bell: new Bell() };
    lanes.set(name, lane);
    served.push(serve(lane));
  }

  return {
    async publish(list) {
      if (closing.signal.aborted) throw new Error('the bus is closed');
      const placed = list.map((message) => ({ ...message, partition: partitionOf(message) }));
      forgetSometimes();
      messages.append(placed, now());
      const touched = new Set(placed.map(({ topic, partition }) => `${topic}/${partition}`));
      wake(({ topic, partition }) => touched.has(`${topic}/${partition}`));
    },

    async subscribe(subscription, handle) {
      if (closing.signal.aborted) throw new Error('the bus is closed');
      const { group } = subscription;
      const member: Member = { ...subscription, handle, inHand: new Set() };
      const members = groups.get(group) ?? new Set();
      for (const _ of members) onRebalance(group);
      groups.set(group, members.add(member));
      for (const topic of subscription.topics) {
        for (let partition = 0; partition < partitionsOf(topic); partition++) openLane({ group, topic, partition });
      }
      wake((lane) => lane.group === group);
      return async () => {
        if (members.delete(member)) for (const _ of members) onRebalance(group);
        wake((lane) => lane.group === group); // the other members take over its partitions
        await Promise.allSettled(member.inHand);
      };
    },

    backlog: async (group) => totalLag(messages.lag(group)),
    lag: async (group) => messages.lag(group),

    async close() {
      const first = !closing.signal.aborted;
      closing.abort();
      wake(() => true);
      await Promise.all(served);
      if (first) messages.close();
    },
  };
}
