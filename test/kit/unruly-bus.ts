// A bus that keeps its word and no more: what is published comes at least once, but also twice, late, or after its opposite.
import { createHash } from 'node:crypto';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Message } from '../../infra/messaging/message.ts';
import { parseEvent } from '../../schema/events.ts';

const TOPICS = new Set(['orders', 'holds', 'payments', 'seats']);
const OFTEN = { twice: 0.15, again: 0.15, late: 0.15 }; // the share of the events to which it happens
const LATEST = 12; // publishes that a late event may be behind

/**
 * Wraps a bus. What it does to which event follows from `seed`, the event's type and its subject's place in the order
 * in which subjects were first heard of: workers may interleave as they like.
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

  /** A number from 0 to 1 that is the same whenever the same story is told. */
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

  /** Those of the saved messages whose time has come. */
  function comeDue(): Message[] {
    for (const each of saved) each.left--;
    const due = saved.filter(({ left }) => left <= 0);
    for (const each of due) saved.splice(saved.indexOf(each), 1);
    return due.map(({ message }) => message);
  }

  return {
    /** To be put between the system and the bus that is shipped. */
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
    /** How much of what it is there for it did. */
    seen,
    /** How many messages were published so far. */
    count: () => published.length,
    /** Delivers one that was published before once more. */
    async again(place: number): Promise<void> {
      const old = published.filter(({ topic }) => TOPICS.has(topic));
      if (!old.length) return;
      seen.again++;
      await bus.publish([old[place % old.length]!]);
    },
    /** Delivers what it saved, and is a good bus from now on. */
    async behave(): Promise<void> {
      isUnruly = false;
      for (const each of saved) each.left = 0;
      await bus.publish(comeDue());
    },
    /** Whether every group has taken in all that it was given. */
    async isDrained(): Promise<boolean> {
      for (const group of groups) if (await bus.backlog(group)) return false;
      return true;
    },
  };
}
