// Which partners there are: the payment provider, the ticket issuer and the mail, by their URLs; the demo's own in this process.
import type { FastifyInstance } from 'fastify';
import { join, resolve } from 'node:path';
import { demoPartner, isEmbedded } from '../config/adapter-url.ts';
import type { Clock } from '../process/clock.ts';
import type { DataFolder } from '../config/data-folder.ts';
import {
  type DemoPartner,
  demoPartners,
  partnerPlace,
  partnerPortOf,
  paymentAddressesOf,
  publicUrlOf,
} from '../config/derived.ts';
import type { Config } from '../config/env.ts';
import { dyingAfterAnswers } from '../process/failpoint.ts';
import { listen } from '../http/http-server.ts';
import type { Log } from '../logging/log.ts';
import { openFileMail } from '../partners/mail.file.ts';
import { openSmtpMail } from '../partners/mail.smtp.ts';
import type { Mail } from '../partners/mail.ts';
import { once } from '../process/once.ts';
import { statementIn as paymentsIn } from '../partners/payment-provider/statement.ts';
import { createPaymentProvider, type DemoProvider } from '../partners/payment-provider/server.ts';
import { statementIn as ticketsIn } from '../partners/ticket-issuer/statement.ts';
import { createTicketIssuer } from '../partners/ticket-issuer/server.ts';
import { httpProvider } from '../partners/payment-provider.http.ts';
import type { PaymentProvider, PaymentStatement } from '../partners/payment-provider.ts';
import { openHttpTicketIssuer } from '../partners/ticket-issuer.http.ts';
import type { TicketIssuer, TicketStatement } from '../partners/ticket-issuer.ts';
import { tracedCalls } from '../tracing/traced-ports.ts';

export interface Partners {
  /** Who takes money for us; the demo's own starts to listen with the first call, where it is in this process. */
  paymentProvider(): Promise<PaymentProvider>;
  /** Where payers go back to, and where the provider's webhooks come in. */
  paymentAddresses: { returnUrl: string; webhookUrl: string };
  /** The demo's own provider, not listening. Throws an Error with a sentence where it is somewhere else. */
  demoProvider(): DemoProvider;
  /** Who issues tickets; the demo's own starts to listen with the first call, where it is in this process. */
  ticketIssuer(): Promise<TicketIssuer>;
  /** The demo's own issuer, not listening. Throws an Error with a sentence where it is somewhere else. */
  demoIssuer(): FastifyInstance;
  /** The partners' statements, for reconciliation; the demo's own are read from their logs, and nothing is started. */
  statements: { payments(): Promise<PaymentStatement>; tickets(): Promise<TicketStatement> };
  mail(): Mail;
  /** Where browsers reach the gateway, without a slash at the end. */
  publicUrl: string;
}

/** What a test may put in place of the partners that the configuration names. */
export interface PartnerSubstitutes {
  paymentProvider?: (shipped: PaymentProvider) => PaymentProvider;
  ticketIssuer?: (shipped: TicketIssuer) => TicketIssuer;
  mail?: (shipped: Mail) => Mail;
}

interface Wired {
  config: Config;
  /** The data folder that a URL names. */
  folderAt: (url: string) => DataFolder;
  now: Clock;
  log: Log;
  substitutes: PartnerSubstitutes;
}

/** The folder that mails are written to; null where they go to a mail server. */
export const mailFolder = (url: string): string | null => (url.startsWith('file:') ? url.slice('file:'.length) : null);

const PROVIDER_CALLS = ['createIntent', 'intent', 'cancelIntent', 'refund'] as const;
const ISSUER_CALLS = ['issue', 'void', 'ticketsOf'] as const;

