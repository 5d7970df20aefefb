// Limits on password tries per email, network, session and device, and on sign-ups and mails.
import { networkOf } from '../../../schema/wire/network.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

/** The counting window in ms: it starts with the first try, and the count is reset when it ends. */
export const FORGOTTEN_AFTER = 15 * MINUTE;

/** The key that tries are counted under, and their limit. */
export interface Subject {
  name: string;
  most: number;
}

export const onEmail = (email: string): Subject => ({ name: `email ${email}`, most: 10 });

// high, because an office or a mobile carrier can share one address; successful sign-ins are not counted
export const fromAddress = (address: string | null): Subject[] =>
  address === null ? [] : [{ name: `address ${networkOf(address)}`, most: 100 }];

/** Password confirmations in a session. Counted apart, so that a stolen session cannot lock its owner out of signing in. */
export const bySession = (session: string): Subject => ({ name: `session ${session}`, most: 10 });

// successful sign-ups count too, to stop accounts in bulk; signing in has a limit of its own
export const signUpsFrom = (address: string | null): Subject[] =>
  address === null ? [] : [{ name: `sign-ups from ${networkOf(address)}`, most: 100 }];

/**
 * Mails that any caller can trigger to any address: mails with codes, and notices to an unconfirmed address. More would
 * flood a stranger's mailbox, and the codes sent last still work.
 */
export const mailsTo = (email: string): Subject => ({ name: `mails to ${email}`, most: 5 });
export const mailsFrom = (address: string | null): Subject[] =>
  address === null ? [] : [{ name: `mails from ${networkOf(address)}`, most: 50 }];

/** A known device of the account: its tries are counted apart, so that wrong passwords from elsewhere do not lock it out. */
export const onDevice = (device: string): Subject => ({ name: `device ${device}`, most: 10 });

/** The seconds until the next try is allowed; null if it is allowed now. */
export function secondsUntilAllowed(
  counted: readonly { count: number; most: number; until: number }[],
  now: Date,
): number | null {
  const over = counted.filter(({ count, most }) => count > most).map(({ until }) => until - now.getTime());
  return over.length ? Math.max(1, Math.ceil(Math.max(...over) / 1000)) : null;
}
