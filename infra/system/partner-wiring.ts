// Opens a partner by its URL. The demo's runs in this process.
import type { FastifyInstance } from 'fastify';
import { join, resolve } from 'node:path';
import { demoPartner, isEmbedded } from '../config/adapter-url.ts';
import type { DataFolder } from '../config/data-folder.ts';
import { listen } from '../http/listen.ts';
import type { Log } from '../logging/log.ts';
import type { PartnerDefinition } from '../partners/definition.ts';
import type { PaymentStatement } from '../partners/payment-provider.ts';
import type { TicketStatement } from '../partners/ticket-issuer.ts';
import type { Clock } from '../process/clock.ts';
import { dyingAfterAnswers } from '../process/failpoint.ts';
import { openOnce } from '../process/once.ts';
import type { Config } from './config/config.ts';
import type { PartnerVariable } from './services.ts';
import { partnerPlace } from './config/derived.ts';

/** The partners' statements, for reconciliation. */
export interface Statements {
  payments(): Promise<PaymentStatement>;
  tickets(): Promise<TicketStatement>;
}

interface Wired {
  config: Config;
  /** The data folder that a URL names. */
  folderAt: (url: string) => DataFolder;
  now: Clock;
  log: Log;
  closing: AsyncDisposableStack;
}

/** A partner; each part opens at its first use. */
interface Partner<Port, Statement, Demo> {
  /** A demo's service in this process listens from the first call on. */
  port(): Promise<Port>;
  /**
   * The demo's service, not listening. Rejects with an Error with a sentence if the configuration names another service.
   */
  demo(): Promise<Demo>;
  /** Its statement, for reconciliation; that of the demo's is read from its log, without a start. */
  statement(): Promise<Statement>;
}

type Make = (kept: (name: string) => Buffer) => unknown;

/** The partner that the configuration chose; a test may `change` the adapter. */
export function openPartner<
  Secrets extends object,
  Port extends Statement & { close(): Promise<void> },
  Statement,
  Demo extends { app: FastifyInstance },
>(
  definition: PartnerDefinition<Secrets, Port, Statement, Demo> & { variable: PartnerVariable },
  { config, folderAt, now, log, closing }: Wired,
  change: (shipped: Port) => Port = (shipped) => shipped,
): Partner<Port, Statement, Demo> {
  const { name, variable, secrets, calls } = definition;
  const url = config[variable];
  const { folder, publicUrl } = demoPartner(url);
  const beside = isEmbedded(config.DATABASE_URL) ? config.DATABASE_URL.slice('sqlite:'.length) || '.data' : '.data';
  const path = folder || join(beside, name);
  const keys = () =>
    Object.fromEntries(
      Object.entries<Make>(secrets).map(([key, make]) => [
        key,
        config[key as keyof Config] ?? make(folderAt(`demo:${path}`).secret),
      ]),
    ) as Secrets;

  const demo = openOnce(closing, async () => {
    if (!isEmbedded(url)) throw new Error(`${name} is a demo partner: it runs only with ${variable}=demo:.`);
    const file = folderAt(`demo:${path}`).file('log.jsonl');
    const opened = await definition.demo({ file, now, log: log.child({ service: name }), publicUrl }, keys());
    return { ...opened, close: () => opened.app.close() };
  });
  const connected = openOnce(closing, async () => {
    if (!isEmbedded(url)) return definition.connect(url, keys());
    const port = await listen((await demo()).app, partnerPlace(config, definition));
    return definition.connect(`http://localhost:${port}`, keys());
  });
  return {
    demo,
    async port() {
      const changed = change(await connected());
      if (config.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return dyingAfterAnswers(changed);
      const { tracedCalls } = await import('../tracing/traced-ports.ts');
      return dyingAfterAnswers(tracedCalls(name, changed, calls));
    },
    statement: async () => (isEmbedded(url) ? definition.statementIn(resolve(path, 'log.jsonl')) : await connected()),
  };
}
