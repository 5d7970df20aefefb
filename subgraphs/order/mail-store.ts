// The mails of orders: each kind once for an order, due until it is sent or given up.
import type { Database } from '../../infra/database.ts';
import { takeIn } from '../../infra/inbox.ts';
import type { Event } from '../../schema/events.ts';
import { type MailKind, mailKinds } from './letters.ts';
import { OrderMail, type OrderMailRow } from './tables.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const CLAIMED_FOR = 2 * MINUTE; // longer than any sending takes: who claimed it is dead then, and it is sent again
const FIRST_PAUSE = 10 * SECOND;
const LONGEST_PAUSE = 60 * MINUTE;
const MOST_TRIES = 30; // about a day

export interface Mails {
  /** Owes the order a mail, once for all events of this kind. */
  owe(consumer: string, event: Event<OwingEvent>, kind: MailKind, now: Date): Promise<void>;
  /** The mails to send, as ORDER/KIND, the longest due first. */
  due(now: Date, most: number): Promise<string[]>;
  /** Takes a mail in hand, where it is due and nobody else has it. */
  claim(id: string, now: Date): Promise<OrderMailRow | null>;
  /** It is on its way. */
  sent(id: string, now: Date): Promise<void>;
  /** It did not go: due again later, unless that is no use. True where it was given up. */
  failed(mail: OrderMailRow, now: Date, isFinal: boolean): Promise<boolean>;
  /** The mails of these orders, by order. One statement. */
  ofOrders(ids: readonly string[]): Promise<Map<string, OrderMailRow[]>>;
}

export type OwingEvent = 'order.paid' | 'order.ticketed' | 'order.closed' | 'order.rejected' | 'order.refunded';

export function openMails(db: Database): Mails {
  const update = (id: string, where: object, change: Partial<OrderMailRow>): Promise<boolean> =>
    db.write(async (em) => (await em.nativeUpdate(OrderMail, { ...keyOf(id), ...where }, change)) === 1);
  const unshared = { disableIdentityMap: true };

  return {
    owe: (consumer, event, kind, now) =>
      db.write(async (em) => {
        if (!(await takeIn(em, consumer, [event], now)).length) return;
        const key = { orderId: event.data.orderId, kind };
        if (await em.count(OrderMail, key)) return;
        await em.insert(OrderMail, { ...key, state: 'DUE', dueAt: now.getTime(), tries: 0, sentAt: null });
      }),

    async due(now, limit) {
      const where = { dueAt: { $lte: now.getTime() } };
      const rows = await db.read().find(OrderMail, where, { orderBy: { dueAt: 'asc' }, limit, ...unshared });
      return rows.map(idOf);
    },

    async claim(id, now) {
      const dueAt = now.getTime() + CLAIMED_FOR;
      if (!(await update(id, { state: 'DUE', dueAt: { $lte: now.getTime() } }, { dueAt }))) return null;
      return db.read().findOne(OrderMail, keyOf(id), unshared);
    },

    sent: async (id, now) => void (await update(id, {}, { state: 'SENT', dueAt: null, sentAt: now.getTime() })),

    async failed(mail, now, isFinal) {
      const tries = mail.tries + 1;
      const over = isFinal || tries >= MOST_TRIES;
      const pause = Math.min(FIRST_PAUSE * 2 ** mail.tries, LONGEST_PAUSE);
      const change = over ? { state: 'NOT_SENT' as const, dueAt: null } : { dueAt: now.getTime() + pause };
      await update(idOf(mail), { state: 'DUE' }, { ...change, tries });
      return over;
    },

    async ofOrders(ids) {
      const where = { orderId: { $in: [...ids] } };
      const rows = await db.read().find(OrderMail, where, unshared);
      const inLife = rows.toSorted((a, b) => mailKinds.indexOf(a.kind) - mailKinds.indexOf(b.kind));
      return Map.groupBy(inLife, ({ orderId }) => orderId);
    },
  };
}

/** How the mail of an order is called. */
export const idOf = ({ orderId, kind }: Pick<OrderMailRow, 'orderId' | 'kind'>): string => `${orderId}/${kind}`;

function keyOf(id: string): { orderId: string; kind: MailKind } {
  const [orderId = '', kind] = id.split('/');
  return { orderId, kind: kind as MailKind };
}
