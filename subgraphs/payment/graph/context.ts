// What the resolvers of this subgraph work with.
import type { Log } from '../../../infra/logging/log.ts';
import type { Clock } from '../../../infra/process/clock.ts';
import type { Identity } from '../../../schema/wire/identity.ts';
import type { Collecting } from '../store/collecting.ts';
import type { Refunds } from '../store/refund-store.ts';
import type { Starts } from '../store/start-store.ts';
import type { Wallets } from '../store/wallet-store.ts';

/** What the resolvers of one request share. */
export interface Context extends Collecting {
  identity: Identity;
  starts: Starts;
  refunds: Refunds;
  wallets: Wallets;
  /** Judges the age of webhooks: their timestamps are the provider's. */
  now: Clock;
  log: Log;
}
