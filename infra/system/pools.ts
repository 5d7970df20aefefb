// How many pools of database connections each service opens, where each is a process of its own.
import type { ServiceName } from './ports.ts';
import { type Service, services } from './services.ts';

/** One for each database that it works with, and one for the dead letters where it consumes events or shows them. */
function poolsIn(name: string, { kind, uses }: Service): number {
  const databases = uses.filter((part) => part.endsWith(' database')).length;
  return databases + Number((kind === 'worker' && uses.includes('bus')) || name === 'stock');
}

/** The pools of each service that has any. */
export const poolsOf: Readonly<Partial<Record<ServiceName, number>>> = Object.fromEntries(
  Object.entries(services)
    .map(([name, service]) => [name, poolsIn(name, service)] as const)
    .filter(([, pools]) => pools > 0),
);

/** The pools of one replica of every service. */
export const poolsOfAll: number = Object.values(poolsOf).reduce((sum, pools) => sum + pools, 0);
