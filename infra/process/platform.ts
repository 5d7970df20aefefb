// What a process gives the services that run in it: the clock, the log, the keys, and the adapters that the configuration
// chose.
import type { SigningKeys } from '../../schema/wire/signing-key.ts';
import type { VerifyCheck } from '../database/audit.ts';
import type { Cache } from '../cache/cache.ts';
import type { Log } from '../logging/log.ts';
import type { Bus } from '../messaging/bus.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Mail } from '../partners/mail.ts';
import type { PaymentProvider } from '../partners/payment-provider.ts';
import type { TicketIssuer } from '../partners/ticket-issuer.ts';
import type { Clock } from './clock.ts';

/** An adapter that a service may use beside its database. */
export type AdapterName = 'cache' | 'bus' | 'payment provider' | 'ticket issuer' | 'mail';

/** Each adapter opens at its first use. */
export interface Platform {
  now: Clock;
  log: Log;
  metrics: Metrics;
  readonly cache: Cache;
  readonly bus: Bus;
  /** The keys that verify offers; the first one signs. */
  readonly offerKeys: SigningKeys;
  /** The master keys, from which the gateway and the registry derive the keys of every subgraph. */
  internalKeys: SigningKeys;
  /** A secret that the data folder keeps; undefined on a real database, where it is a setting. */
  keptSecret(name: string): Buffer | undefined;
  /** Runs the work when this process stops, before the adapters close. */
  onClose(work: () => Promise<void>): void;
  /** The gateway's URL for browsers, without a trailing slash. */
  publicUrl: string;
  /** Whether other processes may commit to the same databases. */
  sharesDatabases: boolean;
  /** The payment provider; a demo provider in this process starts to listen at the first call. */
  paymentProvider(): Promise<PaymentProvider>;
  /** The page to which payers return, and the address for the provider's webhooks. */
  paymentAddresses: { returnUrl: string; webhookUrl: string };
  /** The ticket issuer; a demo issuer in this process starts to listen at the first call. */
  ticketIssuer(): Promise<TicketIssuer>;
  readonly mail: Mail;
  /**
   * The checks of `npm run verify`, on every database and both partners, opened only for reading. Close them afterwards.
   */
  openChecks(): Promise<{ checks: readonly VerifyCheck[]; close(): Promise<void> }>;
}
