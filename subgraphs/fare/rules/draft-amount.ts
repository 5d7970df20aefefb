// The amount of a draft fare: which amounts its currency and its traveller type allow.
import { decimals, minorUnits, money } from '../../../schema/terms/money.ts';

const MOST = 1e12; // minor units: far above any fare, and a party's total stays exact

/** The fault in the amount and what to give instead; undefined when the amount is allowed. */
export function amountAdvice(amount: string, currency: string, travellerType: string): string | undefined {
  const least = travellerType === 'INFANT' ? 0 : 1; // infants can fly free; for other types 0 is a mistake
  const minor = minorUnits(amount, currency);
  if (minor !== undefined && minor >= least && minor <= MOST && !amount.startsWith('-')) return undefined;
  const written = (units: number) => money(units, currency).amount;
  const advice = `give a number as ${written(389700)}, from ${written(least)} to ${written(MOST)} ${currency}`;
  const wrong = wrongWith(amount, currency, minor);
  return wrong ? `${wrong}; ${advice}` : advice;
}

/** A fault that the number itself does not show. */
function wrongWith(amount: string, currency: string, minor: number | undefined): string | undefined {
  if (amount.startsWith('-')) return undefined;
  if (minor === 0) return 'only an infant flies for nothing';
  const places = decimals(currency) ?? 0;
  if ((/^\d+\.(\d+)$/.exec(amount)?.[1] ?? '').length <= places) return undefined;
  return `${currency} has ${places || 'no'} decimal${places === 1 ? '' : 's'}`;
}
