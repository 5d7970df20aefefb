// Defaults that depend on other variables.
import { demoPartner, isEmbedded } from '../../config/adapter-url.ts';
import { type Config, settingsOf } from './config.ts';
import type { SubgraphDefinition } from '../../../subgraphs/runtime/definition.ts';
import type { ListenAddress } from '../../http/listen.ts';
import { gateway, partners, type PartnerVariable } from '../services.ts';
import { metricsPort, nextPort, portFrom } from './ports.ts';

/** The port of a process; `service` is the one that it runs alone, the gateway where it runs everything. */
export const portOf = ({ PORT }: Config, service: { port: number }): number => PORT ?? service.port;

/** The port on which a gateway, or everything in one process, serves its metrics. */
export const metricsPortOf = (config: Config): number => config.METRICS_PORT ?? metricsPort(portOf(config, gateway));

/** The gateway's address for browsers, without a slash at the end. */
export const publicUrlOf = (config: Config): string =>
  (config.PUBLIC_URL ?? `http://localhost:${portOf(config, gateway)}`).replace(/\/$/, '');

/** The address to which payers return, and the address that receives the provider's webhooks. */
export const paymentAddressesOf = (config: Config): { returnUrl: string; webhookUrl: string } => ({
  returnUrl: config.PAYMENT_RETURN_URL ?? publicUrlOf(config),
  webhookUrl: config.PAYMENT_WEBHOOK_URL ?? `${publicUrlOf(config)}/webhooks/payments`,
});

interface PlacedPartner {
  name: string;
  port: number;
  variable: PartnerVariable;
}

/** The place where a demo's partner listens when everything runs in one process. */
export const partnerPlace = (config: Config, { name, variable, port }: PlacedPartner): ListenAddress => ({
  host: 'localhost',
  port: demoPartner(config[variable]).port ?? portFrom(portOf(config, gateway), { port }),
  of: name,
  variable: `PORT, or ${variable}=demo:?port=N,`,
});

/** Where the servers of these subgraphs beside the graph listen, by subgraph. */
export const besidePlaces = (
  config: Config,
  definitions: readonly Pick<SubgraphDefinition, 'name' | 'port' | 'server' | 'settings'>[],
  portOfSubgraph: (definition: { port: number }) => number,
): ReadonlyMap<string, ListenAddress & { of: string }> =>
  new Map(
    definitions.flatMap(({ name, port: usual, server, settings }) => {
      if (!server) return [];
      const given = settingsOf({ settings }, config)[server.variable] as number | undefined;
      const port = given ?? nextPort(portOfSubgraph({ port: usual }));
      return [[name, { host: config.HOST, port, of: server.serves, variable: server.variable }]];
    }),
  );

/** The demo's partners that run in the one process that runs everything. */
export const partnersIn = (config: Config) => partners.filter(({ variable }) => isEmbedded(config[variable]));

const NOTICED_WITHIN = 2000; // ms; load balancers probe about once a second, and gateways keep an idle connection for one second

/** Time between failing readiness and closing, in ms, so that load balancers can react; 0 outside production. */
export const drainDelayOf = ({ DRAIN_DELAY, NODE_ENV }: Config): number =>
  DRAIN_DELAY ?? (NODE_ENV === 'production' ? NOTICED_WITHIN : 0);

export const logFormatOf = ({ LOG_FORMAT, NODE_ENV }: Config): 'text' | 'json' =>
  LOG_FORMAT ?? (NODE_ENV === 'production' ? 'json' : 'text');

/** The effective value of each variable that is not set, with everything in one process. */
export function describeDerived(config: Config): Partial<Record<keyof Config, string>> {
  const { returnUrl, webhookUrl } = paymentAddressesOf(config);
  const values = {
    PORT: portOf(config, gateway),
    METRICS_PORT: metricsPortOf(config),
    LOG_FORMAT: logFormatOf(config),
    DRAIN_DELAY: drainDelayOf(config),
    PUBLIC_URL: publicUrlOf(config),
    PAYMENT_RETURN_URL: returnUrl,
    PAYMENT_WEBHOOK_URL: webhookUrl,
    OFFER_SIGNING_KEYS: '(made, and kept in the data folder)',
    INTERNAL_KEYS: '(made, and kept in the data folder)',
    ...(isEmbedded(config.PAYMENT_PROVIDER_URL) && {
      PAYMENT_PROVIDER_KEY: "(made, and kept with the demo's provider)",
      PAYMENT_WEBHOOK_SECRET: "(made, and kept with the demo's provider)",
    }),
    ...(isEmbedded(config.TICKET_ISSUER_URL) && { TICKET_ISSUER_KEY: "(made, and kept with the demo's issuer)" }),
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => config[name as keyof Config] === undefined)
      .map(([name, value]) => [name, String(value)]),
  );
}
