// The mails of orders: each is stored once, and is due until it is sent or given up.
import type { EntityManager } from '@mikro-orm/core';
import type { Database } from '../../../infra/database/database.ts';
import { handleOnce } from '../../../infra/database/inbox.ts';
import { doubledPause } from '../../../schema/terms/back-off.ts';
import type { Event } from '../../../schema/events.ts';
import { type MailKind, mailKinds, type OwedMail } from '../rules/mail-kinds.ts';
import { OrderMail, type OrderMailRow } from './tables.ts';
import { HOUR, MINUTE, SECOND } from '../../../schema/terms/durations.ts';

const CLAIMED_FOR = 2 * MINUTE; // longer than any sending takes: after that the sender has crashed, and the mail is sent again
const FIRST_PAUSE = 10 * SECOND;
const LONGEST_PAUSE = HOUR;
const MOST_TRIES = 30; // about a day

export interface Mails {
  /** Schedules a mail of this kind, once for an order, however many events request it. */
  owe(consumer: string, event: Event<OwingEvent>, kind: MailKind): Promise<void>;
  /** The ids of the mails due by the database's time, as ORDER/KIND/REFUND, the longest due first. */
  due(most: number): Promise<string[]>;
  /** Claims a mail for this sender; null if it is not due or another sender has claimed it. */
  claim(id: string): Promise<OrderMailRow | null>;
  /** Records that the mail was sent. False if its account was deleted meanwhile. */
  sent(id: string): Promise<boolean>;
  /** Records a failure: the mail is due again later, or given up if the failure is final or the last try. True if given up. */
  failed(mail: OrderMailRow, isFinal: boolean): Promise<boolean>;
  /** The mails of these orders, by order. One statement. */
  ofOrders(ids: readonly string[]): Promise<Map<string, OrderMailRow[]>>;
}

export type OwingEvent = 'order.paid' | 'order.ticketed' | 'order.closed' | 'order.rejected' | 'order.refunded';

export function openMails(db: Database): Mails {
  const update = (id: string, rule: (now: number) => { where?: object; next: Partial<OrderMailRow> }) =>
    db.write(async (em, now): Promise<boolean> => {
      const { where, next } = rule((await now()).getTime());
      return (await em.nativeUpdate(OrderMail, { ...keyOf(id), ...where }, next)) === 1;
    });
  const unshared = { disableIdentityMap: true };

  return {
    owe: (consumer, event, kind) =>
      db.write(async (em, clock) => {
        const now = await clock();
        if (!(await handleOnce(em, consumer, [event], now)).length) return;
        const key = { orderId: event.data.orderId, kind, refund: '' };
        if (await em.count(OrderMail, key)) return;
        await oweMail(em, key, event.id, now);
      }),

    async due(limit) {
      const where = { dueAt: { $lte: (await db.now()).getTime() } };
      const rows = await db.read().find(OrderMail, where, { orderBy: { dueAt: 'asc' }, limit, ...unshared });
      return rows.map(idOf);
    },

    async claim(id) {
      const isClaimed = await update(id, (now) => ({
        where: { state: 'DUE', dueAt: { $lte: now } },
        next: { dueAt: now + CLAIMED_FOR },
      }));
      if (!isClaimed) return null;
      return db.read().findOne(OrderMail, keyOf(id), unshared);
    },

    sent: (id) =>
      update(id, (sentAt) => ({
        // already SENT if another sender took the mail over: both were sent, under one Message-ID
        where: { state: { $in: ['DUE', 'SENT'] } },
        next: { state: 'SENT', dueAt: null, sentAt },
      })),

    async failed(mail, isFinal) {
      const tries = mail.tries + 1;
      const over = isFinal || tries >= MOST_TRIES;
      const pause = doubledPause(FIRST_PAUSE, mail.tries, LONGEST_PAUSE);
      await update(idOf(mail), (now) => ({
        where: { state: 'DUE' },
        next: { tries, ...(over ? { state: 'NOT_SENT', dueAt: null } : { dueAt: now + pause }) },
      }));
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

/** Adds a mail that is due now. `event` is the id of the event that caused it. */
export const oweMail = (em: EntityManager, mail: OwedMail, event: string | null, now: Date): Promise<unknown> =>
  em.insert(OrderMail, { ...mail, state: 'DUE', dueAt: now.getTime(), tries: 0, sentAt: null, event });

/** The id of an order's mail in this store. */
export const idOf = ({ orderId, kind, refund }: OwedMail): string => `${orderId}/${kind}/${refund}`;

function keyOf(id: string): OwedMail {
  const [orderId = '', kind, refund = ''] = id.split('/');
  return { orderId, kind: kind as MailKind, refund };
}
