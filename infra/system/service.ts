// A service as the system runs it: its kind, and the parts that it uses.
import type { AdapterName } from '../process/platform.ts';
import type { SubgraphDefinition } from '../../subgraphs/runtime/definition.ts';
import type { WorkerDefinition } from '../../workers/engine/definition.ts';
import { gateway, partners, type PartnerName, type ServiceName, subgraphs, workers } from './services.ts';

interface Parts {
  name: ServiceName;
  port: number;
  /** The subgraphs whose databases it uses. */
  databases: readonly SubgraphDefinition[];
  uses: readonly AdapterName[];
}

/**
 * A service. A subgraph is ready with its database, a worker with all of its parts, the gateway with any subgraph. The
 * gateway uses the cache only to be faster, so it has no parts.
 */
export type Service = Parts &
  (
    | { kind: 'gateway' }
    | { kind: 'subgraph'; definition: SubgraphDefinition }
    | { kind: 'worker'; definition: WorkerDefinition }
    | { kind: 'partner'; name: PartnerName }
  );

/** The name of a part in sentences and in /readyz. */
export const databaseName = (subgraph: { name: string }) => `${subgraph.name} database` as const;

const noParts = { databases: [], uses: [] };

/** In start order: a service comes before its callers. */
export const services: readonly Service[] = [
  ...partners.map(({ name, port }): Service => ({ kind: 'partner', name, port, ...noParts })),
  ...subgraphs.map((definition): Service => {
    const { name, port, uses } = definition;
    return { kind: 'subgraph', name, port, databases: [definition], uses, definition };
  }),
  ...workers.map((definition): Service => {
    const { name, port, subgraphs: databases, uses } = definition;
    return { kind: 'worker', name, port, databases, uses, definition };
  }),
  { kind: 'gateway', ...gateway, ...noParts },
];

/** The names of all services. */
export const serviceNames: readonly ServiceName[] = services.map(({ name }) => name);

/** The service of that name. Throws an Error with a sentence when there is none. */
export function serviceOf(name: string): Service {
  const service = services.find((one) => one.name === name);
  if (!service) throw new Error(`There is no service ${name}; there are ${serviceNames.join(', ')}.`);
  return service;
}