/** The partners that the configuration names, each opened when it is first used; `close` lets go of those that were. */
export function openPartners({
  config,
  folderAt,
  now,
  log,
  substitutes,
}: Wired): Partners & { close(): Promise<void> } {
  const isTraced = config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  /** Where the demo's own is: its folder, port and public address. */
  function demoOf(service: DemoPartner) {
    const url = config[demoPartners[service]];
    if (!isEmbedded(url)) throw new Error(`${service} is the demo: it runs with ${demoPartners[service]}=demo: alone.`);
    const { publicUrl } = demoPartner(url);
    return { folder: folderAt(`demo:${demoFolder(service, url)}`), port: partnerPortOf(config, service), publicUrl };
  }

  /** The folder of the demo's own: the one that its URL names, else one beside the databases. */
  function demoFolder(service: DemoPartner, url: string): string {
    const beside = isEmbedded(config.DATABASE_URL) ? config.DATABASE_URL.slice('sqlite:'.length) || '.data' : '.data';
    return demoPartner(url).folder || join(beside, service);
  }

  const demoLog = (service: DemoPartner, url: string): string => resolve(demoFolder(service, url), 'log.jsonl');

  const listening = async (app: FastifyInstance, service: DemoPartner, port: number): Promise<string> =>
    `http://localhost:${await listen(app, partnerPlace(service, port))}`;

  const provider = () => demoOf('payment-provider');
  const providerSecrets = (folder: DataFolder) => ({
    apiKey: config.PAYMENT_PROVIDER_KEY ?? folder.secret('provider-key').toString('base64url'),
    webhookSecrets: config.PAYMENT_WEBHOOK_SECRET ?? [folder.secret('webhook-secret').toString('base64')],
  });
  const demoProvider = once(() => {
    const { folder, publicUrl } = provider();
    const { apiKey, webhookSecrets } = providerSecrets(folder);
    return createPaymentProvider({
      ...{ file: folder.file('log.jsonl'), apiKey, webhookSecret: webhookSecrets[0]! },
      ...{ now, publicUrl, log: log.child({ service: 'payment-provider' }) },
    });
  });
  const paymentProvider = once(async () => {
    const { PAYMENT_PROVIDER_URL: url, PAYMENT_PROVIDER_KEY, PAYMENT_WEBHOOK_SECRET } = config;
    if (!isEmbedded(url))
      return httpProvider({ url, apiKey: PAYMENT_PROVIDER_KEY!, webhookSecrets: PAYMENT_WEBHOOK_SECRET! });
    const { folder, port } = provider();
    const at = await listening(demoProvider().app, 'payment-provider', port);
    return httpProvider({ url: at, ...providerSecrets(folder) });
  });

  const issuer = () => demoOf('ticket-issuer');
  const issuerKey = (folder: DataFolder) =>
    config.TICKET_ISSUER_KEY ?? folder.secret('issuer-key').toString('base64url');
  const demoIssuer = once(() => {
    const { folder } = issuer();
    return createTicketIssuer({
      ...{ file: folder.file('log.jsonl'), key: issuerKey(folder), now },
      log: log.child({ service: 'ticket-issuer' }),
    });
  });
  const ticketIssuer = once(async () => {
    const { TICKET_ISSUER_URL: url, TICKET_ISSUER_KEY } = config;
    if (!isEmbedded(url)) return openHttpTicketIssuer({ url, key: TICKET_ISSUER_KEY! });
    const { folder, port } = issuer();
    const at = await listening(demoIssuer(), 'ticket-issuer', port);
    return openHttpTicketIssuer({ url: at, key: issuerKey(folder) });
  });

  const mail = once((): Mail => {
    const { MAIL_URL: url, MAIL_FROM: from } = config;
    const folder = mailFolder(url);
    return folder === null ? openSmtpMail(url, from) : openFileMail(folder, from);
  });

  return {
    publicUrl: publicUrlOf(config),
    async paymentProvider() {
      const shipped = await paymentProvider();
      const provider = substitutes.paymentProvider?.(shipped) ?? shipped;
      return dyingAfterAnswers(isTraced ? tracedCalls('payment-provider', provider, PROVIDER_CALLS) : provider);
    },
    paymentAddresses: paymentAddressesOf(config),
    demoProvider,
    async ticketIssuer() {
      const shipped = await ticketIssuer();
      const issuer = substitutes.ticketIssuer?.(shipped) ?? shipped;
      return dyingAfterAnswers(isTraced ? tracedCalls('ticket-issuer', issuer, ISSUER_CALLS) : issuer);
    },
    demoIssuer,
    statements: {
      payments: async () => {
        const { PAYMENT_PROVIDER_URL: url } = config;
        return isEmbedded(url) ? paymentsIn(demoLog('payment-provider', url)) : paymentProvider();
      },
      tickets: async () => {
        const { TICKET_ISSUER_URL: url } = config;
        return isEmbedded(url) ? ticketsIn(demoLog('ticket-issuer', url)) : ticketIssuer();
      },
    },
    mail: () => dyingAfterAnswers(substitutes.mail?.(mail()) ?? mail()),
    async close() {
      await (await paymentProvider.opened?.catch(() => undefined))?.close();
      await demoProvider.opened?.app.close();
      await (await ticketIssuer.opened?.catch(() => undefined))?.close();
      await demoIssuer.opened?.close();
      await mail.opened?.close();
    },
  };
}
