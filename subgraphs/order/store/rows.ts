// Orders as rows: read as a whole, and written back where they differ.
import type { EntityManager, EntitySchema } from '@mikro-orm/core';
import { following, type Order, type OrderStatus } from '../rules/order.ts';
import {
  CancellationEntity,
  OrderHead,
  type OrderHeadRow,
  OrderItem,
  OrderRefund,
  OrderTraveller,
  TicketEntity,
} from './tables.ts';

const unshared = { disableIdentityMap: true };

/** The statuses in which an order may have tickets and cancellations. */
const ticketed: ReadonlySet<OrderStatus> = new Set(['TICKETED', ...following('TICKETED')]);

/**
 * The complete orders of these heads, in the same sequence: at most five statements, however many heads. A table is not
 * read if no order can have rows in it: an order has refunds only after its first change, and tickets and cancellations
 * only once it was ticketed.
 */
export async function ordersOf(em: EntityManager, heads: readonly OrderHeadRow[]): Promise<Order[]> {
  const mine = (some: readonly OrderHeadRow[]) => ({ orderId: { $in: some.map(({ id }) => id) } });
  const byPosition = { orderBy: { position: 'asc' as const }, ...unshared };
  const byId = { orderBy: { id: 'asc' as const }, ...unshared };
  const changed = heads.filter(({ version }) => version > 1);
  const later = heads.filter(({ status }) => ticketed.has(status));
  const items = of(heads.length ? await em.find(OrderItem, mine(heads), byPosition) : []);
  const travellers = of(heads.length ? await em.find(OrderTraveller, mine(heads), byPosition) : []);
  const refunds = of(changed.length ? await em.find(OrderRefund, mine(changed), byId) : []);
  const tickets = of(later.length ? await em.find(TicketEntity, mine(later), byId) : []);
  const cancellations = of(later.length ? await em.find(CancellationEntity, mine(later), byId) : []);
  return (heads as readonly Read<OrderHeadRow>[]).map(({ dueAt: _, email, phone, ...head }) => ({
    ...head,
    contact: email === null ? null : { email, phone },
    items: items(head.id).map(({ id, offer }) => ({ id, offer })),
    travellers: travellers(head.id).map(({ position: _, ...traveller }) => traveller),
    tickets: inOrder(tickets(head.id)),
    cancellations: inOrder(cancellations(head.id)),
    refunds: inOrder(refunds(head.id)),
  }));
}

/** A row as read: a null column is null. The ORM's own type also allows undefined. */
type Read<Row> = { [Column in Exclude<keyof Row, symbol>]-?: Exclude<Row[Column], undefined> };

/** Groups the rows by order, and drops the order's id from each. */
function of<Row extends { orderId: string }>(rows: readonly Row[]) {
  const byOrder = Map.groupBy(rows, ({ orderId }) => orderId);
  return (id: string) =>
    (byOrder.get(id) ?? []).map(({ orderId: _, ...row }) => row as unknown as Omit<Read<Row>, 'orderId'>);
}

/** Parts sorted by their number: the tenth comes after the second. */
const inOrder = <Row extends { id: string }>(rows: Row[]): Row[] =>
  rows.sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));

function headOf(order: Order): OrderHeadRow {
  const { contact, items: _, travellers: __, tickets: ___, cancellations: ____, refunds: _____, ...head } = order;
  return { ...head, dueAt: dueAt(order), email: contact?.email ?? null, phone: contact?.phone ?? null };
}

/** The deadline for the hold or the payment that the order waits for; null if it waits for neither. */
function dueAt({ status, holdBy, payBy }: Order): number | null {
  if (status === 'PENDING') return holdBy;
  return status === 'AWAITING_PAYMENT' ? payBy : null;
}

/** Inserts a new order. */
export async function insertOrder(em: EntityManager, order: Order): Promise<void> {
  const ofOrder = <Part extends object>(parts: readonly Part[]) =>
    parts.map((part, position) => ({ ...part, orderId: order.id, position }));
  await em.insert(OrderHead, headOf(order));
  const { account } = order;
  const items = order.items.map((item) => ({ ...item, account, departureId: item.offer.departureId }));
  await em.insertMany(OrderItem, ofOrder(items));
  await em.insertMany(OrderTraveller, ofOrder(order.travellers));
}

/** Writes the differences. Throws an Error if the stored status and version are not those of `before`. */
export async function rewriteOrder(em: EntityManager, before: Order, next: Order): Promise<void> {
  const { id, status, version } = before;
  const { id: _, number: __, account: ___, ...head } = headOf(next);
  if (!(await em.nativeUpdate(OrderHead, { id, status, version }, head))) {
    throw new Error(`${id} is not ${status} at version ${version}: it was changed without a lock`);
  }
  for (const traveller of changed(before.travellers, next.travellers)) {
    await em.nativeUpdate(OrderTraveller, { id: traveller.id }, traveller);
  }
  await rewriteParts(em, TicketEntity, id, before.tickets, next.tickets);
  await rewriteParts(em, CancellationEntity, id, before.cancellations, next.cancellations);
  await rewriteParts(em, OrderRefund, id, before.refunds, next.refunds);
}

const changed = <Part>(before: readonly Part[], next: readonly Part[]) => next.filter((part) => !before.includes(part));

async function rewriteParts<Part extends { id: string }>(
  em: EntityManager,
  table: EntitySchema,
  orderId: string,
  before: readonly Part[],
  next: readonly Part[],
): Promise<void> {
  for (const part of changed(before, next)) {
    if (before.some(({ id }) => id === part.id)) await em.nativeUpdate(table, { id: part.id }, part);
    else await em.insert(table, { ...part, orderId });
  }
}
