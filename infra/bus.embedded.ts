// The bus inside one process: a durable log in one SQLite file, with partitions, groups and redelivery.
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bus, Delivery, Message, Subscription } from './bus.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

interface Topics {
  readonly [topic: string]: { partitions: number; retention: number };
}

/** One partition as one group reads it. */
interface Lane {
  group: string;
  topic: string;
  partition: number;
}

interface Member extends Subscription {
  handle: (batch: readonly Delivery[]) => Promise<void>;
  wake: () => void;
}

const REDELIVER_AFTER = 200; // ms; consumers back off by themselves, this only keeps a failing one from spinning

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS message (
    topic TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
    key TEXT, value TEXT, headers TEXT NOT NULL, time INTEGER NOT NULL,
    PRIMARY KEY (topic, partition, offset)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS high_water (
    topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (topic, partition)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS committed (
    consumer_group TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL,
    PRIMARY KEY (consumer_group, topic, partition)
  ) WITHOUT ROWID;`;

/** The bus of a single process, in the SQLite file `path`. Dead-letter topics (`<topic>.dlt`) have one partition and are kept. */
export function openEmbeddedBus(path: string, topics: Topics, now: Clock, log: Log): Bus {
  const db = new DatabaseSync(path);
  db.exec(schema);
  const append = db.prepare('INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?)');
  const nextOffset = db.prepare(
    `INSERT INTO high_water VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET next = next + 1 RETURNING next - 1 AS offset`,
  );
  const read = db.prepare(
    `SELECT topic, partition, offset, key, value, headers FROM message
     WHERE topic = ? AND partition = ? AND offset >= ? ORDER BY offset LIMIT ?`,
  );
  const position = db.prepare('SELECT next FROM committed WHERE consumer_group = ? AND topic = ? AND partition = ?');
  const commit = db.prepare('INSERT INTO committed VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET next = excluded.next');
  // what every group that ever read a partition has finished, and is older than the topic keeps
  const forget = db.prepare(
    `DELETE FROM message WHERE topic = ? AND time < ? AND offset <
       (SELECT min(next) FROM committed c WHERE c.topic = message.topic AND c.partition = message.partition)`,
  );
  const behind = db.prepare(
    `SELECT coalesce(sum(h.next - coalesce(c.next, 0)), 0) AS messages FROM high_water h
     LEFT JOIN committed c ON c.topic = h.topic AND c.partition = h.partition AND c.consumer_group = ?
     WHERE h.topic IN (SELECT value FROM json_each(?))`,
  );

  const groups = new Map<string, { members: Member[]; lanes: Set<string>; topics: Set<string> }>();
  const running = new Set<Promise<void>>();
  let closed = false;

  for (const [topic, { retention }] of Object.entries(topics)) forget.run(topic, now().getTime() - retention);

  const partitionsOf = (topic: string): number => topics[topic]?.partitions ?? 1;

  function partitionOf({ topic, key }: Message): number {
    return createHash('sha1').update(key).digest().readUInt32BE() % partitionsOf(topic);
  }

  function batchOf(lane: Lane, max: number): Delivery[] {
    const from = (position.get(lane.group, lane.topic, lane.partition)?.['next'] as number | undefined) ?? 0;
    return read.all(lane.topic, lane.partition, from, max).map((row) => ({
      topic: row['topic'] as string,
      partition: row['partition'] as number,
      offset: String(row['offset']),
      key: row['key'] as string | null,
      value: row['value'] as string | null,
      headers: JSON.parse(row['headers'] as string) as Record<string, string>,
    }));
  }

  /** The member that reads a lane now: partitions are dealt out in order of joining. */
  function memberOf({ group, topic, partition }: Lane): Member | undefined {
    const members = groups.get(group)!.members.filter((m) => m.topics.includes(topic));
    return members[partition % members.length];
  }

  async function drain(lane: Lane): Promise<void> {
    for (let member = memberOf(lane); member && !closed; member = memberOf(lane)) {
      let batch = batchOf(lane, member.max);
      if (!batch.length) return;
      if (member.linger && batch.length < member.max) {
        await wait(member.linger);
        batch = batchOf(lane, member.max);
      }
      // a member that left while we waited must not be handed anything more
      if (closed || memberOf(lane) !== member) continue;
      try {
        await member.handle(batch);
        commit.run(lane.group, lane.topic, lane.partition, Number(batch.at(-1)!.offset) + 1);
      } catch (error) {
        log.error('a batch failed and will come again', { group: lane.group, topic: lane.topic, error });
        await wait(REDELIVER_AFTER);
      }
    }
  }

  /** Reads the lane until it is empty, unless that is going on already. */
  function wake(lane: Lane): void {
    const { lanes } = groups.get(lane.group)!;
    const name = `${lane.topic}/${lane.partition}`;
    if (lanes.has(name) || closed) return;
    lanes.add(name);
    const run = drain(lane).finally(() => {
      lanes.delete(name);
      running.delete(run);
      // what was published between the last read and now found the lane still busy
      if (!closed && memberOf(lane) && batchOf(lane, 1).length) wake(lane);
    });
    running.add(run);
  }

  function wakeTopic(topic: string): void {
    for (const [group, { topics: read }] of groups) {
      if (!read.has(topic)) continue;
      for (let partition = 0; partition < partitionsOf(topic); partition++) wake({ group, topic, partition });
    }
  }

  return {
    async publish(messages) {
      if (closed) throw new Error('the bus is closed');
      db.exec('BEGIN IMMEDIATE');
      try {
        for (const message of messages) {
          const partition = partitionOf(message);
          const { offset } = nextOffset.get(message.topic, partition) as { offset: number };
          const headers = JSON.stringify(message.headers ?? {});
          append.run(message.topic, partition, offset, message.key, message.value, headers, now().getTime());
        }
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
      for (const topic of new Set(messages.map((m) => m.topic))) wakeTopic(topic);
    },

    async subscribe(subscription, handle) {
      const group = groups.get(subscription.group) ?? { members: [], lanes: new Set(), topics: new Set() };
      groups.set(subscription.group, group);
      let inHand = Promise.resolve();
      const member: Member = {
        ...subscription,
        handle: async (batch) => {
          const work = handle(batch);
          inHand = Promise.allSettled([inHand, work]).then(() => undefined);
          await work;
        },
        wake: () => subscription.topics.forEach(wakeTopic),
      };
      group.members.push(member);
      for (const topic of subscription.topics) group.topics.add(topic);
      member.wake();
      return async () => {
        group.members.splice(group.members.indexOf(member), 1);
        await inHand;
        member.wake(); // the others take over its partitions
      };
    },

    async backlog(group) {
      const topicsRead = JSON.stringify([...(groups.get(group)?.topics ?? [])]);
      return (behind.get(group, topicsRead) as { messages: number }).messages;
    },

    async close() {
      closed = true;
      await Promise.all(running);
      db.close();
    },
  };
}
