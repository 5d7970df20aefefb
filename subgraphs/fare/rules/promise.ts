// The promise in an offer token: all that an order needs of the offer.
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import type { TravellerType } from '../../../schema/terms/fare-words.ts';
import { conditions } from './brands.ts';
import { itinerary } from './itinerary.ts';
import { departureId, offerId, type Offer } from './offers.ts';
import { each } from './pricing.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

const HOLDS_FOR = 20 * MINUTE; // longer than an order form takes, and a fare rarely changes within it

/** The end of an offer (UTC): twenty minutes from now, or its departure if that is earlier. */
export const holdsUntil = (offer: Offer, now: Date): string =>
  new Date(Math.min(now.getTime() + HOLDS_FOR, Date.parse(itinerary(offer).departure))).toISOString();

/** The promise of an offer that is made now. */
export function promised(offer: Offer, now: Date): PromisedOffer {
  const { search, flight, brand, note, amounts } = offer;
  const { minutes: _, ...slice } = itinerary(offer);
  const types = Object.keys(search.party) as TravellerType[];
  return {
    offerId: offerId(offer),
    departureId: departureId(flight.id, search.date, search.cabin),
    cabin: search.cabin,
    brand,
    conditions: { ...conditions[brand], note },
    slices: [{ ...slice, stops: [...slice.stops] }],
    travellers: types
      .filter((type) => search.party[type])
      .map((type) => ({ type, count: search.party[type], each: each(amounts, type) })),
    total: offer.total,
    currency: search.currency,
    asOf: offer.asOf,
    expiresAt: holdsUntil(offer, now),
  };
}
