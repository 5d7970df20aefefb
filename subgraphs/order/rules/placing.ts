// Placing an order: the request, checked against the promised offers, becomes an order and its first event.
import { paired } from '../../../schema/values/paired.ts';
import { badInput, type BadArgument } from '../../../schema/errors.ts';
import type { PromisedOffer } from '../../../schema/terms/offer-token.ts';
import { MOST_TRAVELLERS } from '../../../schema/terms/fare-words.ts';
import {
  type Contact,
  type Decided,
  type Item,
  type Order,
  partId,
  type Person,
  type OrderRefusal,
  type Traveller,
} from './order.ts';
import { refusal } from './refusal.ts';
import { due } from './settling.ts';
import { seatsOf } from './ticketing.ts';
import { personKey, personOf, travellerFaults, type WantedTraveller } from './travellers.ts';
import { adviceOn, exceeded, type SeatHistory, type SeatCaps, timeToPay } from './unpaid.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

/** How long the stock subgraph has to hold the seats; it takes a second, unless something is down. */
const HOLD_WITHIN = 2 * MINUTE;
/** The most flights in one order. */
export const MOST_OFFERS = 6;

/** The request: each offer as read from its token, or why the token cannot be used. */
export interface WantedOffers {
  offers: readonly { offer: PromisedOffer | 'INVALID' | 'EXPIRED'; travellers: readonly WantedTraveller[] }[];
  contact: { email: string; phone?: string | null | undefined };
}

/** A valid offer with its travellers. */
interface Ordered {
  offer: PromisedOffer;
  travellers: readonly WantedTraveller[];
}

/** A refusal with the offers that caused it, by their index in the input. */
export interface PlacingRefused extends OrderRefusal {
  offers: readonly number[];
  /** The id of the order that already books the traveller. */
  existing?: string;
}

/** The account that places the order, and the order's id and number. */
export interface Placement {
  id: string;
  number: string;
  account: string;
}

/** A person on a flight that the account has ordered; the person is null once deleted. */
export interface Booked {
  order: string;
  departure: string;
  person: Person | null;
}

/** What the account, and the address that the request comes from, have ordered so far. */
export interface OrderHistory extends SeatHistory {
  /** The people on the departures of the new order, from orders of the same account that are neither closed nor cancelled. */
  booked: readonly Booked[];
}

/** A valid order. Whether it may be placed depends on the account's other orders at that moment. */
export interface Placing {
  /** The departures it books. */
  departures: readonly string[];
  decide(placement: Placement, history: OrderHistory, now: Date): Decided | PlacingRefused;
}

/**
 * The order to place, to be decided under the locks of its takers, or why it is refused. Throws BAD_USER_INPUT with every
 * fault at once: each names its argument, what is wrong and what is allowed. `argument` is the name of the offers' argument.
 */
export function placeOrder(
  wanted: WantedOffers,
  caps: SeatCaps | 'off',
  now: Date,
  argument = 'input.offers',
): Placing | PlacingRefused {
  const faults = [...contactFaults(wanted.contact), ...offerFaults(wanted.offers, argument, now)];
  if (faults.length) throw badInput(faults);
  const expired = wanted.offers.flatMap(({ offer }, i) => (offer === 'EXPIRED' ? [i] : []));
  if (expired.length) return { ...refusal('OFFER_EXPIRED'), offers: expired };
  const offers = wanted.offers as readonly Ordered[];
  const currency = offers[0]?.offer.currency;
  const foreign = offers.flatMap(({ offer }, i) => (offer.currency === currency ? [] : [i]));
  if (foreign.length) return { ...refusal('MIXED_CURRENCIES'), offers: foreign };
  return {
    departures: [...new Set(offers.map(({ offer }) => offer.departureId))],
    decide(placement, history, now) {
      const order = placed(placement, offers, contactOf(wanted.contact), { now, payWithin: timeToPay(history) });
      return bookedTwice(offers, history.booked) ?? beyond(caps, order, history) ?? announced(order);
    },
  };
}

/** OrderRefusal if an earlier order already books one of the travellers on the same flight. */
function bookedTwice(offers: readonly Ordered[], booked: readonly Booked[]): PlacingRefused | null {
  const found = offers.map(({ offer, travellers }) => {
    const keys = new Set(travellers.map(personKey));
    return booked.find(
      ({ departure, person }) => departure === offer.departureId && person && keys.has(personKey(person)),
    );
  });
  const blamed = found.flatMap((each, i) => (each ? [i] : []));
  const existing = found.find((each) => each !== undefined);
  return existing ? { ...refusal('ALREADY_ON_FLIGHT'), offers: blamed, existing: existing.order } : null;
}

