// Why a service cannot run as its own process with this configuration: another service needs the same embedded part.
import { isEmbedded } from '../config/adapter-url.ts';
import type { Config } from '../config/env.ts';
import type { ServiceName } from '../config/ports.ts';
import { type Part, services } from './services.ts';

/** The reasons, as sentences for the operator; none when the service may start alone. */
export function whyNotAlone(name: ServiceName, config: Config): string[] {
  const said = new Set<string>();
  for (const part of services[name].uses) {
    const { variable, real } = source(part);
    const url = config[variable];
    const others = sharing(part).filter((other) => other !== name);
    if (!isEmbedded(url) || !others.length) continue;
    said.add(
      `${name} cannot run alone with ${variable}=${url}: an embedded part lives in one process, ` +
        `and ${list.format(others)} ${others.length > 1 ? 'need' : 'needs'} the ${part}, too. ` +
        `Set ${variable} to ${real}, or start all.`,
    );
  }
  const { kind } = services[name];
  const { INTERNAL_KEYS, SUBGRAPH_KEYS } = config;
  if ((kind === 'gateway' || kind === 'subgraph') && !INTERNAL_KEYS && !(kind === 'subgraph' && SUBGRAPH_KEYS)) {
    said.add(
      `${name} cannot run alone without INTERNAL_KEYS, the same for all: the gateway signs its requests with them, and ` +
        'subgraphs reject unsigned ones. Make one with: openssl rand -base64 32',
    );
  }
  return [...said];
}

const list = new Intl.ListFormat('en-GB');

/** The services that use a part. */
const sharing = (part: Part): string[] =>
  Object.entries(services)
    .filter(([, { uses }]) => uses.includes(part))
    .map(([name]) => name);

const source = (part: Part) =>
  part === 'cache'
    ? ({ variable: 'REDIS_URL', real: 'redis://HOST:PORT' } as const)
    : part === 'bus'
      ? ({ variable: 'KAFKA_URL', real: 'kafka://HOST:PORT' } as const)
      : part === 'ticket issuer'
        ? ({ variable: 'TICKET_ISSUER_URL', real: 'http://HOST:PORT' } as const)
        : part === 'payment provider'
          ? ({ variable: 'PAYMENT_PROVIDER_URL', real: 'http://HOST:PORT' } as const)
          : ({ variable: 'DATABASE_URL', real: 'mysql:// or mariadb://USER:PASSWORD@HOST:PORT' } as const);
