// Gathers what clients use, and sends it in micro-batches: after so many operations, or after so long.
import { typeidUnboxed } from 'typeid-js';
import type { Bus } from '../../infra/messaging/bus.ts';
import type { Log } from '../../infra/logging/log.ts';
import { event, eventTypes, type Payload } from '../../schema/events.ts';
import { SECOND } from '../../schema/terms/durations.ts';

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
const MOST_KEPT = 20; // batches' worth, while the bus is away; what comes beyond is not counted
const MOST_DESCRIBED = 10_000; // operations of which this process knows that it has described them

/**
 * A process that dies loses the batch that it gathers: usage is what checks learn from, and is not worth a write per
 * request. While the bus is away, the counts wait in memory, up to a bound, and the log says once what is lost.
 */
export function openUsageBatch({ bus, now, log, most = MOST, linger = LINGER }: UsageBatchOptions): UsageBatch {
  const gateway = typeidUnboxed('gwy');
  const described = new Set<string>();
  let counts = new Map<string, Payload<'operations.used'>['counts'][number]>();
  let fresh = new Map<string, UsedOperation>();
  let timer: NodeJS.Timeout | undefined;
  let sending = Promise.resolve();
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
    if (!counts.size) return;
    const [batch, operations] = [counts, fresh];
    counts = new Map();
    fresh = new Map();
    const data = { operations: [...operations.values()], counts: [...batch.values()] };
    const about = { source: 'gateway', subject: gateway, sequence: 0, now: now() };
    const value = JSON.stringify(event('operations.used', about, data));
    try {
      await bus.publish([{ topic: eventTypes['operations.used'].topic, key: gateway, value }]);
      for (const id of operations.keys()) if (described.size < MOST_DESCRIBED) described.add(id);
      isLosing = false;
    } catch (error) {
      log.debug('usage was not sent and waits for the next batch', { error });
      for (const [key, { count, ...of }] of batch) add(key, of, count);
      for (const [id, operation] of operations) fresh.set(id, operation);
      later();
    }
  }

  function add(key: string, of: Omit<Payload<'operations.used'>['counts'][number], 'count'>, count: number): void {
    const known = counts.get(key);
    if (known) known.count += count;
    else if (counts.size < most * MOST_KEPT) counts.set(key, { ...of, count });
    else if (!isLosing) {
      isLosing = true;
      log.warn('usage is lost: the bus is away, and no more counts are kept');
    }
  }

  return {
    count(operation, client, clientVersion) {
      const id = operation.operation;
      if (!described.has(id) && fresh.size < most * MOST_KEPT) fresh.set(id, operation);
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
