// The amount of a fare that is written down: which ones its currency and its traveller allow.
import { decimals, minorUnits, money } from '../../../schema/terms/money.ts';

const MOST = 1e12; // minor units: far above any fare, and a party's total is still exact

/** What is wrong with the amount, where a number says so, and what to give; undefined when a fare can cost it. */
export function amountAdvice(amount: string, currency: string, travellerType: string): string | undefined {
  const least = travellerType === 'INFANT' ? 0 : 1; // infants do fly for nothing; anybody else at 0 is a slip
  const minor = minorUnits(amount, currency);
  if (minor !== undefined && minor >= least && minor <= MOST && !amount.startsWith('-')) return undefined;
  const written = (units: number) => money(units, currency).amount;
  const advice = `give a number as ${written(389700)}, from ${written(least)} to ${written(MOST)} ${currency}`;
  const wrong = wrongWith(amount, currency, minor);
  return wrong ? `${wrong}; ${advice}` : advice;
}

/** What the number does not show by itself. */
function wrongWith(amount: string, currency: string, minor: number | undefined): string | undefined {
  if (amount.startsWith('-')) return undefined;
  if (minor === 0) return 'only an infant flies for nothing';
  const places = decimals(currency) ?? 0;
  if ((/^\d+\.(\d+)$/.exec(amount)?.[1] ?? '').length <= places) return undefined;
  return `${currency} has ${places || 'no'} decimal${places === 1 ? '' : 's'}`;
}