/** OrderRefusal if more seats would wait for payment than allowed. */
function beyond(caps: SeatCaps | 'off', { items, travellers }: Order, history: OrderHistory): PlacingRefused | null {
  const cap = exceeded(caps, history, seatsOf(items, travellers));
  if (!cap) return null;
  const { departure } = cap;
  const blamed = items.flatMap(({ offer }, i) => (departure === null || offer.departureId === departure ? [i] : []));
  return { ...refusal('TOO_MANY_UNPAID_SEATS', adviceOn(cap)), offers: blamed };
}

function offerFaults(offers: WantedOffers['offers'], argument: string, now: Date): BadArgument[] {
  if (!offers.length || offers.length > MOST_OFFERS) {
    return [{ argument, message: `${offers.length} offers were given; 1 to ${MOST_OFFERS} are allowed.` }];
  }
  const faults = offers.flatMap(({ offer, travellers }, i) => {
    const at = `${argument}[${i}]`;
    if (travellers.length > MOST_TRAVELLERS) {
      const message = `${travellers.length} travellers are too many; ${MOST_TRAVELLERS} are allowed.`;
      return [{ argument: `${at}.travellers`, message }];
    }
    if (offer === 'INVALID')
      return [
        { argument: `${at}.token`, message: 'this is not one of our offers; send an offerToken back unchanged.' },
      ];
    return offer === 'EXPIRED' ? [] : travellerFaults(offer, travellers, `${at}.travellers`, now);
  });
  return faults.length ? faults : onOneFlightTwice(offers, argument);
}

/** A fault for each traveller with a seat on the same departure in two offers. */
function onOneFlightTwice(offers: WantedOffers['offers'], argument: string): BadArgument[] {
  const seen = new Set<string>();
  return offers.flatMap(({ offer, travellers }, i) => {
    if (typeof offer === 'string') return [];
    return travellers.flatMap((traveller, j) => {
      const key = `${offer.departureId} ${personKey(traveller)}`;
      const message = 'this traveller is on the same flight in another offer; leave one of the two out.';
      if (seen.has(key)) return [{ argument: `${argument}[${i}].travellers[${j}]`, message }];
      seen.add(key);
      return [];
    });
  });
}

const EMAIL = /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\.]+(\.[^\s@<>(),;:"[\]\\.]+)+$/;
const PHONE = /^\+?[0-9][0-9 ()-]{4,24}$/;

function contactFaults({ email, phone }: WantedOffers['contact']): BadArgument[] {
  const faults: BadArgument[] = [];
  // invisible characters are refused: the mail would go to a different address than the one displayed
  if (email.trim().length > 254 || !EMAIL.test(email.trim()) || /\p{C}/u.test(email.trim())) {
    faults.push({ argument: 'input.contact.email', message: 'this is not an email address.' });
  }
  if (phone != null && !PHONE.test(phone.trim())) {
    faults.push({ argument: 'input.contact.phone', message: 'give a telephone number, for example +91 98765 43210.' });
  }
  return faults;
}

const contactOf = ({ email, phone }: WantedOffers['contact']): Contact => ({
  email: email.trim(),
  phone: phone?.trim() || null,
});

function placed(
  placement: Placement,
  offers: readonly Ordered[],
  contact: Contact,
  { now, payWithin }: { now: Date; payWithin: number },
): Order {
  const at = now.getTime();
  const items = offers.map(({ offer }, i): Item => ({ id: partId('itm', placement, i + 1), offer }));
  return {
    ...placement,
    status: 'PENDING',
    version: 0,
    amount: items.reduce((sum, { offer }) => sum + offer.total, 0),
    currency: items[0]!.offer.currency,
    placedAt: at,
    holdBy: at + HOLD_WITHIN,
    payBy: at + payWithin,
    departsAt: Math.min(...items.map(({ offer }) => Date.parse(offer.slices[0].departure))),
    contact,
    items,
    travellers: travellersOf(placement, items, offers),
    paymentId: null,
    tickets: [],
    cancellations: [],
    refunds: [],
    ticketingDueAt: null,
    ticketingTries: 0,
  };
}

const announced = (order: Order): Decided => ({
  next: order,
  events: [{ type: 'order.placed', data: { ...due(order), seats: seatsOf(order.items, order.travellers) } }],
  timeline: { step: 'PLACED', because: null },
});

function travellersOf(placement: Placement, items: readonly Item[], offers: readonly Ordered[]): Traveller[] {
  const all = paired(offers, items).flatMap(([{ travellers }, item]) => travellers.map((wanted) => ({ wanted, item })));
  return all.map(({ wanted, item }, i) => ({
    id: partId('pax', placement, i + 1),
    item: item.id,
    type: wanted.type,
    price: item.offer.travellers.find(({ type }) => type === wanted.type)!.each,
    person: personOf(wanted),
    cancellation: null,
  }));
}
