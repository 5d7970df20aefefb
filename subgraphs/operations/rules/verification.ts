// What a verification says as a whole, and why a check could not be made.

export type CheckOutcome = 'HOLDS' | 'FAULT' | 'UNKNOWN';

/** Why a check could not be made. */
export type CheckGap = 'NO_TIME' | 'NO_STATEMENT' | 'FAILED';

/** What one check found. */
export interface CheckFinding {
  name: string;
  /** What must hold. */
  sentence: string;
  outcome: CheckOutcome;
  /** How many rows it looked at. */
  rows: number;
  /** The ids of rows that violate the sentence, at most a hundred, or sentences about them. */
  offending: readonly string[];
  /** Totals, a sentence each. */
  totals: readonly string[];
  /** Null unless it is UNKNOWN. */
  gap: CheckGap | null;
}

/** A fault takes precedence over what is unknown, as in the exit code of the command. */
export function overall(findings: readonly Pick<CheckFinding, 'outcome'>[]): CheckOutcome {
  const outcomes = new Set(findings.map(({ outcome }) => outcome));
  if (outcomes.has('FAULT')) return 'FAULT';
  return outcomes.has('UNKNOWN') ? 'UNKNOWN' : 'HOLDS';
}

/** For people; it names no server and no statement. */
export const gapSentences: Readonly<Record<CheckGap, string>> = {
  NO_TIME: 'No time was left for it: ask for it by its name, or run npm run verify.',
  NO_STATEMENT: 'The partner gave no statement; the log has its answer.',
  FAILED: 'It failed; the log has the error.',
};
