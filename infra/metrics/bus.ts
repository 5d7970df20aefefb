// Bus metrics: published events, handled messages, and the lag of each group.
import { Counter, type Registry } from 'prom-client';
import { type EventType, eventTypes } from '../../schema/events.ts';
import type { Bus } from '../messaging/bus.ts';
import type { Delivery } from '../messaging/message.ts';
import type { Clock } from '../process/clock.ts';
import type { Parking } from '../dead-letters/parking.ts';
import { openGauge, patient, readAs } from './gauge.ts';

/** The first message of a member's current batch: the oldest one that its group has not finished in that partition. */
interface InHand {
  group: string;
  first: Delivery;
}

export function measureBus(registry: Registry, now: Clock) {
  const registers = [registry];
  const inHand = new Map<string, InHand>();
  const rebalances = new Counter({
    name: 'fareloom_consumer_rebalances_total',
    help: 'Rebalances in which a member of this process got its partitions assigned again',
    labelNames: ['group'],
    registers,
  });
  const messages = new Counter({
    name: 'fareloom_consumer_messages_total',
    help: 'Messages that a group handled (handled), or that will be delivered again (failed)',
    labelNames: ['group', 'topic', 'outcome'],
    registers,
  });
  const deadLetters = new Counter({
    name: 'fareloom_dead_letters_total',
    help: 'Messages that went to the dead letters, by the topic they came from',
    labelNames: ['topic', 'group'],
    registers,
  });
  const lost = new Counter({
    name: 'fareloom_dead_letters_lost_total',
    help: 'Dead letters whose content the database refused: the log has their topic, partition, offset and hash',
    labelNames: ['topic', 'group'],
    registers,
  });
  const published = new Counter({
    name: 'fareloom_events_published_total',
    help: 'Events accepted by the bus, by type; an event that is published again counts again',
    labelNames: ['type'],
    registers,
  });
  const watchLag = openGauge(registry, {
    name: 'fareloom_consumer_lag',
    help: 'Messages that a group of this process has not finished; every member reports the same value for its group',
    labels: ['group', 'topic'],
  });
  const watchOldest = openGauge(registry, {
    name: 'fareloom_consumer_oldest_age_seconds',
    help: 'Age of the oldest event that a group of this process works on; 0 while it is idle',
    labels: ['group', 'topic'],
  });

  /** After a rebalance, or after leaving, another member may have the partitions of these batches. */
  function letGo(group: string): void {
    for (const [lane, held] of inHand) if (held.group === group) inHand.delete(lane);
  }

  function ageOf(group: string, topic: string): number {
    const firsts = [...inHand.values()].filter((each) => each.group === group && each.first.topic === topic);
    const times = firsts.map(({ first }) => timeOf(first)).filter((time) => !Number.isNaN(time));
    return times.length ? Math.max(0, now().getTime() - Math.min(...times)) / 1000 : 0;
  }

  const measured = (parking: Parking): Parking => ({
    ...parking,
    async park(group, letters) {
      const withoutContent = await parking.park(group, letters);
      for (const { delivery } of withoutContent) lost.inc({ topic: delivery.topic, group });
      return withoutContent;
    },
  });

  return {
    rebalanced(group: string): void {
      rebalances.inc({ group });
      letGo(group);
    },

    /** The same bus, with its work counted. */
    bus(counted: Bus): Bus {
      return {
        ...counted,
        ...(counted.parking && { parking: measured(counted.parking) }),
        async publish(list) {
          await counted.publish(list);
          for (const { topic, value, headers } of list) {
            const group = headers?.['dlt-group'];
            const type = typeOf(value);
            if (group && topic.endsWith('.dlt')) deadLetters.inc({ topic: topic.slice(0, -'.dlt'.length), group });
            else if (type) published.inc({ type });
          }
        },
        async subscribe(subscription, handle) {
          const { group, topics } = subscription;
          rebalances.inc({ group }, 0); // both exist from the start, so that the first increase is visible in a rate
          for (const topic of topics) lost.inc({ topic, group }, 0);
          watchLag(
            readAs(
              patient(() => counted.lag(group), now),
              (lag) => [...lag].map(([topic, behind]) => [{ group, topic }, behind]),
            ),
          );
          watchOldest(async () => topics.map((topic) => [{ group, topic }, ageOf(group, topic)]));
          const leave = await counted.subscribe(subscription, async (batch) => {
            const [first] = batch;
            const { topic, partition } = first;
            const lane = JSON.stringify([group, topic, partition]);
            inHand.set(lane, { group, first });
            try {
              await handle(batch);
            } catch (error) {
              messages.inc({ group, topic, outcome: 'failed' }, batch.length);
              throw error; // the entry stays: the batch will be delivered again
            }
            inHand.delete(lane);
            messages.inc({ group, topic, outcome: 'handled' }, batch.length);
          });
          return async () => {
            await leave();
            letGo(group);
          };
        },
      };
    },
  };
}

/** When an event happened, in ms since 1970; NaN if the message is no event. */
function timeOf({ value }: Delivery): number {
  try {
    return Date.parse(String((JSON.parse(value ?? '') as { time?: unknown } | null)?.time));
  } catch {
    return NaN;
  }
}

const HEAD = 300; // characters; the type of an event precedes its data

/** The type of an event; undefined if the message is no event of ours. */
function typeOf(value: string | null): EventType | undefined {
  const type = /"type":"([\w.-]+)"/.exec(value?.slice(0, HEAD) ?? '')?.[1];
  return type !== undefined && Object.hasOwn(eventTypes, type) ? (type as EventType) : undefined;
}
