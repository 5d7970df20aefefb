// The context of the order resolvers.
import type { Orders } from '../store/store.ts';
import type { Mails } from '../store/mail-store.ts';
import type { Carts } from '../store/cart-store.ts';
import type { SeatCaps } from '../rules/unpaid.ts';
import type DataLoader from 'dataloader';
import type { Identity } from '../../../schema/wire/identity.ts';
import type { SigningKey } from '../../../schema/wire/signing-key.ts';
import type { OrderMailRow, TimelineEntryRow } from '../store/tables.ts';

/** The stores and settings of the order resolvers. */
export interface SharedContext {
  orders: Orders;
  carts: Carts;
  mails: Mails;
  /** The address at which browsers reach the gateway. */
  publicUrl: string;
  /** How many seats may wait for payment. */
  seatCaps: SeatCaps | 'off';
}

/** Shared by the resolvers of one request. */
export interface Context extends SharedContext {
  identity: Identity;
  now: Date;
  offerKeys: readonly SigningKey[];
  /** The mails of orders, batched into one query per request. */
  mailsOf: DataLoader<string, OrderMailRow[]>;
  /** The timelines of orders, batched into one query per request. */
  timelines: DataLoader<string, TimelineEntryRow[]>;
}
