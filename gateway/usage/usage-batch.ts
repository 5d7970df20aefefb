// Gathers what clients use, and sends it in micro-batches, by number and by time.
import { typeidUnboxed } from 'typeid-js';
import { type Bus, MessageRefused } from '../../infra/messaging/bus.ts';
import type { Log } from '../../infra/logging/log.ts';
import { event, eventTypes, type Payload } from '../../schema/events.ts';
import { HOUR, SECOND } from '../../schema/terms/durations.ts';

export type UsedOperation = Payload<'operations.used'>['operations'][number];

export interface UsageBatch {
  /** Counts one use of an operation by a client. */
  count(operation: UsedOperation, client: string, clientVersion: string): void;
  /** Sends what is gathered, and ends. */
  close(): Promise<void>;
}

export interface UsageBatchOptions {
  bus: Pick<Bus, 'publish'>;
  now: () => Date;
  log: Log;
  /** Distinct operations and clients in one batch. */
  most?: number;
  /** ms from the first use in a batch to its sending. */
  linger?: number;
}

const MOST = 500;
const LINGER = 5 * SECOND;
const MOST_WAITING = 10_000; // counts that wait while the bus is away
const MOST_DESCRIBED = 2000; // operations in an hour: clients choose their documents, and each is a row of the registry
const LARGEST = 400_000; // characters of descriptions in one event; brokers take a million bytes

type Count = Payload<'operations.used'>['counts'][number];

/**
 * A process that dies loses the batch that it gathers: usage is what checks learn from, and is not worth a write per
 * request. While the bus is away, the counts wait in memory, up to a bound. The log says once an hour what is lost.
 */
export function openUsageBatch({ bus, now, log, most = MOST, linger = LINGER }: UsageBatchOptions): UsageBatch {
  const gateway = typeidUnboxed('gwy');
  const described = new Set<string>(); // in this hour: the registry deletes operations that are not used for long
  const counts = new Map<string, Count>();
  const fresh = new Map<string, UsedOperation>();
  let timer: NodeJS.Timeout | undefined;
  let sending = Promise.resolve();
  let hour = -1;
  let isLosing = false;

  function later(): void {
    timer ??= setTimeout(flush, linger).unref();
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    sending = sending.then(send);
  }

  async function send(): Promise<void> {
    const batch = [...counts].slice(0, most);
    const operations = firstOf(fresh, LARGEST);
    if (!batch.length && !operations.length) return;
    for (const [key] of batch) counts.delete(key);
    for (const { operation } of operations) fresh.delete(operation);
    const data = { operations, counts: batch.map(([, count]) => count) };
    const about = { source: 'gateway', subject: gateway, sequence: 0, now: now() };
    const value = JSON.stringify(event('operations.used', about, data));
    try {
      await bus.publish([{ topic: eventTypes['operations.used'].topic, key: gateway, value }]);
    } catch (error) {
      if (error instanceof MessageRefused) lose('the bus refuses it', error);
      else {
        log.debug('usage was not sent and waits for the next batch', { error });
        for (const [key, { count, ...of }] of batch) add(key, of, count);
        for (const operation of operations) fresh.set(operation.operation, operation);
      }
    }
    if (counts.size || fresh.size) later();
  }

  function lose(because: string, error?: unknown): void {
    if (!isLosing) log.warn(`usage is lost: ${because}`, { error });
    isLosing = true;
  }

  function add(key: string, of: Omit<Count, 'count'>, count: number): void {
    const known = counts.get(key);
    if (known) known.count += count;
    else if (counts.size < MOST_WAITING) counts.set(key, { ...of, count });
    else lose('the bus is away, and no more counts are kept');
  }

  function beginHour(): void {
    const current = Math.floor(now().getTime() / HOUR);
    if (current === hour) return;
    hour = current;
    described.clear();
    isLosing = false;
  }

  return {
    count(operation, client, clientVersion) {
      beginHour();
      const id = operation.operation;
      if (!described.has(id)) {
        if (described.size >= MOST_DESCRIBED) {
          lose(`clients sent more than ${MOST_DESCRIBED} operations in an hour`);
          return;
        }
        described.add(id);
        fresh.set(id, operation);
      }
      add(`${id} ${client}\0${clientVersion}`, { operation: id, client, clientVersion }, 1);
      if (counts.size % most === 0) flush();
      else later();
    },
    async close() {
      flush();
      await sending;
      clearTimeout(timer);
    },
  };
}

/** The first operations whose descriptions have at most `most` characters together; at least one, if there are any. */
function firstOf(operations: ReadonlyMap<string, UsedOperation>, most: number): UsedOperation[] {
  const first: UsedOperation[] = [];
  let size = 0;
  for (const operation of operations.values()) {
    size += JSON.stringify(operation).length;
    if (first.length && size > most) break;
    first.push(operation);
  }
  return first;
}
