// Money: a decimal string in the API, integer minor units internally, never a float.
import currencies from 'currency-codes';

/** An amount as the graph has it: `{ amount: "3897.00", currency: "INR" }`. */
export interface Money {
  amount: string;
  currency: string;
}

/**
 * ISO 4217 codes that are no means of payment: metals, units of account, bond units and funds, the test code, "no
 * currency".
 */
const NO_MONEY = new Set(
  ['XAG XAU XPD XPT', 'XBA XBB XBC XBD', 'XDR XSU XUA XTS XXX', 'BOV CHE CHW CLF COU MXV USN UYI UYW'].flatMap(
    (codes) => codes.split(' '),
  ),
);

/** A currency's number of decimals by ISO 4217 (JPY 0, INR 2, KWD 3); undefined if the code is no means of payment. */
export const decimals = (currency: string): number | undefined =>
  NO_MONEY.has(currency) ? undefined : currencies.code(currency)?.digits;

/** Minor units as Money: `money(389700, 'INR')` is 3897.00 INR. */
export function money(minor: number, currency: string): Money {
  const places = decimals(currency) ?? 2;
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const amount = places ? `${whole}.${digits.slice(-places)}` : whole;
  return { amount: minor < 0 ? `-${amount}` : amount, currency };
}

/**
 * A decimal string in minor units, or undefined when it is not a plain decimal number, has more decimals
 * than the currency, or is too large to be exact (beyond 2^53 minor units).
 */
export function minorUnits(amount: string, currency: string): number | undefined {
  const places = decimals(currency);
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(amount);
  if (places === undefined || !match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > places) return undefined;
  const minor = Number(whole + fraction.padEnd(places, '0'));
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign ? -minor : minor;
}
