// What follows from the configuration where a variable is not set.
import { demoPartner, isEmbedded } from './adapter-url.ts';
import type { Config } from './env.ts';
import type { Place } from '../http/http-server.ts';
import { metricsPort, portFrom, ports, type ServiceName } from '../system/ports.ts';

/** Where a process listens; `service` is the one that it runs alone, the gateway where it runs everything. */
export const portOf = ({ PORT }: Config, service: ServiceName): number => PORT ?? ports[service];

/** Where a gateway, or everything in one process, serves its metrics. */
export const metricsPortOf = (config: Config): number => config.METRICS_PORT ?? metricsPort(portOf(config, 'gateway'));

/** Where browsers reach the gateway, without a slash at the end. */
export const publicUrlOf = (config: Config): string =>
  (config.PUBLIC_URL ?? `http://localhost:${portOf(config, 'gateway')}`).replace(/\/$/, '');

/** Where payers go back to, and where the provider's webhooks come in. */
export const paymentAddressesOf = (config: Config): { returnUrl: string; webhookUrl: string } => ({
  returnUrl: config.PAYMENT_RETURN_URL ?? publicUrlOf(config),
  webhookUrl: config.PAYMENT_WEBHOOK_URL ?? `${publicUrlOf(config)}/webhooks/payments`,
});

/** The demo's own partners, and the variable that names each. */
export const demoPartners = {
  'payment-provider': 'PAYMENT_PROVIDER_URL',
  'ticket-issuer': 'TICKET_ISSUER_URL',
} as const;
export type DemoPartner = keyof typeof demoPartners;

/** Where the demo's own partner listens when everything runs in one process. */
export const partnerPortOf = (config: Config, partner: DemoPartner): number =>
  demoPartner(config[demoPartners[partner]]).port ?? portFrom(portOf(config, 'gateway'), partner);

/** Where a demo partner listens, for `listen`. */
export const partnerPlace = (partner: DemoPartner, port: number): Place => ({
  host: 'localhost',
  port,
  of: partner,
  variable: `PORT, or ${demoPartners[partner]}=demo:?port=N,`,
});

/** The demo's own partners that run with everything in one process. */
export const partnersIn = (config: Config): DemoPartner[] =>
  (Object.keys(demoPartners) as DemoPartner[]).filter((partner) => isEmbedded(config[demoPartners[partner]]));

const NOTICED_WITHIN = 2000; // ms; balancers ask every second or so, and gateways keep an idle connection for one

/** Time between failing readiness and closing, in ms, so that load balancers can react; 0 outside production. */
export const drainDelayOf = ({ DRAIN_DELAY, NODE_ENV }: Config): number =>
  DRAIN_DELAY ?? (NODE_ENV === 'production' ? NOTICED_WITHIN : 0);

export const logFormatOf = ({ LOG_FORMAT, NODE_ENV }: Config): 'text' | 'json' =>
  LOG_FORMAT ?? (NODE_ENV === 'production' ? 'json' : 'text');

/** The value that each variable that is not set stands for, with everything in one process. */
export function describeDerived(config: Config): Partial<Record<keyof Config, string>> {
  const { returnUrl, webhookUrl } = paymentAddressesOf(config);
  const values = {
    PORT: portOf(config, 'gateway'),
    METRICS_PORT: metricsPortOf(config),
    LOG_FORMAT: logFormatOf(config),
    DRAIN_DELAY: drainDelayOf(config),
    PUBLIC_URL: publicUrlOf(config),
    PAYMENT_RETURN_URL: returnUrl,
    PAYMENT_WEBHOOK_URL: webhookUrl,
    OFFER_SIGNING_KEYS: '(made, and kept in the data folder)',
    INTERNAL_KEYS: '(made at each start of everything in one process)',
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
