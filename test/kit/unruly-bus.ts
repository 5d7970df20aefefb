// A bus that keeps its promises and no more: delivery is at least once, but also twice, late, or out of order.
import { createHash } from 'node:crypto';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Message } from '../../infra/messaging/message.ts';
import { parseEvent } from '../../schema/events.ts';

const TOPICS = new Set(['orders', 'holds', 'payments', 'seats']);
const OFTEN = { twice: 0.15, again: 0.15, late: 0.15 }; // the share of the events that each of these happens to
const LATEST = 12; // publishes by which a late event may be delayed

/**
 * Wraps a bus. The disturbance of an event follows from `seed`, the event's type and the rank of its subject by first
 * appearance, independent of how workers interleave.
 */
export function unruly(seed: number) {
  const subjects = new Map<string, number>();
  const counts = new Map<string, number>();
  const published: Message[] = [];
  const groups = new Set<string>();
  const saved: { message: Message; left: number }[] = [];
  const seen = { twice: 0, again: 0, late: 0 };
  let bus: Bus;
  let isUnruly = true;

  /** A number from 0 to 1, always the same for the same arguments. */
  function chance(...of: (string | number)[]): number {
    return createHash('sha1').update([seed, ...of].join(' ')).digest().readUInt32BE() / 2 ** 32; // prettier-ignore
  }

  function dealtOut(message: Message): Message[] {
    if (!TOPICS.has(message.topic) || !isUnruly) return [message];
    const { type, subject } = parseEvent(message.value!);
    if (!subjects.has(subject)) subjects.set(subject, subjects.size);
    const about = `${type} ${subjects.get(subject)!}`;
    const count = (counts.get(about) ?? 0) + 1;
    counts.set(about, count);
    const dice = chance(about, count);
    const left = 1 + Math.floor(chance(about, count, 'when') * LATEST);
    if (dice < OFTEN.twice) return (seen.twice++, [message, message]);
    if (dice < OFTEN.twice + OFTEN.again) return (seen.again++, saved.push({ message, left }), [message]);
    if (dice < OFTEN.twice + OFTEN.again + OFTEN.late) return (seen.late++, saved.push({ message, left }), []);
    return [message];
  }

  /** The saved messages that are due. */
  function comeDue(): Message[] {
    for (const each of saved) each.left--;
    const due = saved.filter(({ left }) => left <= 0);
    for (const each of due) saved.splice(saved.indexOf(each), 1);
    return due.map(({ message }) => message);
  }

  return {
    /** To be placed between the system and the real bus. */
    around(shipped: Bus): Bus {
      bus = shipped;
      return {
        ...shipped,
        async publish(messages) {
          published.push(...messages);
          await shipped.publish([...messages.flatMap(dealtOut), ...comeDue()]);
        },
        subscribe(subscription, handle) {
          groups.add(subscription.group);
          return shipped.subscribe(subscription, handle);
        },
      };
    },
    /** How many disturbances of each kind it has caused. */
    seen,
    /** The number of messages published so far. */
    count: () => published.length,
    /** Delivers a message again that was published before. */
    async again(place: number): Promise<void> {
      const old = published.filter(({ topic }) => TOPICS.has(topic));
      if (!old.length) return;
      seen.again++;
      await bus.publish([old[place % old.length]!]);
    },
    /** Delivers the saved messages, and causes no disturbances from now on. */
    async behave(): Promise<void> {
      isUnruly = false;
      for (const each of saved) each.left = 0;
      await bus.publish(comeDue());
    },
    /** Whether every group has handled all of its messages. */
    async isDrained(): Promise<boolean> {
      for (const group of groups) if (await bus.backlog(group)) return false;
      return true;
    },
  };
}
