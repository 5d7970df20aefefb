// Why a service cannot run as its own process with this configuration: another service needs the same embedded part.
import { isEmbedded } from '../config/adapter-url.ts';
import type { AdapterName } from '../process/platform.ts';
import type { Config } from './config/config.ts';
import { databaseName, type Service, serviceOf, services } from './service.ts';

const adapters = {
  cache: { variable: 'REDIS_URL', real: 'redis://HOST:PORT' },
  bus: { variable: 'KAFKA_URL', real: 'kafka://HOST:PORT' },
  'ticket issuer': { variable: 'TICKET_ISSUER_URL', real: 'http://HOST:PORT' },
  'payment provider': { variable: 'PAYMENT_PROVIDER_URL', real: 'http://HOST:PORT' },
  mail: { variable: 'MAIL_URL', real: 'smtp://HOST:PORT' },
} as const satisfies Record<AdapterName, object>;
const database = { variable: 'DATABASE_URL', real: 'mysql:// or mariadb://USER:PASSWORD@HOST:PORT' } as const;

type Source = (typeof adapters)[AdapterName] | typeof database;

const list = new Intl.ListFormat('en-GB');

/** The reasons, as sentences for the operator; none when the service may start alone. */
export function whyNotAlone(name: string, config: Config): string[] {
  const { kind, databases, uses } = serviceOf(name);
  const said = new Set<string>();
  function check(part: string, { variable, real }: Source, sharing: readonly Service[]): void {
    const url = config[variable];
    const others = sharing.map((each) => each.name).filter((other) => other !== name);
    if (!isEmbedded(url) || !others.length) return;
    said.add(
      `${name} cannot run alone with ${variable}=${url}: an embedded part lives in one process, ` +
        `and ${list.format(others)} ${others.length > 1 ? 'need' : 'needs'} the ${part}, too. ` +
        `Set ${variable} to ${real}, or start all.`,
    );
  }
  for (const each of databases)
    check(
      databaseName(each),
      database,
      services.filter((other) => other.databases.includes(each)),
    );
  for (const each of uses)
    check(
      each,
      adapters[each],
      services.filter((other) => other.uses.includes(each)),
    );
  const { INTERNAL_KEYS, SUBGRAPH_KEYS } = config;
  if ((kind === 'gateway' || kind === 'subgraph') && !INTERNAL_KEYS && !(kind === 'subgraph' && SUBGRAPH_KEYS)) {
    said.add(
      `${name} cannot run alone without INTERNAL_KEYS, the same for all: the gateway signs its requests with them, and ` +
        'subgraphs reject unsigned ones. Make one with: openssl rand -base64 32',
    );
  }
  return [...said];
}
