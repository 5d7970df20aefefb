// How many database connection pools each service opens when it runs as its own process.
import type { ServiceName } from '../config/ports.ts';
import { type Service, services } from './services.ts';

/** One for each database that it uses, and one for the dead letters if it consumes events or shows dead letters. */
function poolsIn(name: string, { kind, uses }: Service): number {
  const databases = uses.filter((part) => part.endsWith(' database')).length;
  return databases + Number((kind === 'worker' && uses.includes('bus')) || name === 'stock');
}

/** The pool count of each service that has a pool. */
export const poolsOf: Readonly<Partial<Record<ServiceName, number>>> = Object.fromEntries(
  Object.entries(services)
    .map(([name, service]) => [name, poolsIn(name, service)] as const)
    .filter(([, pools]) => pools > 0),
);

/** The total for one replica of every service. */
export const poolsOfAll: number = Object.values(poolsOf).reduce((sum, pools) => sum + pools, 0);
