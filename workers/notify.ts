// Mails travellers about their order: one mail for each event, retried until it is sent.
import { type Attachment, Undeliverable } from '../infra/partners/mail.ts';
import type { MailKind } from '../subgraphs/order/rules/mail-kinds.ts';
import type { OwingEvent } from '../subgraphs/order/store/mail-store.ts';
import type { Order } from '../subgraphs/order/rules/order.ts';
import { order } from '../subgraphs/order/subgraph.ts';
import { defineWorker } from './engine/definition.ts';

const NAME = 'notify';
const EVERY = 200; // ms
const AT_ONCE = 20; // mails

const kinds: Readonly<Record<OwingEvent, MailKind>> = {
  'order.paid': 'PAID',
  'order.ticketed': 'TICKETED',
  'order.closed': 'CLOSED',
  'order.rejected': 'REJECTED',
  'order.refunded': 'REFUNDED',
};

/**
 * If the process crashes after sending but before recording it, the mail is sent again with the same Message-ID when the
 * claim expires.
 */
export const notify = defineWorker({
  name: NAME,
  port: 4110,
  does: 'mails travellers about their order',
  due: 'mails that are due',
  subgraph: order,
  uses: ['bus', 'mail'],
  on: Object.keys(kinds) as OwingEvent[],
  async work({ stores: { orders, mails }, platform }) {
    const { letterOf } = await import('../subgraphs/order/rules/letters.ts');
    const { idOf } = await import('../subgraphs/order/store/mail-store.ts');
    const { mail, now, publicUrl } = platform;
    const log = platform.log.child({ service: NAME });

    async function send(id: string): Promise<void> {
      const owed = await mails.claim(id);
      if (!owed) return;
      try {
        const bought = await orders.byId(owed.orderId);
        const message = bought && letterOf(owed, bought, publicUrl, now());
        if (!message) throw new Undeliverable('no recipient is known');
        const attachments = owed.kind === 'TICKETED' ? await ticketsOf(bought) : [];
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

    return {
      async handle([event]) {
        const kind = kinds[event.type];
        await mails.owe(NAME, event, kind);
        await send(idOf({ orderId: event.data.orderId, kind, refund: '' }));
      },
      due: { every: EVERY, due: () => mails.due(AT_ONCE), handle: send },
    };
  },
});

/** The PDFs of the valid tickets. */
async function ticketsOf(order: Order): Promise<Attachment[]> {
  const { eTicket } = await import('../subgraphs/order/rules/ticket-document.ts');
  const tickets = order.tickets
    .flatMap((ticket) => eTicket(order, ticket) ?? [])
    .filter(({ status }) => status === 'ISSUED');
  const { ticketPdf } = await import('../subgraphs/order/documents/pdf.ts'); // 20 MB that only this mail needs
  const attached: Attachment[] = [];
  for (const ticket of tickets) {
    attached.push({
      name: `e-ticket ${ticket.number}.pdf`,
      type: 'application/pdf',
      content: await ticketPdf(ticket),
    });
  }
  return attached;
}
