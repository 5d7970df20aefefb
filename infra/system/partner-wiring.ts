// Opens the partners by their URLs: the payment provider, the ticket issuer and the mail; demo partners run in this
// process.
import type { FastifyInstance } from 'fastify';
import { join, resolve } from 'node:path';
import { demoPartner, isEmbedded } from '../config/adapter-url.ts';
import type { Clock } from '../process/clock.ts';
import type { DataFolder } from '../config/data-folder.ts';
import { partnerPlace, partnerPortOf, partnerVariable, paymentAddressesOf, publicUrlOf } from './config/derived.ts';
import type { Config } from './config/config.ts';
import type { PartnerName } from './services.ts';
import { dyingAfterAnswers } from '../process/failpoint.ts';
import { listen } from '../http/listen.ts';
import type { Log } from '../logging/log.ts';
import type { Mail } from '../partners/mail.ts';
import { atFirstCall, once } from '../process/once.ts';
import type { Platform } from '../process/platform.ts';
import type { DemoProvider } from '../partners/payment-provider/server.ts';
import type { PaymentProvider, PaymentStatement } from '../partners/payment-provider.ts';
import type { TicketIssuer, TicketStatement } from '../partners/ticket-issuer.ts';

export interface Partners extends Pick<
  Platform,
  'paymentProvider' | 'paymentAddresses' | 'ticketIssuer' | 'mail' | 'publicUrl'
> {
  /**
   * The demo provider, not listening. Throws an Error with a sentence when the configuration names another provider.
   */
  demoProvider(): Promise<DemoProvider>;
  /** The demo issuer, not listening. Throws an Error with a sentence when the configuration names another issuer. */
  demoIssuer(): Promise<FastifyInstance>;
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
    const variable = partnerVariable(service);
    const url = config[variable];
    if (!isEmbedded(url)) throw new Error(`${service} is a demo partner: it runs only with ${variable}=demo:.`);
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
  const demoProvider = once(async () => {
    const { createPaymentProvider } = await import('../partners/payment-provider/server.ts');
    const { folder, publicUrl } = provider();
    const { apiKey, webhookSecrets } = providerSecrets(folder);
    return createPaymentProvider({
      ...{ file: folder.file('log.jsonl'), apiKey, webhookSecret: webhookSecrets[0]! },
      ...{ now, publicUrl, log: log.child({ service: 'payment-provider' }) },
    });
  });
  const paymentProvider = once(async () => {
    const { httpProvider } = await import('../partners/payment-provider.http.ts');
    const { PAYMENT_PROVIDER_URL: url, PAYMENT_PROVIDER_KEY, PAYMENT_WEBHOOK_SECRET } = config;
    if (!isEmbedded(url))
      return httpProvider({ url, apiKey: PAYMENT_PROVIDER_KEY!, webhookSecrets: PAYMENT_WEBHOOK_SECRET! });
    const { folder, port } = provider();
    const at = await listening((await demoProvider()).app, 'payment-provider', port);
    return httpProvider({ url: at, ...providerSecrets(folder) });
  });

  const issuer = () => demoOf('ticket-issuer');
  const issuerKey = (folder: DataFolder) =>
    config.TICKET_ISSUER_KEY ?? folder.secret('issuer-key').toString('base64url');
  const demoIssuer = once(async () => {
    const { createTicketIssuer } = await import('../partners/ticket-issuer/server.ts');
    const { folder } = issuer();
    return createTicketIssuer({
      ...{ file: folder.file('log.jsonl'), key: issuerKey(folder), now },
      log: log.child({ service: 'ticket-issuer' }),
    });
  });
  const ticketIssuer = once(async () => {
    const { openHttpTicketIssuer } = await import('../partners/ticket-issuer.http.ts');
    const { TICKET_ISSUER_URL: url, TICKET_ISSUER_KEY } = config;
    if (!isEmbedded(url)) return openHttpTicketIssuer({ url, key: TICKET_ISSUER_KEY! });
    const { folder, port } = issuer();
    const at = await listening(await demoIssuer(), 'ticket-issuer', port);
    return openHttpTicketIssuer({ url: at, key: issuerKey(folder) });
  });

  const mail = once((): Mail => {
    const { MAIL_URL: url, MAIL_FROM: from } = config;
    const folder = mailFolder(url);
    const open = async (): Promise<Mail> =>
      folder === null
        ? (await import('../partners/mail.smtp.ts')).openSmtpMail(url, from)
        : (await import('../partners/mail.file.ts')).openFileMail(folder, from);
    return atFirstCall(open, 'send', 'forget');
  });

  /** The partner, with each of these calls as a step of its trace if traces are recorded. */
  async function traced<P extends object>(name: PartnerName, partner: P, calls: readonly (keyof P & string)[]) {
    if (!isTraced) return partner;
    return (await import('../tracing/traced-ports.ts')).tracedCalls(name, partner, calls);
  }

  return {
    publicUrl: publicUrlOf(config),
    async paymentProvider() {
      const shipped = await paymentProvider();
      const provider = substitutes.paymentProvider?.(shipped) ?? shipped;
      return dyingAfterAnswers(await traced('payment-provider', provider, PROVIDER_CALLS));
    },
    paymentAddresses: paymentAddressesOf(config),
    demoProvider,
    async ticketIssuer() {
      const shipped = await ticketIssuer();
      const issuer = substitutes.ticketIssuer?.(shipped) ?? shipped;
      return dyingAfterAnswers(await traced('ticket-issuer', issuer, ISSUER_CALLS));
    },
    demoIssuer,
    statements: {
      payments: async () => {
        const { PAYMENT_PROVIDER_URL: url } = config;
        if (!isEmbedded(url)) return paymentProvider();
        const { paymentStatementIn } = await import('../partners/payment-provider/statement.ts');
        return paymentStatementIn(demoLog('payment-provider', url));
      },
      tickets: async () => {
        const { TICKET_ISSUER_URL: url } = config;
        if (!isEmbedded(url)) return ticketIssuer();
        const { ticketStatementIn } = await import('../partners/ticket-issuer/statement.ts');
        return ticketStatementIn(demoLog('ticket-issuer', url));
      },
    },
    mail: () => dyingAfterAnswers(substitutes.mail?.(mail()) ?? mail()),
    async close() {
      await (await paymentProvider.opened?.catch(() => undefined))?.close();
      await (await demoProvider.opened?.catch(() => undefined))?.app.close();
      await (await ticketIssuer.opened?.catch(() => undefined))?.close();
      await (await demoIssuer.opened?.catch(() => undefined))?.close();
      await mail.opened?.close();
    },
  };
}
