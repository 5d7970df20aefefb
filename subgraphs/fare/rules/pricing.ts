// What a party pays on a flight, and which prices can be the lowest for any party at all.
import type { Party, TravellerType } from '../../../schema/terms/shopping.ts';

/** What one traveller of each type pays, in minor units: adult, child, infant. */
export type Amounts = readonly [adult: number, child: number, infant: number];

/** What a child and an infant pay where no fare is filed for them, in per cent of the adult's. */
export interface Shares {
  CHILD: number;
  INFANT: number;
}

/** The shares of a carrier; DEFAULT holds for those that have none of their own. */
export type SharesByCarrier = Readonly<Record<string, Shares>> & { readonly DEFAULT: Shares };

/** 75 and 10 per cent are the usual fares of IATA's tariffs. */
export const usualShares: SharesByCarrier = { DEFAULT: { CHILD: 75, INFANT: 10 } };

/** What each type pays, from the lowest fare filed for each; null without an adult's, as nobody under 12 travels alone. */
export function amounts(filed: Readonly<Record<TravellerType, number | undefined>>, shares: Shares): Amounts | null {
  if (filed.ADULT === undefined) return null;
  return [
    filed.ADULT,
    filed.CHILD ?? share(filed.ADULT, shares.CHILD),
    filed.INFANT ?? share(filed.ADULT, shares.INFANT),
  ];
}

/** So many per cent of an amount, rounded half up to the minor unit. */
const share = (amount: number, percent: number): number => Math.floor((amount * percent + 50) / 100);

/** What the whole party pays, in minor units. */
export const total = ([adult, child, infant]: Amounts, party: Party): number =>
  adult * party.ADULT + child * party.CHILD + infant * party.INFANT;

/** What one traveller of the type pays, in minor units. */
export const each = ([adult, child, infant]: Amounts, type: TravellerType): number =>
  ({ ADULT: adult, CHILD: child, INFANT: infant })[type];

/**
 * The amounts that can be the lowest total of some party. A total is linear in the amounts, so whatever another one
 * undercuts or equals in all three can never be lower than it: what remains is the Pareto front, usually one to three.
 */
export function lowest(all: readonly Amounts[]): Amounts[] {
  const ascending = [...all].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  const front: Amounts[] = [];
  for (const candidate of ascending) {
    if (!front.some((kept) => kept.every((amount, type) => amount <= candidate[type]!))) front.push(candidate);
  }
  return front;
}
