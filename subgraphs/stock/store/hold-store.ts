// Holds: the seats of orders, changed by the events of the orders.
import { paired } from '../../../schema/values/paired.ts';
import { type EntityManager, LockMode } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { handleOnce } from '../../../infra/database/inbox.ts';
import { announce } from '../../../infra/database/outbox.ts';
import { isRefused } from '../../../schema/errors.ts';
import { event, type Event, type Payload } from '../../../schema/events.ts';
import { type Command, decide, type HoldDecision, type Hold, type HoldRefusal, type OrderNews } from '../rules/hold.ts';
import { type LockedSeats, lockSeats } from './seat-store.ts';
import { moves } from '../rules/seats.ts';
import { HoldLineRow, HoldRow } from './tables.ts';

/** The result of one event: `refused` says why the hold did not change. */
export interface Followed {
  event: OrderNews;
  refused: HoldRefusal | null;
}

export interface Holds {
  /**
   * Applies order events to holds, all in one transaction: seats, ledger, outgoing events, and the marks in the inbox of
   * `consumer`. Events that were applied before are skipped. A refusal is a valid outcome.
   */
  follow(consumer: string, events: readonly OrderNews[], now: Date): Promise<Followed[]>;
}

export function openHolds(db: Database): Holds {
  return {
    follow(consumer, events, now) {
      return db.write(async (em) => {
        const fresh = await handleOnce(em, consumer, events, now);
        const holds = await lockHolds(
          em,
          fresh.map(({ data }) => data.orderId),
        );
        const seats = await lockSeats(em, departuresOf(fresh, holds.values()), now);
        const told: Event[] = [];
        const followed = fresh.map((cause) => {
          const { orderId } = cause.data;
          const command = commandOf(cause);
          const decision = decide(holds.get(orderId) ?? null, command, seats.on);
          if ('next' in decision) {
            holds.set(orderId, decision.next);
            move(seats, decision, cause);
          }
          told.push(...eventsOf(decision, command, { cause, hold: holds.get(orderId), now }));
          return { event: cause, refused: isRefused(decision) ? decision.refused : null };
        });
        await holds.save();
        await seats.save();
        await announce(em, told);
        return followed;
      });
    },
  };
}

function commandOf(news: OrderNews): Command {
  switch (news.type) {
    case 'order.placed':
      return { act: 'hold', seats: news.data.seats };
    case 'order.rejected':
    case 'order.closing':
      return { act: 'release' };
    case 'order.paid':
      return { act: 'confirm' };
    case 'order.seats-given-back':
      return { act: 'return', returnId: news.data.returnId, seats: news.data.seats };
  }
}

/** Every departure that these events may change. */
const departuresOf = (events: readonly OrderNews[], holds: Iterable<Hold>): string[] => [
  ...events.flatMap(({ data }) => ('seats' in data ? data.seats.map(({ departureId }) => departureId) : [])),
  ...[...holds].flatMap(({ lines }) => lines.map(({ departure }) => departure)),
];

function move(seats: LockedSeats, { moves: moved }: Extract<HoldDecision, { next: Hold }>, cause: OrderNews): void {
  const because = { orderId: cause.data.orderId, cause: cause.id };
  for (const { departure, kind, seats: n } of moved) seats.change(departure, kind, moves[kind](n), because);
}

const told = { hold: 'stock.held', release: 'stock.released' } as const;
const toTell: readonly HoldRefusal[] = ['SOLD_OUT', 'NOT_ON_SALE', 'RELEASED_BEFORE'];

/** The events that report the outcome to the order. None for a refusal that only repeats an earlier outcome. */
function eventsOf(
  decision: HoldDecision,
  command: Command,
  { cause, hold, now }: { cause: OrderNews; hold: Hold | undefined; now: Date },
): Event[] {
  const { orderId } = cause.data;
  const { traceparent } = cause;
  const about = { source: '/stock', subject: orderId, sequence: hold?.revision ?? 0, now, traceparent };
  if (isRefused(decision)) {
    if (command.act !== 'hold' || !toTell.includes(decision.refused)) return [];
    const because = decision.refused as Payload<'stock.refused'>['because'];
    return [event('stock.refused', about, { orderId, because, departures: [...decision.departures] })];
  }
  if (command.act === 'confirm') return [];
  if (command.act === 'return') return [event('stock.returned', about, { orderId, returnId: command.returnId })];
  return [event(told[command.act], about, { orderId })];
}

/** Holds by order, locked until the transaction of `em` ends; `save` writes those that were set. */
async function lockHolds(em: EntityManager, orders: readonly string[]) {
  const ids = [...new Set(orders)].sort();
  const mine = { id: { $in: ids } };
  const options = { lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true } as const;
  const rows = ids.length ? await em.find(HoldRow, mine, { orderBy: { id: 'asc' }, ...options }) : [];
  const found = rows.map(({ id }) => id);
  const lines = found.length
    ? await em.find(HoldLineRow, { hold: { $in: found } }, { orderBy: { departure: 'asc' }, disableIdentityMap: true })
    : [];
  const byHold = Map.groupBy(lines, ({ hold }) => hold);
  const before = new Map(
    rows.map(({ id, ...row }): [string, Hold] => {
      const own = (byHold.get(id) ?? []).map(({ departure, seats, returned }) => ({ departure, seats, returned }));
      return [id, { state: row.state, revision: row.revision, returns: row.returns, lines: own }];
    }),
  );
  const current = new Map(before);
  return {
    get: (order: string) => current.get(order),
    set: (order: string, hold: Hold) => void current.set(order, hold),
    values: () => current.values(),
    save: () => save(em, before, current),
  };
}

async function save(em: EntityManager, before: ReadonlyMap<string, Hold>, current: ReadonlyMap<string, Hold>) {
  const changed = [...current].filter(([id, hold]) => hold !== before.get(id));
  const fresh = changed.filter(([id]) => !before.has(id));
  const rows = fresh.map(([id, { state, revision, returns }]) => ({ id, state, revision, returns }));
  const lines = fresh.flatMap(([hold, of]) => of.lines.map((line) => ({ hold, ...line })));
  await em.insertMany(HoldRow, rows); // if two transactions insert the same hold, one fails here and retries
  await em.insertMany(HoldLineRow, lines);
  for (const [id, hold] of changed) {
    const old = before.get(id);
    if (old) await rewrite(em, id, old, hold);
  }
}

async function rewrite(em: EntityManager, id: string, before: Hold, { state, revision, returns, lines }: Hold) {
  const at = { id, state: before.state, revision: before.revision };
  const written = await em.nativeUpdate(HoldRow, at, { state, revision, returns });
  if (!written) throw new Error(`the hold of ${id} is not at revision ${before.revision}: it was not locked`);
  for (const [old, { departure, returned }] of paired(before.lines, lines)) {
    if (returned === old.returned) continue;
    await em.nativeUpdate(HoldLineRow, { hold: id, departure }, { returned });
  }
}
