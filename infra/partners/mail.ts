// Mail about an order or an account, each once.

export interface Attachment {
  name: string;
  /** Its media type, as application/pdf. */
  type: string;
  content: Buffer;
}

export type Paragraph = string | { words: string; url: string };

export interface Letter {
  /** What it is about, a dot, and of which kind, as ord_x.order-paid: another letter with this id is the same letter again. */
  id: string;
  to: string;
  subject: string;
  /** What it says: sentences, and links with their words. */
  paragraphs: readonly Paragraph[];
  attachments: readonly Attachment[];
  at: Date;
}

export interface Mail {
  /**
   * Hands the letter over; it is on its way when this resolves. Throws where that is not known: the letter may have
   * gone, and one with the same id may follow. Throws Undeliverable where no try would help.
   */
  send(letter: Letter): Promise<void>;
  /** Removes all mails about these orders and accounts that the adapter itself holds: the folder's files. What a mail server took is its recipient's. */
  forget(subjects: readonly string[]): Promise<void>;
  /** Lets go of the connections. */
  close(): Promise<void>;
}

/** A letter that nobody will take, ever: the address is none. */
export class Undeliverable extends Error {}

/** The letter's Message-ID. Whoever gets a letter twice sees by it that it is the same one. */
export const messageId = ({ id }: Letter, from: string): string => `<${id}@${domainOf(from)}>`;

/** The domain in an address, as Fareloom <tickets@example.org>. */
const domainOf = (from: string): string => /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
