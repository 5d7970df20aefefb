// The subgraphs' stores on the configured adapters, each opened at its first use.
import type { Database, Tables } from '../database/database.ts';
import { openPasswords } from '../../subgraphs/account/store/passwords.ts';
import { deadLetterTables } from '../dead-letters/tables.ts';
import type { Wiring } from './wiring.ts';
import { openTokenKeys } from '../../subgraphs/account/store/key-store.ts';
import { openSessions } from '../../subgraphs/account/store/session-store.ts';
import { openAccounts } from '../../subgraphs/account/store/store.ts';
import { accountTables } from '../../subgraphs/account/store/tables.ts';
import { openTries } from '../../subgraphs/account/store/try-store.ts';
import { openAdministration } from '../../subgraphs/fare/store/administration-store.ts';
import { openFareCache } from '../../subgraphs/fare/store/fare-cache.ts';
import { usualShares } from '../../subgraphs/fare/rules/pricing.ts';
import { openSoldOut } from '../../subgraphs/fare/store/sold-out-store.ts';
import { openFares } from '../../subgraphs/fare/store/store.ts';
import { fareTables } from '../../subgraphs/fare/store/tables.ts';
import { openCarts } from '../../subgraphs/order/store/cart-store.ts';
import { openAccountMails } from '../../subgraphs/account/store/account-mail-store.ts';
import { openDevices } from '../../subgraphs/account/store/device-store.ts';
import { openRecovery } from '../../subgraphs/account/store/recovery-store.ts';
import { openMails } from '../../subgraphs/order/store/mail-store.ts';
import { openOrders } from '../../subgraphs/order/store/store.ts';
import { orderTables } from '../../subgraphs/order/store/tables.ts';
import { openTickets } from '../../subgraphs/order/store/ticket-store.ts';
import { openRefunds } from '../../subgraphs/payment/store/refund-store.ts';
import { openStarts } from '../../subgraphs/payment/store/start-store.ts';
import { openPayments } from '../../subgraphs/payment/store/store.ts';
import { paymentTables } from '../../subgraphs/payment/store/tables.ts';
import { openWallets } from '../../subgraphs/payment/store/wallet-store.ts';
import { openDepartures } from '../../subgraphs/stock/store/departure-store.ts';
import { openHolds } from '../../subgraphs/stock/store/hold-store.ts';
import { openStock } from '../../subgraphs/stock/store/store.ts';
import { stockTables } from '../../subgraphs/stock/store/tables.ts';
import { openTravel } from '../../subgraphs/travel/store/store.ts';
import { travelTables } from '../../subgraphs/travel/store/tables.ts';

/** The tables of every subgraph and of the dead letters: everything that has migrations. */
export const tables: readonly Tables[] = [
  accountTables,
  fareTables,
  travelTables,
  stockTables,
  orderTables,
  paymentTables,
  deadLetterTables,
];

// a password change hashes twice; with these waits and the rest of its work it stays within the gateway's timeout
const WAITS_OF_A_REQUEST = 4;

export type Rooms = ReturnType<typeof openRooms>;
export type RoomName = keyof Rooms;

export function openRooms(wiring: Wiring) {
  const { config, now, log, database } = wiring;
  return {
    account: once(async () => {
      const db = await database(accountTables);
      const stores = { db, accounts: openAccounts(db), tries: openTries(db), keys: openTokenKeys(db) };
      const owner = { mails: openAccountMails(db), recovery: openRecovery(db), devices: openDevices(db) };
      const passwords = openPasswords({ waitAtMost: config.SUBGRAPH_TIMEOUT.account / WAITS_OF_A_REQUEST });
      return { ...stores, ...owner, sessions: openSessions(db, wiring.cache, log), passwords };
    }),
    fare: once(async () => {
      const db = await database(fareTables);
      const fares = openFares(db);
      const { cache, bus } = wiring; // opened at first use, by the processes that need them
      const shares = { ...usualShares, ...config.TRAVELLER_SHARES };
      return {
        db,
        fares,
        administration: openAdministration(db),
        soldOut: openSoldOut(db),
        cache: openFareCache({ fares, cache, bus, shares, now, log }),
      };
    }),
    travel: once(async () => {
      const db = await database(travelTables);
      return { db, travel: openTravel(db) };
    }),
    stock: once(async () => {
      const db = await database(stockTables);
      return { db, stock: openStock(db, config.CAPACITY), holds: openHolds(db), departures: openDepartures(db) };
    }),
    order: once(async () => {
      const db = await database(orderTables);
      const stores = {
        orders: openOrders(db, wiring.offerKeys),
        carts: openCarts(db),
        mails: openMails(db),
        tickets: openTickets(db),
      };
      return { db, ...stores, publicUrl: wiring.publicUrl, seatCaps: config.UNPAID_SEATS };
    }),
    payment: once(async () => {
      const db = await database(paymentTables);
      const stores = {
        payments: openPayments(db),
        starts: openStarts(db, wiring.offerKeys),
        refunds: openRefunds(db),
      };
      return { db, ...stores, wallets: openWallets(db) };
    }),
  } satisfies Record<string, () => Promise<{ db: Database }>>;
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => (opened ??= open());
}
