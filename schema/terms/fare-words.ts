// The words of fares and parties, as the SDL's enums have them, in the order of the SDL, and which parties may travel together.
export const cabins = ['ECONOMY', 'PREMIUM_ECONOMY', 'BUSINESS', 'FIRST'] as const;
export const brands = ['LIGHT', 'STANDARD', 'FLEX'] as const;
export const travellerTypes = ['ADULT', 'CHILD', 'INFANT'] as const;

export type Cabin = (typeof cabins)[number];
export type Brand = (typeof brands)[number];
export type TravellerType = (typeof travellerTypes)[number];

/** The number of travellers of each type: 1 to 9 in total, at least one adult, no more infants than adults. */
export type Party = Readonly<Record<TravellerType, number>>;

/** The maximum number of travellers in one booking of a carrier. */
export const MOST_TRAVELLERS = 9;

/** Why travellers of these types may not travel by themselves, as a sentence; null if they may. */
export function companionNeeded({ ADULT, INFANT }: Party): string | null {
  if (ADULT < 1) return 'travellers under 12 cannot travel alone; add at least one ADULT.';
  if (INFANT > ADULT)
    return `${INFANT} infants cannot travel with ${ADULT} adults; one INFANT for each ADULT is allowed.`;
  return null;
}
