// How many database connection pools each service opens when it runs as its own process.
import { type Service, services } from './service.ts';

/** Whether it opens the database of the dead letters beside those of subgraphs. */
function opensDeadLetters(service: Service): boolean {
  if (service.kind === 'subgraph') return service.definition.showsDeadLetters ?? false;
  if (service.kind !== 'worker') return false;
  const { on, sweepsDeadLetters = false } = service.definition;
  return on.length > 0 || sweepsDeadLetters;
}

/** The pool count of each service that has a pool. */
export const poolsOf: ReadonlyMap<string, number> = new Map(
  services
    .map((service) => [service.name, service.databases.length + Number(opensDeadLetters(service))] as const)
    .filter(([, pools]) => pools > 0),
);

/** The total for one replica of every service. */
export const poolsOfAll: number = [...poolsOf.values()].reduce((sum, pools) => sum + pools, 0);
