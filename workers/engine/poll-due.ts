// Handles due work: timers are rows that are polled, so that a crash loses none.
import { tracingChannel } from 'node:diagnostics_channel';
import { setTimeout as wait } from 'node:timers/promises';
import { inNameOf } from '../../infra/process/failpoint.ts';
import type { Log } from '../../infra/logging/log.ts';
import { inSpan } from '../../infra/tracing/spans.ts';

export interface DueWork {
  log: Log;
  /** The worker's name in the log. */
  name: string;
  /** How often to look, in ms. */
  every: number;
  /** The ids that are due by the system's clock, the longest overdue first, up to the number to handle at a time. */
  due: () => Promise<readonly string[]>;
  /** Handles one due id. Several workers may do so at once: the rule behind it must let only one succeed. */
  handle: (id: string) => Promise<unknown>;
  /** The traceparent of what made it due; without one a new trace begins. */
  cause?: (id: string) => Promise<string | undefined>;
}

/** Reports each handling of a due row in this process, from its begin to its end. */
export const dueWork = tracingChannel<unknown, { service: string; id: string }>('fareloom.due-work');

const SIDE_BY_SIDE = 8; // handlers mostly wait for a commit or a partner; fewer than the connections of a full pool, and with a smaller pool they queue

/**
 * Starts polling at once; the returned function stops it when running handlers are finished. Failures are logged and
 * become due again. The timer only decides when to look; the rows and the system clock decide what is due. While a look
 * finds new work, the next one follows without a pause.
 */
export async function pollDue({ name, every, due, handle, cause, ...work }: DueWork): Promise<() => Promise<void>> {
  const log = work.log.child({ service: name });
  const stopping = new AbortController();
  let last: ReadonlySet<string> = new Set();

  /** Handles what is due; true if any of it was not due at the last look. */
  async function look(): Promise<boolean> {
    const ids = await due();
    const isNew = ids.some((id) => !last.has(id));
    last = new Set(ids);
    const left = ids.values();
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => takeUp(left)));
    return isNew;
  }

  async function takeUp(left: Iterable<string>): Promise<void> {
    for (const id of left) {
      if (stopping.signal.aborted) return;
      await attend(id).catch((error: unknown) => log.warn('handling due work failed; will retry', { id, error }));
    }
  }

  async function attend(id: string): Promise<void> {
    const about = { service: name, cause: await cause?.(id), attributes: { 'due.id': id } };
    const handling = () => inSpan(`${name} due`, about, () => handle(id));
    await dueWork.tracePromise(handling, { service: name, id });
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const isBusy = await look().catch((error: unknown) => {
        log.warn('reading due work failed; will retry', { error });
        return false;
      });
      if (!isBusy) await wait(every, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = inNameOf(name, run);
  return async () => {
    stopping.abort();
    await running;
  };
}
