// Says what the workers of a system in this process still have to do before its clock advances.
import { setTimeout as wait } from 'node:timers/promises';
import { SECOND } from '../../../schema/terms/durations.ts';
import { dueWork } from '../../../workers/engine/poll-due.ts';
import { backlog } from '../../database/outbox.ts';
import type { Bus } from '../../messaging/bus.ts';
import { booksOf } from '../../partners/payment-provider/books.ts';
import { workers as allWorkers } from '../services.ts';
import type { Stores } from '../stores.ts';
import type { Wiring } from '../wiring.ts';

const LOOK_EVERY = 20; // ms
const GIVE_UP_AFTER = 60 * SECOND; // a step takes less than a second, also on a busy machine

/** What moves in a process: messages that are published, and due rows in hand, which may already look handled. */
export function watchMovements() {
  let [published, begun] = [0, 0];
  const inHand = new Set<unknown>();
  const watching = {
    start(row: unknown) {
      inHand.add(row);
      begun++;
    },
    asyncEnd: (row: unknown) => void inHand.delete(row),
  };
  dueWork.start.subscribe(watching.start);
  dueWork.asyncEnd.subscribe(watching.asyncEnd);
  return {
    /** Differs after each movement. */
    count: () => published + begun,
    isIdle: () => inHand.size === 0,
    /** The bus, whose messages are counted. */
    around: (shipped: Bus): Bus => ({
      ...shipped,
      publish(messages) {
        published++;
        return shipped.publish(messages);
      },
    }),
    close() {
      dueWork.start.unsubscribe(watching.start);
      dueWork.asyncEnd.unsubscribe(watching.asyncEnd);
    },
  };
}

export interface Settling {
  wiring: Wiring;
  stores: Stores;
  /** The workers that do not run: what waits for them does not count. */
  without: readonly string[];
  /** Watched since before the system started. */
  movements: ReturnType<typeof watchMovements>;
}

/**
 * Waits for a system whose clock stands still: the returned function resolves once no worker has anything left to do at
 * this time, and rejects after a minute with what is left.
 */
export function settling({ wiring, stores, without, movements }: Settling): () => Promise<void> {
  const workers = allWorkers.map(({ name }) => name).filter((name) => !without.includes(name));

  /** Whether each worker that polls has a row that is due. */
  const due: Readonly<Record<string, () => Promise<boolean>>> = {
    'close-orders': async () => isAny(await (await stores.order()).orders.overdue(1)),
    'issue-tickets': async () => isAny(await (await stores.order()).orders.dueForTicketing(1)),
    notify: async () => isAny(await (await stores.order()).mails.due(1)),
    'send-account-mails': async () => isAny(await (await stores.account()).mails.due(1)),
    'poll-payments': async () => isAny(await (await stores.payment()).payments.due(1)),
    'refund-payments': async () => isAny(await (await stores.payment()).refunds.due(1)),
  };

  /** What the demo's payment provider has to do at this time. */
  async function dueAtProvider(): Promise<string[]> {
    const now = wiring.now().getTime();
    const { intents, webhooks } = booksOf((await wiring.demos['payment-provider']()).log());
    const isCharged = [...intents.values()].some(({ captureAt }) => captureAt !== null && captureAt <= now);
    const isTold = [...webhooks.values()].some(({ dueAt }) => dueAt <= now);
    return isCharged || isTold ? ['the payment provider has a card to charge or a webhook to send'] : [];
  }

  /**
   * What is left, a phrase each. Messages come before rows: the rows and events that a handler writes are there before
   * its message is finished.
   */
  async function left(): Promise<string[]> {
    const found: string[] = [];
    for (const name of workers) {
      const messages = await wiring.bus.backlog(name);
      if (messages) found.push(`${name} has ${messages} ${messages === 1 ? 'message' : 'messages'} to handle`);
    }
    for (const [name, storesOf] of Object.entries(stores)) {
      const events = await backlog((await storesOf()).db.read());
      if (events) found.push(`${name} has ${events} ${events === 1 ? 'event' : 'events'} to publish`);
    }
    for (const name of workers) if (await due[name]?.()) found.push(`${name} has a row that is due`);
    return [...found, ...(await dueAtProvider())];
  }

  return async () => {
    const giveUp = performance.now() + GIVE_UP_AFTER;
    for (;;) {
      const before = movements.count();
      const found = movements.isIdle() ? await left() : ['a worker has a row in hand'];
      // what moved during the look may have been missed at both places
      if (!found.length && movements.count() === before) return;
      if (performance.now() > giveUp) throw new Error(`The system has not settled in a minute: ${found.join(', ')}.`);
      await wait(LOOK_EVERY);
    }
  };
}

const isAny = (ids: readonly string[]): boolean => ids.length > 0;
