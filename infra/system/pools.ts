// How many database connection pools each service opens when it runs as its own process.
import { type Service, services } from './service.ts';

/** Whether it opens the database of the operations subgraph beside its own: a consumer stores its dead letters there. */
const storesDeadLetters = (service: Service): boolean => service.kind === 'worker' && service.definition.on.length > 0;

/** The pool count of each service that has a pool. */
export const poolsOf: ReadonlyMap<string, number> = new Map(
  services
    .map((service) => [service.name, service.databases.length + Number(storesDeadLetters(service))] as const)
    .filter(([, pools]) => pools > 0),
);

/** The total for one replica of every service. */
export const poolsOfAll: number = [...poolsOf.values()].reduce((sum, pools) => sum + pools, 0);
