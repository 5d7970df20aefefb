// Named places at which a process can be made to die, to prove that it comes back right. Off unless FAILPOINT is set.
import { AsyncLocalStorage } from 'node:async_hooks';

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
  working: AsyncLocalStorage<string>;
}

/** FAILPOINT=SERVICE:POINT[:NTH], as hold-stock:before-commit:2. Never in production. */
function read({ FAILPOINT, NODE_ENV }: NodeJS.ProcessEnv): Armed | undefined {
  if (!FAILPOINT || NODE_ENV === 'production') return undefined;
  const [service = '', point = '', nth = '1'] = FAILPOINT.split(':');
  return { service, point, left: Number(nth), working: new AsyncLocalStorage() };
}

const armed = read(process.env);

/** Does the work in the name of a service: failpoints inside are that service's. */
export const inNameOf = <T>(service: string, work: () => T): T =>
  armed === undefined ? work() : armed.working.run(service, work);

/** Ends this process at once, as a power cut would, when this is the armed place of the service at work. */
export function failpoint(point: Failpoint): void {
  if (armed === undefined) return;
  if (point !== armed.point || armed.working.getStore() !== armed.service || --armed.left > 0) return;
  process.kill(process.pid, 'SIGKILL');
}
