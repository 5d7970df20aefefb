// Readiness of a service: probes each part in the same way as the service uses it.
import type { Cache } from '../cache/cache.ts';
import type { DependencyCheck, Health } from '../http/http-server.ts';
import type { RoomName } from './rooms.ts';
import type { House, Part } from './services.ts';

/**
 * The health of a process that uses `parts`; it is ready while all `needed` parts respond. A database that the process
 * writes to (`written`) must accept writes.
 */
export function healthOf(
  house: House,
  parts: readonly Part[],
  needed: readonly Part[],
  written: (part: Part) => boolean,
): Health {
  return {
    checks: Object.fromEntries(parts.map((part) => [part, check(house, part, written(part))])),
    enough: (answering) => needed.every((part) => answering.has(part)),
  };
}

/** The health of a worker: it is ready while all of its parts respond and its clock is accurate. */
export function workerHealth(house: House, parts: readonly Part[], writes: boolean): Health {
  const { checks, enough } = healthOf(house, parts, parts, () => writes);
  const { clockSkew } = house.wiring;
  const clock = async () => {
    if (clockSkew.isTooFarOff()) throw Object.assign(new Error('the clock is off'), { code: 'CLOCK_IS_OFF' });
  };
  return { checks: { ...checks, clock }, enough: (answering) => enough(answering) && answering.has('clock') };
}

/** The databases among the parts: a subgraph stays ready on these alone while the cache or the bus is unavailable. */
export const databasesOf = (parts: readonly Part[]): readonly Part[] => parts.filter((part) => part.endsWith(DATABASE));

const DATABASE = ' database';

function check({ wiring, rooms }: House, part: Part, isWritten: boolean): DependencyCheck {
  if (part === 'cache') return () => writable(wiring.cache);
  if (part === 'bus') return () => wiring.bus.backlog('readyz');
  if (part === 'ticket issuer') return async () => (await wiring.ticketIssuer()).ticketsOf('readyz');
  if (part === 'payment provider') return async () => (await wiring.paymentProvider()).intent('readyz');
  const room = part.slice(0, -DATABASE.length) as RoomName;
  return async () => (await rooms[room]()).db.probe(isWritten);
}

/** Probes with a write that changes nothing of value: a replica and a full server would still answer a read. */
export const writable = (cache: Pick<Cache, 'spend'>) => cache.spend([PROBE]);

const PROBE = { key: 'readyz', amount: 1, capacity: 1_000_000, refill: 1_000_000 }; // never exhausted, expires in a millisecond
