// How often a password may be tried: on one email, from one network, and by one session; and how often to sign up.
import { networkOf } from '../../../schema/wire/network.ts';

const MINUTE = 60_000;

/** Tries are counted from the first one on, and forgotten this many ms after it. */
export const FORGOTTEN_AFTER = 15 * MINUTE;

/** What tries are counted on, and how many there may be. */
export interface Subject {
  name: string;
  most: number;
}

export const onEmail = (email: string): Subject => ({ name: `email ${email}`, most: 10 });

// an office or a mobile carrier can be behind one address, and a sign-in that succeeds is not counted
export const fromAddress = (address: string | null): Subject[] =>
  address === null ? [] : [{ name: `address ${networkOf(address)}`, most: 100 }];

/** A session that asks for its account's password once more: whoever has it must not lock its owner out of signing in. */
export const bySession = (session: string): Subject => ({ name: `session ${session}`, most: 10 });

// each counts, also one that succeeds, as accounts in bulk are no less of a nuisance; signing in is not held up by it
export const signUpsFrom = (address: string | null): Subject[] =>
  address === null ? [] : [{ name: `sign-ups from ${networkOf(address)}`, most: 100 }];

/**
 * Mails that anybody can cause to any address: those with codes, and notices to an address that its account has not
 * confirmed. More than these would flood a stranger's mailbox, and the last codes still work.
 */
export const mailsTo = (email: string): Subject => ({ name: `mails to ${email}`, most: 5 });
export const mailsFrom = (address: string | null): Subject[] =>
  address === null ? [] : [{ name: `mails from ${networkOf(address)}`, most: 50 }];

/** A device that the account was signed in on: it has tries of its own, however many others use up. */
export const onDevice = (device: string): Subject => ({ name: `device ${device}`, most: 10 });

/** In how many seconds the next try may come; null when it may come now. */
export function retryAfter(
  counted: readonly { count: number; most: number; until: number }[],
  now: Date,
): number | null {
  const over = counted.filter(({ count, most }) => count > most).map(({ until }) => until - now.getTime());
  return over.length ? Math.max(1, Math.ceil(Math.max(...over) / 1000)) : null;
}
