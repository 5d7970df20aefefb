// The unpaid seats and lapsed holds of takers, and the locks that place the orders of one taker one at a time.
import { type EntityManager, LockMode } from '@mikro-orm/core';
import { createHash, createHmac } from 'node:crypto';
import type { Database } from '../../../infra/database/database.ts';
import { networkOf } from '../../../schema/wire/network.ts';
import { derivedKeys, type SigningKeys } from '../../../schema/wire/signing-key.ts';
import type { Decided, Order, OrderStatus } from '../rules/order.ts';
import type { Booked, OrderHistory } from '../rules/placing.ts';
import { LapsedHold, OrderHead, OrderItem, OrderTraveller, PlacingLock, UnpaidSeats } from './tables.ts';
import { seatsOf } from '../rules/ticketing.ts';
import { LAPSES_COUNT_FOR, LAPSES_COUNTED, lapses, type Taker, unpaidStatuses } from '../rules/unpaid.ts';

/** The takers of an order's seats. */
interface Takers {
  account: string;
  /** A keyed hash of the network: it can be counted but not reversed. Null if no address is known. */
  network: string | null;
}

const HASH_LENGTH = 22; // characters of base64url: 128 bits

/** The takers of an order by this account from this address. */
export function takersOf(account: string, address: string | null, offerKeys: SigningKeys): Takers {
  if (address === null) return { account, network: null };
  const [{ secret }] = derivedKeys(offerKeys, 'fareloom network of an order');
  const hash = createHmac('sha256', secret).update(networkOf(address)).digest('base64url');
  return { account, network: hash.slice(0, HASH_LENGTH) };
}

/** Waits until no other order of the takers is being placed, and holds their locks until the transaction ends. */
export async function lockTakers(em: EntityManager, { account, network }: Takers): Promise<void> {
  const stripes = new Set([stripeOf(account), ...(network === null ? [] : [stripeOf(network)])]);
  // always in the same sequence, to avoid deadlocks; one look-up for each, because a scan would wait for the rows in between
  for (const stripe of [...stripes].sort((a, b) => a - b)) {
    await em.findOneOrFail(PlacingLock, { stripe }, { lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true });
  }
}

/** One of the table's 256 rows: a fixed number needs no cleaning up, and the rows contain no personal data. */
const stripeOf = (taker: string): number => createHash('sha256').update(taker).digest().readUInt8();

/** What the takers have ordered so far, and who is booked on these departures. Call it while holding their locks. */
export async function takersHistory(
  em: EntityManager,
  takers: Takers,
  departures: readonly string[],
  now: Date,
): Promise<OrderHistory> {
  const { account, network } = takers;
  const booked = await bookedOn(em, account, departures);
  const unpaid = await unpaidOf(em, takers);
  const since = now.getTime() - LAPSES_COUNT_FOR;
  const lapsesOf = async (taker: Taker, who: { account: string } | { network: string }) =>
    (await em.find(LapsedHold, { ...who, at: { $gt: since } }, { fields: ['orderId'], limit: LAPSES_COUNTED[taker] }))
      .length;
  return {
    booked,
    unpaid,
    lapses: {
      account: await lapsesOf('account', { account }),
      address: network === null ? 0 : await lapsesOf('address', { network }),
    },
  };
}

/** Counts by the orders' current status, so that no stored count can be wrong: rows of paid or ended orders are ignored. */
async function unpaidOf(em: EntityManager, { account, network }: Takers): Promise<OrderHistory['unpaid']> {
  const theirs = network === null ? { account } : { $or: [{ account }, { network }] };
  const rows = await em.find(UnpaidSeats, theirs, { disableIdentityMap: true });
  const waiting = await those(
    em,
    rows.map(({ orderId }) => orderId),
    unpaidStatuses,
  );
  const seats = { account: new Map<string, number>(), address: new Map<string, number>() };
  for (const row of rows) {
    if (!waiting.has(row.orderId)) continue;
    const count = (of: Map<string, number>) => of.set(row.departureId, (of.get(row.departureId) ?? 0) + row.seats);
    if (row.account === account) count(seats.account);
    if (network !== null && row.network === network) count(seats.address);
  }
  return seats;
}

const flying: readonly OrderStatus[] = ['PENDING', 'AWAITING_PAYMENT', 'PAID', 'TICKETED'];

/** The people on these departures, from orders of the account. */
async function bookedOn(em: EntityManager, account: string, departures: readonly string[]): Promise<Booked[]> {
  const ofThese = { account, departureId: { $in: [...departures] } };
  const items = await em.find(OrderItem, ofThese, {
    fields: ['id', 'orderId', 'departureId'],
    disableIdentityMap: true,
  });
  const orders = await those(
    em,
    items.map(({ orderId }) => orderId),
    flying,
  );
  const live = new Map(items.filter(({ orderId }) => orders.has(orderId)).map((item) => [item.id, item]));
  if (!live.size) return [];
  const on = { orderId: { $in: [...orders] }, item: { $in: [...live.keys()] }, cancellation: null };
  const travellers = await em.find(OrderTraveller, on, { disableIdentityMap: true });
  return travellers.flatMap(({ orderId, item, person }) => {
    const departure = live.get(item)?.departureId;
    return departure ? [{ order: orderId, departure, person: person ?? null }] : [];
  });
}

/** The subset of the orders that have one of the statuses. */
async function those(
  em: EntityManager,
  ids: readonly string[],
  statuses: readonly OrderStatus[],
): Promise<Set<string>> {
  if (!ids.length) return new Set();
  const where = { id: { $in: [...new Set(ids)] }, status: { $in: [...statuses] } };
  const heads = await em.find(OrderHead, where, { fields: ['id'], disableIdentityMap: true });
  return new Set(heads.map(({ id }) => id));
}

/** Records the takers of a new order's seats. */
export async function noteUnpaid(em: EntityManager, order: Order, takers: Takers): Promise<void> {
  const seats = seatsOf(order.items, order.travellers);
  await em.insertMany(
    UnpaidSeats,
    seats.map((each) => ({ orderId: order.id, ...each, ...takers })),
  );
}

/** Deletes the record of the takers once the order is paid or ended; a lapsed hold is kept for a day. */
export async function leaveUnpaid(em: EntityManager, before: Order, decided: Decided, now: Date): Promise<void> {
  const { id: orderId } = before;
  const { next, timeline } = decided;
  if (lapses(before, timeline?.step, now)) {
    const took = await em.findOne(UnpaidSeats, { orderId }, { disableIdentityMap: true });
    if (took) {
      const { account, network = null } = took;
      await em.insert(LapsedHold, { orderId, account, network, at: now.getTime() });
    }
  }
  const isUnpaid = ({ status }: Order) => unpaidStatuses.includes(status);
  if (isUnpaid(before) && !isUnpaid(next)) await em.nativeDelete(UnpaidSeats, { orderId });
}

/**
 * Deletes lapsed holds that no longer count, and the seats of orders that were ended by replicas of the previous release,
 * which do not know these tables.
 */
export async function forgetTakers(db: Database, now: Date): Promise<void> {
  const rows = await db.read().find(UnpaidSeats, {}, { fields: ['orderId'] });
  const ids = rows.map(({ orderId }) => orderId);
  const waiting = await those(db.read(), ids, unpaidStatuses);
  const over = ids.filter((id) => !waiting.has(id));
  await db.write(async (em) => {
    await em.nativeDelete(LapsedHold, { at: { $lte: now.getTime() - LAPSES_COUNT_FOR } });
    if (over.length) await em.nativeDelete(UnpaidSeats, { orderId: { $in: over } });
  });
}
