// Resolvers of an order's parts.
import { airportFields } from '../../../schema/terms/airports.ts';
import { money } from '../../../schema/terms/money.ts';
import { actions } from '../rules/actions.ts';
import type { Resolvers } from './schema.generated.ts';
import { ticketOf } from './ticket-resolvers.ts';

const instant = (ms: number): string => new Date(ms).toISOString();

export const orderResolvers = {
  Order: {
    total: ({ amount, currency }) => money(amount, currency),
    items: (order) => order.items.map((item) => ({ item, order })),
    placedAt: ({ placedAt }) => instant(placedAt),
    payBy: ({ payBy }) => instant(payBy),
    tickets: (order) => order.tickets.map((ticket) => ({ ticket, order })),
    mails: ({ id }, _, { mailsOf }) => mailsOf.load(id),
    timeline: ({ id }, _, { timelines }) => timelines.load(id),
    actions: (order, _, { now }) => actions(order, now),
  },

  OrderItem: {
    id: ({ item }) => item.id,
    cabin: ({ item }) => item.offer.cabin,
    brand: ({ item }) => item.offer.brand,
    conditions: ({ item }) => item.offer.conditions,
    slices: ({ item }) => item.offer.slices,
    total: ({ item }) => money(item.offer.total, item.offer.currency),
    travellers: ({ item, order }) =>
      order.travellers.filter((each) => each.item === item.id).map((traveller) => ({ traveller, order })),
  },

  OrderSlice: {
    origin: ({ origin }) => ({ code: origin }),
    destination: ({ destination }) => ({ code: destination }),
    stops: ({ stops }) => stops.map((code) => ({ code })),
  },

  OrderTraveller: {
    id: ({ traveller }) => traveller.id,
    name: ({ traveller }) => traveller.person?.name ?? null,
    birthDate: ({ traveller }) => traveller.person?.birthDate ?? null,
    type: ({ traveller }) => traveller.type,
    document: ({ traveller }) => traveller.person?.document ?? null,
    price: ({ traveller, order }) => money(traveller.price, order.currency),
    isCancelled: ({ traveller }) => traveller.cancellation !== null,
    ticket: ({ traveller, order }) => ticketOf(order, traveller),
  },

  OrderTimelineEntry: {
    at: ({ at }) => instant(at),
  },

  // every code in an offer was checked when its fare was filed
  Airport: airportFields,
} satisfies Resolvers;
