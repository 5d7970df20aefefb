// The context of the payment resolvers.
import type { Log } from '../../../infra/logging/log.ts';
import type { Clock } from '../../../infra/process/clock.ts';
import type { Identity } from '../../../schema/wire/identity.ts';
import type { Collecting } from '../store/collecting.ts';
import type { Refunds } from '../store/refund-store.ts';
import type { Starts } from '../store/start-store.ts';
import type { Wallets } from '../store/wallet-store.ts';

/** Shared by the resolvers of one request. */
export interface Context extends Collecting {
  identity: Identity;
  starts: Starts;
  refunds: Refunds;
  wallets: Wallets;
  /** Used to check the age of webhooks: their timestamps come from the provider's clock. */
  now: Clock;
  log: Log;
}
