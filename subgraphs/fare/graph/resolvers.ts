// The shoppers' part of the graph: prices, calendar and offers for a search.
import DataLoader from 'dataloader';
import { carrierName } from '../../../schema/terms/carriers.ts';
import { airportFields } from '../../../schema/terms/airports.ts';
import { connection, cursorOf, cut, type PageArgs, pageOf } from '../../../schema/terms/connection.ts';
import { badInput } from '../../../schema/errors.ts';
import { money } from '../../../schema/terms/money.ts';
import { signOffer } from '../../../schema/terms/offer-token.ts';
import type { SigningKey } from '../../../schema/wire/signing-key.ts';
import { search, type Search } from '../../../schema/terms/shopping.ts';
import type { TravellerType } from '../../../schema/terms/fare-words.ts';
import { administrationResolvers } from './administration-resolvers.ts';
import type { Context, ManagerContext } from './context.ts';
import { conditions } from '../rules/brands.ts';
import { calendar, calendarDates } from '../rules/calendar.ts';
import { type Day, dayName, type DayLowest, lowestOf } from '../rules/day.ts';
import type { FareCache } from '../store/fare-cache.ts';
import { duration, itinerary } from '../rules/itinerary.ts';
import {
  byOfferPosition,
  cheapest,
  departureId,
  offerFilterFaults,
  inputOf,
  keeps,
  leavesLater,
  type Offer,
  offerId,
  offersOf,
  placeOf,
} from '../rules/offers.ts';
import type { OfferFilter, OfferSort, OfferPosition } from '../rules/offers.ts';
import { each } from '../rules/pricing.ts';
import { holdsUntil, promised } from '../rules/promise.ts';
import type { Resolvers } from './schema.generated.ts';
import type { CalendarDaySource } from './sources.ts';

export const context = (fares: FareCache, key: SigningKey, manager: ManagerContext): Context => ({
  ...manager,
  key,
  days: new DataLoader((wanted) => fares.read(wanted), { cacheKeyFn: (want) => `${want.view} ${dayName(want)}` }),
});

/** Everything on offer on the day of the search. */
const offersOn = async (search: Search, { days }: Context): Promise<Offer[]> =>
  offersOf((await days.load({ ...search, view: 'flights' })) as Day, search);

async function calendarOf(search: Search, context: Context): Promise<CalendarDaySource[]> {
  const { today } = search;
  const dates = calendarDates(search).filter((date) => date >= today);
  const known = await Promise.all(
    dates.map(async (date): Promise<[string, DayLowest]> => {
      if (date !== today) return [date, (await context.days.load({ ...search, date, view: 'lowest' })) as DayLowest];
      // some of today's flights have left: only the whole day shows what can still be bought
      const day = (await context.days.load({ ...search, date, view: 'flights' })) as Day;
      return [date, lowestOf(day, leavesLater(search, date))];
    }),
  );
  return calendar(search, new Map(known)).map((day) => ({ ...day, currency: search.currency }));
}

/** The sort key of an offer for each order. */
const sortValue: Record<OfferSort, (offer: Offer) => number> = {
  PRICE: (offer) => offer.total,
  DURATION: (offer) => itinerary(offer).minutes,
  DEPARTURE: (offer) => Date.parse(itinerary(offer).departure),
  ARRIVAL: (offer) => Date.parse(itinerary(offer).arrival),
};

function page(search: Search, offers: readonly Offer[], sort: OfferSort, filter: OfferFilter, args: PageArgs) {
  const { ADULT, CHILD, INFANT } = search.party;
  const list = `offers ${dayName(search)} ${ADULT} ${CHILD} ${INFANT} ${sort}`;
  const stretch = pageOf<OfferPosition>(list, [0, '', '', ''], args);
  const places = new Map(offers.filter(keeps(filter)).map((offer) => [offer, placeOf(offer, sortValue[sort])]));
  const sorted = [...places].sort(([, a], [, b]) => byOfferPosition(a, b));
  const rows = cut(sorted, stretch, ([, place]) => place, byOfferPosition);
  const { edges, ...shown } = connection(
    rows,
    stretch,
    ([, place]) => cursorOf(list, place),
    () => places.size,
  );
  return {
    edges: edges.map(({ cursor, node: [offer] }) => ({ cursor, node: offer })),
    ...shown,
  };
}

/** The search that an offer's id encodes; null for any other id, or for a search that is no longer possible. */
function searchOf(id: string, now: Date): Search | null {
  const input = inputOf(id);
  try {
    return input && search(input, now);
  } catch {
    return null; // the day is past, or an airport is unknown
  }
}

const perTraveller = ({ search, amounts }: Offer) =>
  (Object.entries(search.party) as [TravellerType, number][])
    .filter(([, count]) => count)
    .map(([type, count]) => ({ type, count, each: money(each(amounts, type), search.currency) }));

const total = (offer: Offer) => money(offer.total, offer.search.currency);

export const resolvers: Resolvers = {
  ...administrationResolvers,
  Query: {
    ...administrationResolvers.Query,
    shopping: (_, { input }, { now }) => search(input, now),
  },

  Shopping: {
    price: async (search, _, context) => cheapest(await offersOn(search, context)) ?? null,
    async calendar(search, _, context) {
      const days = await calendarOf(search, context);
      return { days, lowest: days.find(({ isLowest }) => isLowest) ?? null };
    },
    async offers(search, { sort, filter, ...args }, context) {
      const faults = offerFilterFaults(filter ?? {});
      if (faults.length) throw badInput(faults);
      return page(search, await offersOn(search, context), sort ?? 'PRICE', filter ?? {}, args);
    },
  },

  FarePrice: {
    total,
    perTraveller,
    offer: (offer) => offer,
    expiresAt: (offer, _, { now }) => holdsUntil(offer, now),
  },

  CalendarDay: {
    price: ({ price, currency }) => (price === null ? null : money(price, currency)),
  },

  FareOffer: {
    async __resolveReference({ id }, context) {
      const found = searchOf(id, context.now);
      const offers = found ? await offersOn(found, context) : [];
      return offers.find((offer) => offerId(offer) === id) ?? null;
    },
    id: (offer) => offerId(offer),
    total,
    perTraveller,
    cabin: ({ search }) => search.cabin,
    conditions: ({ brand, note }) => ({ ...conditions[brand], note }),
    slices: (offer) => [itinerary(offer)],
    expiresAt: (offer, _, { now }) => holdsUntil(offer, now),
    offerToken: (offer, _, { now, key }) => signOffer(promised(offer, now), key),
    departureId: ({ search, flight }) => departureId(flight.id, search.date, search.cabin),
  },

  Slice: {
    origin: ({ origin }) => ({ code: origin }),
    destination: ({ destination }) => ({ code: destination }),
    duration: ({ minutes }) => duration(minutes),
    stops: ({ stops }) => stops.map((code) => ({ code })),
    segments: (slice) =>
      [...slice.stops, slice.destination].map((destination, i) => ({
        ...slice,
        origin: slice.stops[i - 1] ?? slice.origin,
        destination,
      })),
  },

  Segment: {
    origin: ({ origin }) => ({ code: origin }),
    destination: ({ destination }) => ({ code: destination }),
    carrier: ({ carrier }) => ({ code: carrier }),
  },

  Carrier: {
    name: ({ code }) => carrierName(code),
  },

  // every code in a filed fare was checked when it was filed
  Airport: airportFields,
};
