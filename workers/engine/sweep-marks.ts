// Deletes what cannot be needed again: inbox marks of events that no topic retains any more, and what subgraphs keep only
// for a time.
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../infra/process/clock.ts';
import type { Database } from '../../infra/database/database.ts';
import { forgetTaken, MARKS_KEPT_FOR } from '../../infra/database/inbox.ts';
import type { Log } from '../../infra/logging/log.ts';
import { HOUR } from '../../schema/terms/durations.ts';

const EVERY = HOUR;

export interface Sweep {
  /** The subgraphs whose inboxes are swept, each with its name. */
  databases: readonly { database: string; db: Database }[];
  /** Further deletions: data that subgraphs keep only for a time. */
  forgetting?: readonly (() => Promise<void>)[];
  now: Clock;
  log: Log;
}

/** Sweeps at once and then every hour; the returned function stops it. */
export function startSweepMarks(sweep: Sweep): () => Promise<void> {
  const log = sweep.log.child({ service: 'sweep-marks' });
  const stopping = new AbortController();

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      for (const deletion of deletions(sweep, stopping.signal))
        await deletion().catch((error: unknown) => log.warn('sweeping inbox marks failed; will retry', { error }));
      await wait(EVERY, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  }
  const working = work();
  return () => {
    stopping.abort();
    return working;
  };
}

/** Each deletion by itself, so that one that fails leaves out no other. In parts, so that no lock is held for long. */
function deletions({ databases, forgetting = [], now }: Sweep, stopping: AbortSignal): (() => Promise<void>)[] {
  const before = new Date(now().getTime() - MARKS_KEPT_FOR);
  const untilNone = (some: () => Promise<number | boolean>) => async () => {
    while (!stopping.aborted && (await some()));
  };
  return [...databases.map(({ db }) => untilNone(() => db.write((em) => forgetTaken(em, before)))), ...forgetting];
}
