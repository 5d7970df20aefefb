// Amounts as spreadsheets and other systems write them: £66.99, 1,234.50 or 26300.90877.
import { decimals } from '../../../schema/terms/money.ts';

/** Currency signs, and the currencies that each may mean. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  '£': ['GBP'],
  '€': ['EUR'],
  '₹': ['INR'],
  Rs: ['INR'],
  'Rs.': ['INR'],
  '¥': ['JPY', 'CNY'],
  '₩': ['KRW'],
  '฿': ['THB'],
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN'],
};

const SHAPE = /^([^\d\s,-]*)\s*(\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(\d+))?\s*([^\d\s.,-]*)$/u;

/**
 * The amount as a plain number with the currency's decimals, rounded half up. Ignores a sign or code of the same
 * currency before or after it, and commas between thousands. Undefined where reading would be a guess, for example a
 * decimal comma or another currency's sign.
 */
export function looseAmount(text: string, currency: string): string | undefined {
  const places = decimals(currency);
  const [, before = '', whole = '', fraction = '', behind = ''] = SHAPE.exec(text.trim()) ?? [];
  const isOfCurrency = (sign: string) => sign === '' || sign === currency || SIGNS[sign]?.includes(currency);
  if (places === undefined || !whole || !isOfCurrency(before) || !isOfCurrency(behind)) return undefined;
  if (places === 3 && !fraction && whole.includes(',')) return undefined; // 66,990 KWD may be 66.990
  const kept = BigInt(whole.replaceAll(',', '') + fraction.slice(0, places).padEnd(places, '0'));
  const digits = String(kept + ((fraction[places] ?? '0') >= '5' ? 1n : 0n)).padStart(places + 1, '0');
  return places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
}
