// How the text of a message is kept in a column: as it is where every database takes it, else its bytes in base64.
import { createHash } from 'node:crypto';
import { bytesOf, textOf } from '../messaging/byte-text.ts';

const IN_BASE64 = 'data:;base64,'; // as data URLs have it, so that browsers and tools read it, too
const LOST = 'lost:';

/**
 * A text as a column takes it. SQL text holds no U+0000 in SQLite and no unpaired surrogate anywhere; what begins like
 * one of our own marks is encoded as well, so that a mark always is one.
 */
export function keptText(text: string): string {
  const isPlain = text.isWellFormed() && !text.includes('\0') && !text.startsWith(IN_BASE64) && !text.startsWith(LOST);
  return isPlain ? text : IN_BASE64 + bytesOf(text).toString('base64');
}

/** The text that was kept. Throws an Error that says so where its content was lost. */
export function originalText(kept: string): string {
  if (kept.startsWith(LOST)) throw new Error(`The content of this message was lost: ${kept.slice(LOST.length)}`);
  return kept.startsWith(IN_BASE64) ? textOf(Buffer.from(kept.slice(IN_BASE64.length), 'base64')) : kept;
}

/** What identifies a content that cannot be kept: an operator can look for it where it came from. */
export interface Fingerprint {
  /** The size of key, value and headers, in bytes. */
  bytes: number;
  /** Of the value, in hexadecimal. */
  sha256: string;
}

export function fingerprintOf(message: {
  key: string | null;
  value: string | null;
  headers: Readonly<Record<string, string>>;
}): Fingerprint {
  const value = bytesOf(message.value ?? '');
  const others = [message.key ?? '', ...Object.entries(message.headers).flat()];
  return {
    bytes: others.reduce((sum, text) => sum + bytesOf(text).length, value.length),
    sha256: createHash('sha256').update(value).digest('hex'),
  };
}

/** The stub that replaces a content which the database does not take. */
export const lostText = ({ bytes, sha256 }: Fingerprint): string => `${LOST}${bytes} bytes, sha-256 ${sha256}`;
