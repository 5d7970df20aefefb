// The mails of an order.

/** The kinds of mails, in the sequence of an order's life: each is sent once for an order, PARTLY_REFUNDED once for each refund. */
export const mailKinds = ['PAID', 'TICKETED', 'CLOSED', 'REJECTED', 'PARTLY_REFUNDED', 'REFUNDED'] as const;
export type MailKind = (typeof mailKinds)[number];

/** One mail of an order; `refund` is empty unless the mail is about one refund. */
export interface OwedMail {
  orderId: string;
  kind: MailKind;
  refund: string;
}
