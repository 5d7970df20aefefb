// Opens the partners by their URLs: the payment provider, the ticket issuer and the mail; demo partners run in this
// process.
import type { FastifyInstance } from 'fastify';
import { join, resolve } from 'node:path';
import { demoPartner, isEmbedded } from '../config/adapter-url.ts';
import type { Clock } from '../process/clock.ts';
import type { DataFolder } from '../config/data-folder.ts';
import { demoPartners, partnerPlace, partnerPortOf, paymentAddressesOf, publicUrlOf } from './config/derived.ts';
import type { Config } from './config/config.ts';
import type { PartnerName } from './services.ts';
import { dyingAfterAnswers } from '../process/failpoint.ts';
import { listen } from '../http/http-server.ts';
import type { Log } from '../logging/log.ts';
import { openFileMail } from '../partners/mail.file.ts';
import { openSmtpMail } from '../partners/mail.smtp.ts';
import type { Mail } from '../partners/mail.ts';
import { once } from '../process/once.ts';
import type { Platform } from '../process/platform.ts';
import { paymentStatementIn as paymentsIn } from '../partners/payment-provider/statement.ts';
import { createPaymentProvider, type DemoProvider } from '../partners/payment-provider/server.ts';
import { ticketStatementIn as ticketsIn } from '../partners/ticket-issuer/statement.ts';
import { createTicketIssuer } from '../partners/ticket-issuer/server.ts';
import { httpProvider } from '../partners/payment-provider.http.ts';
import type { PaymentProvider, PaymentStatement } from '../partners/payment-provider.ts';
import { openHttpTicketIssuer } from '../partners/ticket-issuer.http.ts';
import type { TicketIssuer, TicketStatement } from '../partners/ticket-issuer.ts';
import { tracedCalls } from '../tracing/traced-ports.ts';

export interface Partners extends Pick<
  Platform,
  'paymentProvider' | 'paymentAddresses' | 'ticketIssuer' | 'mail' | 'publicUrl'
> {
  /**
   * The demo provider, not listening. Throws an Error with a sentence when the configuration names another provider.
   */
  demoProvider(): DemoProvider;
  /** The demo issuer, not listening. Throws an Error with a sentence when the configuration names another issuer. */
  demoIssuer(): FastifyInstance;
  /** The partners' statements, for reconciliation; those of demo partners are read from their logs, without a start. */
  statements: { payments(): Promise<PaymentStatement>; tickets(): Promise<TicketStatement> };
}

/** What a test may use instead of the configured partners. */
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

/** The folder that mails are written to; null when a mail server sends them. */
export const mailFolder = (url: string): string | null => (url.startsWith('file:') ? url.slice('file:'.length) : null);

const PROVIDER_CALLS = ['createIntent', 'intent', 'cancelIntent', 'refund'] as const;
const ISSUER_CALLS = ['issue', 'void', 'ticketsOf'] as const;

/** The configured partners, each opened at its first use; `close` closes those that are open. */
export function openPartners({
  config,
  folderAt,
  now,
  log,
  substitutes,
}: Wired): Partners & { close(): Promise<void> } {
  const isTraced = config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined;
  /** The folder, port and public address of a demo partner. */
  function demoOf(service: PartnerName) {
    const url = config[demoPartners[service]];
    if (!isEmbedded(url))
      throw new Error(`${service} is a demo partner: it runs only with ${demoPartners[service]}=demo:.`);
    const { publicUrl } = demoPartner(url);
    return { folder: folderAt(`demo:${demoFolder(service, url)}`), port: partnerPortOf(config, service), publicUrl };
  }

  /** The folder of a demo partner: the one that its URL names, else one beside the databases. */
  function demoFolder(service: PartnerName, url: string): string {
    const beside = isEmbedded(config.DATABASE_URL) ? config.DATABASE_URL.slice('sqlite:'.length) || '.data' : '.data';
    return demoPartner(url).folder || join(beside, service);
  }

  const demoLog = (service: PartnerName, url: string): string => resolve(demoFolder(service, url), 'log.jsonl');

  const listening = async (app: FastifyInstance, service: PartnerName, port: number): Promise<string> =>
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
