// The lists of the deployment: services of docker-compose.yml, and the targets of Prometheus.
import { urlVariable } from '../../../gateway/settings.ts';
import type { SettingsShape } from '../../config/settings.ts';
import type { Service } from '../service.ts';

const namesOf = (services: readonly Service[], kind: Service['kind']): string[] =>
  services.filter((service) => service.kind === kind).map(({ name }) => name);

/**
 * The settings that the environment or .env may set, besides those that the file's other lines name. An empty one counts
 * as unset. Secrets are not among them: a container has only those that it needs.
 */
export const composeSettings = (variables: SettingsShape, otherLines: string): string =>
  Object.entries(variables)
    .filter(([name, { secret }]) => !secret && !new RegExp(`^ +${name}:`, 'm').test(otherLines))
    .map(([name]) => `${name}: '\${${name}:-}'`)
    .join('\n');

/** The addresses of the subgraphs, for the gateway. */
export const composeUrls = (services: readonly Service[]): string =>
  namesOf(services, 'subgraph')
    .map((name) => `${urlVariable(name)}: http://${name}:4000`)
    .join('\n');

/** What the gateway waits for. */
export const composeNeeds = (services: readonly Service[]): string =>
  namesOf(services, 'subgraph')
    .map((name) => `${name}: { condition: service_healthy }`)
    .join('\n');

/** A container for each subgraph and each worker. Mail is files in the volume, where MAIL_URL says nothing else. */
export const composeServices = (services: readonly Service[]): string =>
  services
    .filter(({ kind }) => kind === 'subgraph' || kind === 'worker')
    .map(({ name, kind, uses }) =>
      [
        `${name}:`,
        '  <<: *service',
        `  command: [node, infra/start.ts, ${name}]`,
        `  environment: *${kind === 'subgraph' ? 'served' : 'settings'}`,
        ...(uses.includes('mail')
          ? ["  volumes: ['partners:/var/lib/partners'] # mail is files there by default"]
          : []),
        '  depends_on: *needs',
        '',
      ].join('\n'),
    )
    .join('\n');

/** The services that serve metrics on their own port. */
export const prometheusTargets = (services: readonly Service[]): string =>
  services
    .filter(({ kind }) => kind === 'subgraph' || kind === 'worker')
    .map(({ name }) => `- ${name}`)
    .join('\n');
