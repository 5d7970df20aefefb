// How many database connection pools each service opens when it runs as its own process.
import { type Service, services } from './service.ts';
import { subgraphs } from './services.ts';

/** Whether it opens the database of the operations subgraph beside its own: a consumer stores its dead letters there. */
const storesDeadLetters = (service: Service): boolean => service.kind === 'worker' && service.definition.on.length > 0;

/** The databases that it opens once more while it verifies the system. */
const verified = ({ name }: Service): number => (name === 'operations' ? subgraphs.length : 0);

/** The pool count of each service that has a pool. */
export const poolsOf: ReadonlyMap<string, number> = new Map(
  services
    .map((service) => {
      const pools = service.databases.length + Number(storesDeadLetters(service)) + verified(service);
      return [service.name, pools] as const;
    })
    .filter(([, pools]) => pools > 0),
);

/** The total for one replica of every service. */
export const poolsOfAll: number = [...poolsOf.values()].reduce((sum, pools) => sum + pools, 0);

/** The total of one process that runs everything, and of a verification in it. */
export const poolsTogether: number = 2 * subgraphs.length;
