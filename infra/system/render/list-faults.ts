// The faults of the list of the system that no type shows.
import { subgraphSdls } from '../../../schema/composition/checkout.ts';
import { metricsPort } from '../config/ports.ts';
import { settingsByFile } from '../config/config.ts';
import { services } from '../service.ts';
import { gateway, subgraphs } from '../services.ts';

/** The values that several owners have, each with its owners. */
const shared = (owned: readonly (readonly [value: string, owner: string])[]): string[] =>
  [...Map.groupBy(owned, ([value]) => value)]
    .filter(([, of]) => of.length > 1)
    .map(([value, of]) => `${of.map(([, owner]) => owner).join(' and ')} share ${value}`);

/** A sentence for each: a port or a variable with two owners, a folder that is not listed. */
export function listFaults(): string[] {
  const metrics = { name: 'the metrics of the gateway', port: metricsPort(gateway.port) };
  const ports = [...services, metrics].map(({ name, port }) => [`the port ${port}`, name] as const);
  const variables = settingsByFile.flatMap(([owner, shape]) =>
    Object.keys(shape).map((name) => [`the variable ${name}`, owner] as const),
  );
  const listed = new Set<string>(subgraphs.map(({ name }) => name));
  const folders = subgraphSdls().map(({ name }) => name);
  return [
    ...shared(ports),
    ...shared(variables),
    ...folders
      .filter((name) => !listed.has(name))
      .map((name) => `subgraphs/${name} is not in infra/system/services.ts`),
  ];
}
