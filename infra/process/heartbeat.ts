// Reports this process to the cache while it runs, so that operators see it in the list of processes.
import { setTimeout as wait } from 'node:timers/promises';
import { typeidUnboxed } from 'typeid-js';
import { listedPause } from '../../schema/terms/back-off.ts';
import {
  type ProcessReport,
  PROCESSES,
  REMEMBERED_FOR,
  REPORT_EVERY,
  reportText,
} from '../../schema/wire/heartbeat.ts';
import { type Cache, CacheAway } from '../cache/cache.ts';
import type { Log } from '../logging/log.ts';
import { outsideTraces } from '../tracing/trace.ts';
import type { Clock } from './clock.ts';

const RETRY_AFTER = [500, 1000, 1000, REPORT_EVERY]; // ms; the cache connects within a second of the start

export interface Heartbeat {
  process: Pick<ProcessReport, 'name' | 'kind' | 'version'>;
  cache: Pick<Cache, 'report' | 'withdraw'>;
  now: Clock;
  log: Log;
}

/**
 * Reports now and every five seconds. The returned function ends the reports and withdraws the process, so that one that
 * was stopped in order is not shown as gone. Neither ever rejects: a process does not depend on its reports.
 */
export function startHeartbeat({ process, cache, now, log }: Heartbeat): () => Promise<void> {
  const member = reportText({ id: typeidUnboxed('prc'), ...process, startedAt: now().toISOString() });
  const stopping = new AbortController();

  let isDenied = false;

  /** Whether it succeeded. The log says once that a server denies it: nothing else in this process may use the cache. */
  const done = (call: Promise<void>): Promise<boolean> =>
    call.then(
      () => {
        isDenied = false;
        return true;
      },
      (error: unknown) => {
        const isNew = isRefusal(error) && !isDenied;
        isDenied ||= isNew;
        log[isNew ? 'warn' : 'debug']('this process is missing in the list of processes', { error });
        return false;
      },
    );

  async function beat(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const isReported = await done(cache.report(PROCESSES, member, REMEMBERED_FOR));
      const pause = isReported ? REPORT_EVERY : listedPause(RETRY_AFTER, failures);
      failures = isReported ? 0 : failures + 1;
      await wait(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  }

  const beating = outsideTraces(beat);
  return async () => {
    stopping.abort();
    await beating;
    await done(cache.withdraw(PROCESSES, member));
  };
}

/** A server's refusal, as for missing rights; a server that does not answer at all is not one. */
const isRefusal = (error: unknown): boolean => error instanceof CacheAway && error.code !== 'ETIMEDOUT';
