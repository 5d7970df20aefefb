// The rooms' stores on the adapters that were chosen, each opened when the first service asks for it.
import type { Database, Tables } from '../database.ts';
import { openPasswords } from '../passwords.ts';
import { deadLetterTables } from '../dead-letters/tables.ts';
import type { Wiring } from '../wiring.ts';
import { openTokenKeys } from '../../subgraphs/account/key-store.ts';
import { openSessions } from '../../subgraphs/account/session-store.ts';
import { openAccounts } from '../../subgraphs/account/store.ts';
import { accountTables } from '../../subgraphs/account/tables.ts';
import { openTries } from '../../subgraphs/account/try-store.ts';
import { openAdministration } from '../../subgraphs/fare/administration-store.ts';
import { openFareCache } from '../../subgraphs/fare/fare-cache.ts';
import { usualShares } from '../../subgraphs/fare/pricing.ts';
import { openSoldOut } from '../../subgraphs/fare/sold-out-store.ts';
import { openFares } from '../../subgraphs/fare/store.ts';
import { fareTables } from '../../subgraphs/fare/tables.ts';
import { openCarts } from '../../subgraphs/order/cart-store.ts';
import { openAccountMails } from '../../subgraphs/account/account-mail-store.ts';
import { openDevices } from '../../subgraphs/account/device-store.ts';
import { openRecovery } from '../../subgraphs/account/recovery-store.ts';
import { openMails } from '../../subgraphs/order/mail-store.ts';
import { openOrders } from '../../subgraphs/order/store.ts';
import { orderTables } from '../../subgraphs/order/tables.ts';
import { openTickets } from '../../subgraphs/order/ticket-store.ts';
import { openRefunds } from '../../subgraphs/payment/refund-store.ts';
import { openStarts } from '../../subgraphs/payment/start-store.ts';
import { openPayments } from '../../subgraphs/payment/store.ts';
import { paymentTables } from '../../subgraphs/payment/tables.ts';
import { openWallets } from '../../subgraphs/payment/wallet-store.ts';
import { openDepartures } from '../../subgraphs/stock/departure-store.ts';
import { openHolds } from '../../subgraphs/stock/hold-store.ts';
import { openStock } from '../../subgraphs/stock/store.ts';
import { stockTables } from '../../subgraphs/stock/tables.ts';
import { openTravel } from '../../subgraphs/travel/store.ts';
import { travelTables } from '../../subgraphs/travel/tables.ts';

/** The tables of every room, and of the dead letters: what there is to migrate. */
export const tables: readonly Tables[] = [
  accountTables,
  fareTables,
  travelTables,
  stockTables,
  orderTables,
  paymentTables,
  deadLetterTables,
];

// a change of password takes two turns at hashing, and with the rest of its work fits into what the gateway waits
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
      const { cache, bus } = wiring; // opened by the process that uses them
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
