// The words of fares and parties, as the SDL's enums have them, in the order of the SDL.
export const cabins = ['ECONOMY', 'PREMIUM_ECONOMY', 'BUSINESS', 'FIRST'] as const;
export const brands = ['LIGHT', 'STANDARD', 'FLEX'] as const;
export const travellerTypes = ['ADULT', 'CHILD', 'INFANT'] as const;

export type Cabin = (typeof cabins)[number];
export type Brand = (typeof brands)[number];
export type TravellerType = (typeof travellerTypes)[number];

/** The number of travellers of each type: 1 to 9 in total, at least one adult, no more infants than adults. */
export type Party = Readonly<Record<TravellerType, number>>;
