// How many database connection pools each service opens when it runs as its own process.
import { type Service, services } from './service.ts';

/** One for each database that it uses, and one for the dead letters if it consumes events or shows dead letters. */
const poolsIn = ({ name, kind, databases, uses }: Service): number =>
  databases.length + Number((kind === 'worker' && uses.includes('bus')) || name === 'stock');

/** The pool count of each service that has a pool. */
export const poolsOf: ReadonlyMap<string, number> = new Map(
  services.map((service) => [service.name, poolsIn(service)] as const).filter(([, pools]) => pools > 0),
);

/** The total for one replica of every service. */
export const poolsOfAll: number = [...poolsOf.values()].reduce((sum, pools) => sum + pools, 0);
