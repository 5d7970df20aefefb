// Verification on demand: what `npm run verify` finds, within the time limit of a request.
import { type AuditFinding, findingsOf, OutOfTime, Unanswered } from '../../../infra/database/audit.ts';
import { limit } from '../../../infra/http/deadline.ts';
import type { Platform } from '../../../infra/process/platform.ts';
import type { Refusal } from '../../../schema/errors.ts';
import { SECOND } from '../../../schema/terms/durations.ts';
import type { CheckFinding, CheckGap } from '../rules/verification.ts';

/** What the checks found that were made together. */
export interface VerificationResult {
  startedAt: Date;
  findings: readonly CheckFinding[];
}

/** Why no check was made. */
export type VerificationRefusal = Refusal<'BUSY' | 'UNKNOWN_CHECK'>;

export interface Verification {
  /**
   * Makes the checks of these names, or all. One verification runs at a time in a process: a request for the same checks
   * shares its result until it is there, and any other is BUSY. Rejects while a database is away.
   */
  verify(names: readonly string[] | null): Promise<VerificationResult | VerificationRefusal>;
}

const TO_ANSWER = 2 * SECOND; // for the way back through the gateway, whose request has the same time limit

/** The verification of the whole system; `timeout` is the time limit of a call of this subgraph, in ms. */
export function openVerification(
  { openChecks, now, log }: Pick<Platform, 'openChecks' | 'now' | 'log'>,
  timeout: number,
): Verification {
  const within = Math.max(timeout - TO_ANSWER, timeout / 2);
  let running: { of: string; isOver: boolean; result: Promise<VerificationResult | VerificationRefusal> } | undefined;

  async function run(names: readonly string[] | null): Promise<VerificationResult | VerificationRefusal> {
    using limited = limit(within, () => new OutOfTime('no time was left for this check'));
    const startedAt = now();
    const { checks, close } = await openChecks().catch(over);
    try {
      const unknown = (names ?? []).filter((wanted) => !checks.some(({ name }) => name === wanted));
      if (unknown.length) return { refused: 'UNKNOWN_CHECK', because: `there is no check ${unknown.join(' or ')}.` };
      const wanted = checks.filter(({ name }) => names?.includes(name) ?? true);
      const findings = await findingsOf(wanted, { signal: limited.signal });
      for (const { name, outcome, error } of findings)
        if (outcome === 'UNKNOWN') log.warn('a check could not be made', { check: name, error });
      return { startedAt, findings: findings.map(withGap) };
    } finally {
      if (running) running.isOver = true;
      // the statement of a check that ran out of time may take longer: the response does not wait for it
      void close()
        .catch((error: unknown) => log.warn('closing the databases of a verification failed', { error }))
        .then(() => (running = undefined));
    }
  }

  function over(error: unknown): never {
    running = undefined;
    throw error;
  }

  return {
    async verify(names) {
      const of = JSON.stringify(names);
      // one that is over closes its databases: its findings are not those of now
      if (running && (running.isOver || running.of !== of)) return BUSY;
      running ??= { of, isOver: false, result: run(names) };
      return running.result;
    },
  };
}

const BUSY: VerificationRefusal = {
  refused: 'BUSY',
  because: 'Another verification is running; try again in a moment.',
};

/** The error stays in the log: its text may name a server or a statement. */
const withGap = ({ error, totals = [], ...finding }: AuditFinding): CheckFinding => ({
  ...finding,
  totals,
  gap: finding.outcome === 'UNKNOWN' ? gapOf(error) : null,
});

function gapOf(error: unknown): CheckGap {
  if (error instanceof OutOfTime) return 'NO_TIME';
  return error instanceof Unanswered ? 'NO_STATEMENT' : 'FAILED';
}
