// Readiness of a service: probes each part in the same way as the service uses it.
import type { Cache } from '../cache/cache.ts';
import type { DependencyCheck, Health } from '../http/inside.ts';
import type { AdapterName } from '../process/platform.ts';
import { databaseName, type Service } from './service.ts';
import type { Shared } from './stores.ts';

type Used = Pick<Service, 'databases' | 'uses'>;
type Checks = Record<string, DependencyCheck>;

/** The checks of the adapters that a service uses. Mail is sent later if its server is away, so it is not probed. */
const adapterChecks = ({ wiring }: Shared, uses: readonly AdapterName[]): Checks =>
  Object.fromEntries(
    uses.flatMap((adapter) => (adapter === 'mail' ? [] : [[adapter, () => probes[adapter](wiring)] as const])),
  );

const probes = {
  cache: ({ cache }) => writable(cache),
  bus: ({ bus }) => bus.backlog('readyz'),
  'ticket issuer': async ({ ticketIssuer }) => (await ticketIssuer()).ticketsOf('readyz'),
  'payment provider': async ({ paymentProvider }) => (await paymentProvider()).intent('readyz'),
} satisfies Record<Exclude<AdapterName, 'mail'>, (wiring: Shared['wiring']) => Promise<unknown>>;

/** The checks of databases; one that the process writes to must accept writes. */
const databaseChecks = ({ open }: Shared, { databases }: Used, isWritten: boolean): Checks =>
  Object.fromEntries(
    databases.map((subgraph) => [
      databaseName(subgraph),
      async () => (await open<object>(subgraph)).db.probe(isWritten && !subgraph.onlyReads),
    ]),
  );

const all =
  (checks: Checks): Health['enough'] =>
  (answering) =>
    Object.keys(checks).every((part) => answering.has(part));

/** The health of subgraphs: ready while their databases respond; the adapters are reported only. */
export function subgraphHealth(shared: Shared, used: Used): Health {
  const needed = databaseChecks(shared, used, true);
  return { checks: { ...needed, ...adapterChecks(shared, used.uses) }, enough: all(needed) };
}

/** The health of a worker: it is ready while all of its parts respond and its clock is accurate. */
export function workerHealth(shared: Shared, used: Used, writes: boolean): Health {
  const { clockSkew } = shared.wiring;
  const clock = async () => {
    if (clockSkew.isTooFarOff()) throw Object.assign(new Error('the clock is off'), { code: 'CLOCK_IS_OFF' });
  };
  const checks = { ...databaseChecks(shared, used, writes), ...adapterChecks(shared, used.uses), clock };
  return { checks, enough: all(checks) };
}

/** Probes with a write that changes nothing of value: a replica and a full server would still answer a read. */
export const writable = (cache: Pick<Cache, 'spend'>) => cache.spend([PROBE]);

const PROBE = { key: 'readyz', amount: 1, capacity: 1_000_000, refill: 1_000_000 }; // never exhausted, expires in a millisecond
