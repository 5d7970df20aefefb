// Named points at which tests kill a process, to prove that it recovers. Off unless FAILPOINT is set.
import { AsyncLocalStorage } from 'node:async_hooks';
import { writeSync } from 'node:fs';

const STDERR = 2;

/**
 * The points: before and after the commit of a transaction, before and after the publication of events, after an
 * event's effect but before its offset is committed, and after a partner's answer but before it is stored.
 */
export type Failpoint =
  'before-commit' | 'after-commit' | 'before-publish' | 'after-publish' | 'after-effect' | 'after-answer';

interface Armed {
  service: string;
  point: string;
  /** How many passes are left until it kills. */
  left: number;
}

/** SERVICE:POINT[:NTH], as hold-stock:before-commit:2. */
function read(at: string): Armed {
  const [service = '', point = '', nth = '1'] = at.split(':');
  return { service, point, left: Number(nth) };
}

/** Prints the points that are passed to standard error, and kills no process: FAILPOINT=show. */
const SHOW = 'show';

const { FAILPOINT, NODE_ENV } = process.env;
const working = FAILPOINT && NODE_ENV !== 'production' ? new AsyncLocalStorage<string>() : undefined; // never in production
let armed = read(FAILPOINT ?? '');

/** Arms another point of this process, counting from now; does nothing in a process that was started without any. */
export function arm(at: string): void {
  armed = read(at);
}

/** Runs the work in the name of a service: failpoints inside belong to that service. */
export const inNameOf = <T>(service: string, work: () => T): T =>
  working === undefined ? work() : working.run(service, work);

/** Kills this process at once, like a power cut, if this is the armed point of the current service. */
export function failpoint(point: Failpoint): void {
  const service = working?.getStore();
  if (service === undefined) return;
  if (armed.service === SHOW) writeSync(STDERR, `failpoint ${service}:${point}\n`);
  if (point !== armed.point || service !== armed.service || --armed.left > 0) return;
  process.kill(process.pid, 'SIGKILL');
}

/** The partner, with a failpoint after each of its answers. */
export function dyingAfterAnswers<P extends object>(partner: P): P {
  if (working === undefined) return partner;
  const answers = Object.entries(partner).map(([name, method]: [string, (...args: unknown[]) => unknown]) => [
    name,
    (...args: unknown[]) => {
      const answer = method(...args);
      return answer instanceof Promise ? answer.finally(() => failpoint('after-answer')) : answer;
    },
  ]);
  return Object.fromEntries(answers) as P;
}
