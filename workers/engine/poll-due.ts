// Takes up what is due: timers are rows, looked at again and again, so that a process that dies forgets nothing.
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
  /** The ids that are due by the system's clock, the longest first; as many as are to be taken up at a time. */
  due: () => Promise<readonly string[]>;
  /** Does what is due of one. Any number of workers may do so at once: it must be the rule that lets one of them. */
  handle: (id: string) => Promise<unknown>;
  /** The traceparent of what made it due; without one it begins a trace. */
  cause?: (id: string) => Promise<string | undefined>;
}

const SIDE_BY_SIDE = 8; // what is due waits for a commit or a partner, not for us; fewer than a full pool has connections; with a smaller one they wait for each other

/**
 * Starts to look, at once; the result stops it when those in hand are finished. What fails is logged and due again. A
 * timer only says when to look: what is due is the rows' and the system clock's word. While there is new work it goes on
 * without a pause.
 */
export async function pollDue({ name, every, due, handle, cause, ...work }: DueWork): Promise<() => Promise<void>> {
  const log = work.log.child({ service: name });
  const stopping = new AbortController();
  let last: ReadonlySet<string> = new Set();

  /** Takes up what is due; whether there was anything that was not due a moment ago. */
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
      await attend(id).catch((error: unknown) => log.warn('what is due failed and will be tried again', { id, error }));
    }
  }

  async function attend(id: string): Promise<void> {
    const about = { service: name, cause: await cause?.(id), attributes: { 'due.id': id } };
    await inSpan(`${name} due`, about, () => handle(id));
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const isBusy = await look().catch((error: unknown) => {
        log.warn('what is due cannot be read; it will be tried again', { error });
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
