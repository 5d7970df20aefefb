// What a service's readiness is made of: each part it uses, looked at the way the service itself uses it.
import type { Check, Health } from '../http-server.ts';
import type { RoomName } from './rooms.ts';
import type { House, Part } from './services.ts';

/** The health of a process that works with these parts; without those it needs it is not ready. */
export function healthOf(house: House, parts: readonly Part[], needed: readonly Part[]): Health {
  return {
    checks: Object.fromEntries(parts.map((part) => [part, check(house, part)])),
    enough: (answering) => needed.every((part) => answering.has(part)),
  };
}

/** What answers from its database alone can do without the cache and the bus for a while. */
export const databasesOf = (parts: readonly Part[]): readonly Part[] => parts.filter((part) => part.endsWith(DATABASE));

const DATABASE = ' database';

function check({ wiring, rooms }: House, part: Part): Check {
  if (part === 'cache') return () => wiring.cache.getMany(['readyz']);
  if (part === 'bus') return () => wiring.bus.backlog('readyz');
  if (part === 'ticket issuer') return async () => (await wiring.ticketIssuer()).ticketsOf('readyz');
  if (part === 'payment provider') return async () => (await wiring.paymentProvider()).intent('readyz');
  const room = part.slice(0, -DATABASE.length) as RoomName;
  return async (): Promise<unknown> => (await rooms[room]()).db.read().getConnection().execute('select 1');
}
