// What the findings of a check mean for the version that was checked.
import type { Finding } from '../../../schema/composition/check/finding.ts';

/**
 * Whether a version with these findings is stored. One that does not compose with the others, or that breaks clients,
 * is: its team sees it in the history, and can publish it again. One that is no valid schema is not.
 */
export const mayBeStored = (findings: readonly Finding[]): boolean =>
  findings.every(({ severity, code }) => severity !== 'ERROR' || code.startsWith('COMPOSITION'));
