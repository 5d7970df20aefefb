// Stores the text of a message in a column: unchanged where every database accepts it, else its bytes in base64.
import { createHash } from 'node:crypto';
import { bytesOf, textOf } from '../messaging/byte-text.ts';

const IN_BASE64 = 'data:;base64,'; // a data URL, so that browsers and tools can read it, too
const LOST = 'lost:';

/**
 * The text as a column accepts it. SQLite's text cannot hold U+0000, and no SQL text an unpaired surrogate. Text that
 * begins like one of our own marks is encoded as well, so that a mark is never ambiguous.
 */
export function keptText(text: string): string {
  const isPlain = text.isWellFormed() && !text.includes('\0') && !text.startsWith(IN_BASE64) && !text.startsWith(LOST);
  return isPlain ? text : IN_BASE64 + bytesOf(text).toString('base64');
}

/** The original text. Throws an Error that says so if its content was lost. */
export function originalText(kept: string): string {
  if (kept.startsWith(LOST)) throw new Error(`The content of this message was lost: ${kept.slice(LOST.length)}`);
  return kept.startsWith(IN_BASE64) ? textOf(Buffer.from(kept.slice(IN_BASE64.length), 'base64')) : kept;
}

/** Identifies a content that cannot be stored, so that an operator can find it at its source. */
export interface Fingerprint {
  /** The size of key, value and headers, in bytes. */
  bytes: number;
  /** The hash of the value, in hexadecimal. */
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

/** The stub that replaces a content which the database refuses. */
export const lostText = ({ bytes, sha256 }: Fingerprint): string => `${LOST}${bytes} bytes, sha-256 ${sha256}`;
