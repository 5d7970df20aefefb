// What no process of a kind may load; loads.test.ts and loads.real.test.ts start the services and name the offender.
import type { Service } from '../../infra/system/service.ts';

const databases = ['@mikro-orm/core', '@mikro-orm/sql', '@mikro-orm/mariadb', '@mikro-orm/mysql', 'kysely', 'mysql2'];
const ofGateway = ['@apollo/gateway', '@apollo/query-planner', 'cockatiel', '@fastify/cors'];
const ofGraph = ['graphql', '@apollo/server', '@apollo/subgraph'];
const ofTraces = ['@opentelemetry/sdk-trace-node', '@opentelemetry/exporter-trace-otlp-http'];

const byKind: Readonly<Record<Service['kind'], readonly string[]>> = {
  gateway: [...databases, '@apollo/subgraph', ...ofTraces],
  subgraph: [...ofGateway, ...ofTraces],
  worker: [...ofGateway, ...ofGraph, 'fastify', ...ofTraces],
  partner: [...ofGateway, ...ofGraph, ...databases, ...ofTraces],
};

/**
 * The drivers of servers: each is loaded only on a configuration that names a server. Every process reports itself to the
 * cache; kafkajs is loaded only by a service that uses the bus.
 */
const drivers = { kafkajs: 'bus' } as const;
const databaseDrivers = ['mysql2', '@mikro-orm/mysql', '@mikro-orm/mariadb'];

/** What a service loads that it must not, on embedded adapters or on real servers. */
export function offences(service: Service, loaded: Readonly<Record<string, unknown>>, isEmbedded: boolean): string[] {
  const { kind, name, uses, databases: used } = service;
  const unused = Object.entries(drivers).filter(([, adapter]) => kind !== 'gateway' && !uses.includes(adapter));
  const forbidden = [
    ...byKind[kind],
    ...(isEmbedded ? [...Object.keys(drivers), 'ioredis', ...databaseDrivers] : unused.map(([driver]) => driver)),
    ...(isEmbedded ? [] : ['@mikro-orm/migrations']), // npm run migrate migrates real databases
  ];
  const packages = forbidden.filter((each) => each in loaded).map((each) => `${name} loads ${each}`);
  const own = new Set(used.map((subgraph) => `subgraphs/${subgraph.name}`));
  const stores = Object.keys(loaded).filter((each) => /^subgraphs\/.*\/store$/.test(each));
  const foreign = stores.filter((each) => !own.has(each.slice(0, -'/store'.length)) && !mayOpen(service, each));
  return [...packages, ...foreign.map((each) => `${name} loads ${each}`)];
}

/** A worker that handles events stores its dead letters, whose subgraph is operations. */
const mayOpen = (service: Service, store: string): boolean =>
  store === 'subgraphs/operations/store' && service.kind === 'worker' && service.uses.includes('bus');
