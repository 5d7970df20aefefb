// The price of a flight for a party, and which prices can be the lowest for any party.
import type { Party, TravellerType } from '../../../schema/terms/fare-words.ts';

/** The price for one traveller of each type, in minor units: adult, child, infant. */
export type Amounts = readonly [adult: number, child: number, infant: number];

/** The price of a child and an infant without a fare of their own, in per cent of the adult's. */
export interface Shares {
  CHILD: number;
  INFANT: number;
}

/** The shares of each carrier; DEFAULT applies to all others. */
export type SharesByCarrier = Readonly<Record<string, Shares>> & { readonly DEFAULT: Shares };

/** 75 and 10 per cent are usual in IATA's tariffs. */
export const usualShares: SharesByCarrier = { DEFAULT: { CHILD: 75, INFANT: 10 } };

/** The price of each type, from the lowest fare filed for each. Null without an adult fare: travellers under 12 need an adult. */
export function amounts(filed: Readonly<Record<TravellerType, number | undefined>>, shares: Shares): Amounts | null {
  if (filed.ADULT === undefined) return null;
  return [
    filed.ADULT,
    filed.CHILD ?? share(filed.ADULT, shares.CHILD),
    filed.INFANT ?? share(filed.ADULT, shares.INFANT),
  ];
}

/** A percentage of an amount, rounded half up to the minor unit. */
const share = (amount: number, percent: number): number => Math.floor((amount * percent + 50) / 100);

/** The price for the whole party, in minor units. */
export const partyTotal = ([adult, child, infant]: Amounts, party: Party): number =>
  adult * party.ADULT + child * party.CHILD + infant * party.INFANT;

/** The price for one traveller of the type, in minor units. */
export const each = ([adult, child, infant]: Amounts, type: TravellerType): number =>
  ({ ADULT: adult, CHILD: child, INFANT: infant })[type];

/**
 * The amounts that can give some party its lowest total. A total is linear in the amounts, so amounts that are matched
 * or undercut in all three types can never be lowest. The rest is the Pareto front, usually one to three.
 */
export function lowest(all: readonly Amounts[]): Amounts[] {
  const ascending = [...all].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  const front: Amounts[] = [];
  for (const candidate of ascending) {
    const [adult, child, infant] = candidate;
    if (!front.some((kept) => kept[0] <= adult && kept[1] <= child && kept[2] <= infant)) front.push(candidate);
  }
  return front;
}
