// Mail about an order or an account, each sent once.

export interface Attachment {
  name: string;
  /** The media type, as application/pdf. */
  type: string;
  content: Buffer;
}

export type Paragraph = string | { words: string; url: string };

export interface Letter {
  /**
   * The subject's id, a dot and the kind, as ord_x.order-paid: a mail with the same id is the same mail, sent again.
   */
  id: string;
  to: string;
  subject: string;
  /** The content: sentences, and links with their text. */
  paragraphs: readonly Paragraph[];
  attachments: readonly Attachment[];
  at: Date;
}

export interface Mail {
  /**
   * Sends the mail; it is on its way when this resolves. Rejects if that is unknown: the mail may have been sent, and
   * one with the same id may follow. Rejects with Undeliverable if no retry would help.
   */
  send(letter: Letter): Promise<void>;
  /**
   * Deletes all mails about these orders and accounts that the adapter itself stores: the folder's files. Mails that a
   * mail server accepted belong to their recipients.
   */
  forget(subjects: readonly string[]): Promise<void>;
  /** Closes the connections. */
  close(): Promise<void>;
}

/** No server will ever accept this mail: the address is not valid. */
export class Undeliverable extends Error {}

/** The mail's Message-ID, by which a recipient recognizes a duplicate. */
export const messageId = ({ id }: Letter, from: string): string => `<${id}@${domainOf(from)}>`;

/** The domain in an address, as Fareloom <tickets@example.org>. */
const domainOf = (from: string): string => /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';

/** The folder that mails are written to; null when a mail server sends them. */
export const mailFolder = (url: string): string | null => (url.startsWith('file:') ? url.slice('file:'.length) : null);
