// Mails travellers about their order: one mail for each event, retried until it is sent.
import { ticketPdf } from '../subgraphs/order/documents/pdf.ts';
import type { Bus } from '../infra/messaging/bus.ts';
import type { Clock } from '../infra/process/clock.ts';
import type { Log } from '../infra/logging/log.ts';
import { type Attachment, type Mail, Undeliverable } from '../infra/partners/mail.ts';
import { letterOf, type MailKind } from '../subgraphs/order/rules/letters.ts';
import { idOf, type Mails, type OwingEvent } from '../subgraphs/order/store/mail-store.ts';
import type { Order } from '../subgraphs/order/rules/order.ts';
import type { Orders } from '../subgraphs/order/store/store.ts';
import { eTicket } from '../subgraphs/order/rules/ticket-document.ts';
import { consume } from './engine/consume.ts';
import { pollDue } from './engine/poll-due.ts';

const NAME = 'notify';
const EVERY = 200; // ms
const AT_ONCE = 20; // mails

export interface Notify {
  bus: Bus;
  log: Log;
  now: Clock;
  orders: Orders;
  mails: Mails;
  mail: Mail;
  /** The public URL of the gateway. */
  publicUrl: string;
}

const kinds: Readonly<Record<OwingEvent, MailKind>> = {
  'order.paid': 'PAID',
  'order.ticketed': 'TICKETED',
  'order.closed': 'CLOSED',
  'order.rejected': 'REJECTED',
  'order.refunded': 'REFUNDED',
};

/**
 * Starts the worker and returns its stop function. If the process crashes after sending but before recording it, the
 * mail is sent again with the same Message-ID when the claim expires.
 */
export async function startNotify({ bus, log: logOfSystem, now, orders, mails, mail, publicUrl }: Notify) {
  const log = logOfSystem.child({ service: NAME });

  async function send(id: string): Promise<void> {
    const owed = await mails.claim(id);
    if (!owed) return;
    try {
      const order = await orders.byId(owed.orderId);
      const message = order && letterOf(owed, order, publicUrl, now());
      if (!message) throw new Undeliverable('no recipient is known');
      const attachments = owed.kind === 'TICKETED' ? await ticketsOf(order) : [];
      await mail.send({ ...message, attachments });
    } catch (error) {
      const isOver = await mails.failed(owed, error instanceof Undeliverable);
      const fields = { mail: id, tries: owed.tries + 1, error };
      if (isOver) log.error('order mail given up', fields);
      else log.warn('order mail failed; will retry', fields);
      return;
    }
    // the account was deleted while the mail was being sent: remove the copy in the mail folder as well
    if (!(await mails.sent(id))) await mail.forget([owed.orderId]);
  }

  const leave = await consume({
    bus,
    log: logOfSystem,
    name: NAME,
    on: Object.keys(kinds) as OwingEvent[],
    async handle([event]) {
      const kind = kinds[event!.type];
      await mails.owe(NAME, event!, kind);
      await send(idOf({ orderId: event!.data.orderId, kind, refund: '' }));
    },
  });
  const stop = await pollDue({
    log: logOfSystem,
    name: NAME,
    every: EVERY,
    due: () => mails.due(AT_ONCE),
    handle: send,
  });
  return async () => void (await Promise.all([leave(), stop()]));
}

/** The PDFs of the valid tickets. */
async function ticketsOf(order: Order): Promise<Attachment[]> {
  const tickets = order.tickets.map((ticket) => eTicket(order, ticket)).filter((each) => each?.status === 'ISSUED');
  const attached: Attachment[] = [];
  for (const ticket of tickets) {
    attached.push({
      name: `e-ticket ${ticket!.number}.pdf`,
      type: 'application/pdf',
      content: await ticketPdf(ticket!),
    });
  }
  return attached;
}
