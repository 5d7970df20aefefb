// Whether a process runs, by the time since its last report.
import { REMEMBERED_FOR, REPORT_EVERY } from '../../../schema/wire/heartbeat.ts';

export type ProcessState = 'RUNNING' | 'GONE';

const GONE_AFTER = 3 * REPORT_EVERY; // ms; two reports in a row may be late or lost

/** The state of a process that has been silent for so long, in ms; null once it is forgotten. */
export function stateAfter(silentFor: number): ProcessState | null {
  if (silentFor > REMEMBERED_FOR) return null;
  return silentFor > GONE_AFTER ? 'GONE' : 'RUNNING';
}
