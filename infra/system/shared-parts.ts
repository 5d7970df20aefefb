// Why services cannot run as processes of their own with this configuration: they share an embedded part.
import { isEmbedded } from '../config/adapter-url.ts';
import type { AdapterName } from '../process/platform.ts';
import type { Config } from './config/config.ts';
import { databaseName, serviceOf, services } from './service.ts';
import { type ServiceName, subgraphs } from './services.ts';

const adapters = {
  cache: { variable: 'REDIS_URL', real: 'redis://HOST:PORT' },
  bus: { variable: 'KAFKA_URL', real: 'kafka://HOST:PORT' },
  'ticket issuer': { variable: 'TICKET_ISSUER_URL', real: 'http://HOST:PORT' },
  'payment provider': { variable: 'PAYMENT_PROVIDER_URL', real: 'http://HOST:PORT' },
  mail: { variable: 'MAIL_URL', real: 'smtp://HOST:PORT' },
} as const satisfies Record<AdapterName, object>;
const database = { variable: 'DATABASE_URL', real: 'mysql:// or mariadb://USER:PASSWORD@HOST:PORT' } as const;

const list = new Intl.ListFormat('en-GB');

/** Each embedded part that several services use. */
const sharedParts = (config: Config) =>
  [
    ...subgraphs.map((subgraph) => ({
      ...{ part: databaseName(subgraph), ...database },
      users: services.filter(({ databases }) => databases.some(({ name }) => name === subgraph.name)),
    })),
    ...Object.entries(adapters).map(([part, source]) => ({
      ...{ part, ...source },
      users: services.filter(({ uses }) => uses.some((adapter) => adapter === part)),
    })),
  ]
    .map(({ users, ...part }) => ({ ...part, users: users.map(({ name }) => name), url: config[part.variable] }))
    .filter(({ users, url }) => users.length > 1 && isEmbedded(url));

/** The reasons, as sentences for the operator; none when the service may start alone. */
export function whyNotAlone(name: string, config: Config): string[] {
  const service = serviceOf(name);
  const { INTERNAL_KEYS, SUBGRAPH_KEYS } = config;
  const reasons = sharedParts(config)
    .filter(({ users }) => users.some((user) => user === name))
    .map(({ part, users, variable, url, real }) => {
      const others = users.filter((user) => user !== name);
      const need = others.length > 1 ? 'need' : 'needs';
      return (
        `${name} cannot run alone with ${variable}=${url}: an embedded part lives in one process, ` +
        `and ${list.format(others)} ${need} the ${part}, too. Set ${variable} to ${real}, or start all.`
      );
    });
  const hasOwnKeys = service.kind === 'subgraph' && !service.definition.derivesKeys && SUBGRAPH_KEYS;
  if ((service.kind === 'gateway' || service.kind === 'subgraph') && !INTERNAL_KEYS && !hasOwnKeys) {
    reasons.push(
      `${name} cannot run alone without INTERNAL_KEYS, the same for all: the gateway signs its requests with them, and ` +
        'subgraphs reject unsigned ones. Make one with: openssl rand -base64 32',
    );
  }
  return reasons;
}

/** The reason why these services cannot run as processes of their own, as one sentence; undefined when they can. */
export function whyNotApart(names: readonly ServiceName[], config: Config): string | undefined {
  const needed = sharedParts(config).filter(({ users }) => users.some((user) => names.includes(user)));
  if (!needed.length) return undefined;
  const advice = new Set(needed.map(({ variable, real }) => `${variable} to ${real}`));
  return (
    `Processes cannot share embedded parts: set ${list.format(advice)}, as npm run services prints them for servers ` +
    'that it starts; or start everything in one process with npm start.'
  );
}
