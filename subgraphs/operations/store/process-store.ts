// The processes of the system, by their heartbeats in the cache.
import type { Cache } from '../../../infra/cache/cache.ts';
import type { Clock } from '../../../infra/process/clock.ts';
import { parseReport, PROCESSES, type ProcessReport } from '../../../schema/wire/heartbeat.ts';
import { type ProcessState, stateAfter } from '../rules/process-state.ts';

export interface ListedProcess extends ProcessReport {
  state: ProcessState;
  lastHeartbeatAt: Date;
}

export interface Processes {
  /** The processes that run, and those that are gone and not forgotten yet, by name. Rejects while the cache is away. */
  list(): Promise<ListedProcess[]>;
}

const MOST = 500; // far more than a system has, if not all of them are restarted again and again

/** The processes in the cache that `cache` opens when it is first needed. */
export const openProcesses = (cache: () => Pick<Cache, 'members'>, now: Clock): Processes => ({
  async list() {
    const members = await cache().members(PROCESSES, MOST);
    const at = now().getTime();
    const listed = members.flatMap(({ member, silentFor }) => {
      const [report, state] = [parseReport(member), stateAfter(silentFor)];
      return report && state ? [{ ...report, state, lastHeartbeatAt: new Date(at - silentFor) }] : [];
    });
    return listed.sort((a, b) => a.name.localeCompare(b.name) || a.startedAt.localeCompare(b.startedAt));
  },
});
