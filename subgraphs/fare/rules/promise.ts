// What an offer token promises: all that an order will need of the offer.
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import type { TravellerType } from '../../../schema/terms/shopping.ts';
import { conditions } from './brands.ts';
import { itinerary } from './itinerary.ts';
import { departureId, offerId, type Offer } from './offers.ts';
import { each } from './pricing.ts';

const HOLDS_FOR = 20 * 60_000; // ms; an order form is filled in well under it, a fare rarely changes within it

/** Until when an offer holds (UTC): for twenty minutes, or until it departs. */
export const holdsUntil = (offer: Offer, now: Date): string =>
  new Date(Math.min(now.getTime() + HOLDS_FOR, Date.parse(itinerary(offer).departure))).toISOString();

/** What an offer made now promises. */
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
