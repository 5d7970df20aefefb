// The stores of the payment subgraph.
import type { StoreParts } from '../../runtime/definition.ts';
import { openRefunds } from './refund-store.ts';
import { openStarts } from './start-store.ts';
import { openPayments } from './store.ts';
import { openWallets } from './wallet-store.ts';

export type PaymentStores = ReturnType<typeof openPaymentStores>;

export const openPaymentStores = ({ db, platform: { offerKeys } }: StoreParts) => ({
  payments: openPayments(db),
  starts: openStarts(db, offerKeys),
  refunds: openRefunds(db),
  wallets: openWallets(db),
});
