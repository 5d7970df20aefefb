// What a process reports of itself while it runs: every process writes it to the cache, and the operations subgraph reads
// it there.
import { z } from 'zod';
import { HOUR, SECOND } from '../terms/durations.ts';

/** SYSTEM is a process that runs every service. */
export const processKinds = ['SYSTEM', 'GATEWAY', 'SUBGRAPH', 'WORKER', 'PARTNER'] as const;

const report = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(processKinds),
  version: z.string(),
  startedAt: z.iso.datetime(),
});

/** A process: the same from its start to its end. */
export type ProcessReport = z.infer<typeof report>;

/** The group in the cache whose members are the reports. */
export const PROCESSES = 'processes';

/** How often a process reports, in ms: a small command each time, twenty a second for a hundred processes. */
export const REPORT_EVERY = 5 * SECOND;

/** How long a process that does not report is remembered, in ms: until an operator has seen that it is gone. */
export const REMEMBERED_FOR = HOUR;

export const reportText = (process: ProcessReport): string => JSON.stringify(process);

/** Parses a report; null if it is invalid, as one of a later release may be. */
export function parseReport(text: string): ProcessReport | null {
  try {
    return report.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
