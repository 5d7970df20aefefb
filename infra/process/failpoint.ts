// Named places at which a process can be made to die, to prove that it comes back right. Off unless FAILPOINT is set.
import { AsyncLocalStorage } from 'node:async_hooks';
import { writeSync } from 'node:fs';

const STDERR = 2;

/**
 * The places: in a transaction that is about to commit, just after it has committed, a publication just before and just after
 * the bus has it, an event's effect before its offset is marked, and a partner's answer before it is written down.
 */
export type Failpoint =
  'before-commit' | 'after-commit' | 'before-publish' | 'after-publish' | 'after-effect' | 'after-answer';

interface Armed {
  service: string;
  point: string;
  /** How many times it is passed until it kills. */
  left: number;
}

/** SERVICE:POINT[:NTH], as hold-stock:before-commit:2. */
function read(at: string): Armed {
  const [service = '', point = '', nth = '1'] = at.split(':');
  return { service, point, left: Number(nth) };
}

/** Says on standard error which places are passed, and kills nobody: FAILPOINT=show. */
const SHOW = 'show';

const { FAILPOINT, NODE_ENV } = process.env;
const working = FAILPOINT && NODE_ENV !== 'production' ? new AsyncLocalStorage<string>() : undefined; // never in production
let armed = read(FAILPOINT ?? '');

/** Arms another place of this process, counting from now; does nothing in one that was started without any. */
export function arm(at: string): void {
  armed = read(at);
}

/** Does the work in the name of a service: failpoints inside are that service's. */
export const inNameOf = <T>(service: string, work: () => T): T =>
  working === undefined ? work() : working.run(service, work);

/** Ends this process at once, as a power cut would, when this is the armed place of the service at work. */
export function failpoint(point: Failpoint): void {
  const service = working?.getStore();
  if (service === undefined) return;
  if (armed.service === SHOW) writeSync(STDERR, `failpoint ${service}:${point}\n`);
  if (point !== armed.point || service !== armed.service || --armed.left > 0) return;
  process.kill(process.pid, 'SIGKILL');
}

/** The partner, with a failpoint behind each of its answers. */
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
