// Placing an order: what is wanted, checked against what was promised, becomes an order and its first event.
import { badInput, type BadArgument } from '../../schema/errors.ts';
import type { PromisedOffer } from '../../schema/offer-token.ts';
import { type Contact, type Decided, type Item, type Order, partId, type Refused, type Traveller } from './order.ts';
import { sentences } from './refusal.ts';
import { due } from './settling.ts';
import { seatsOf } from './ticketing.ts';
import { personKey, personOf, travellerFaults, type WantedTraveller } from './travellers.ts';

const MINUTE = 60_000;
/** How long the stock room has to hold the seats; it takes a second, unless something is down. */
const HOLD_WITHIN = 2 * MINUTE;
/** How long an order may wait for its payment: payment pages give up after ten. */
const PAY_WITHIN = 15 * MINUTE;
/** How many flights one order takes, and how many travellers a flight. */
export const MOST_OFFERS = 6;
const MOST_TRAVELLERS = 9;

/** What is wanted: each offer as its token says, or why the token says nothing. */
export interface Wanted {
  offers: readonly { offer: PromisedOffer | 'INVALID' | 'EXPIRED'; travellers: readonly WantedTraveller[] }[];
  contact: { email: string; phone?: string | null | undefined };
}

/** An offer that may be ordered, with who travels on it. */
interface Ordered {
  offer: PromisedOffer;
  travellers: readonly WantedTraveller[];
}

/** Which offers are to blame for a refusal, by their place in the input. */
export interface PlacingRefused extends Refused {
  offers: readonly number[];
}

/** Who places it, under which id and number. */
export interface Placement {
  id: string;
  number: string;
  account: string;
}

/**
 * The order to place, or why there is none. Throws BAD_USER_INPUT with every fault at once: each names its argument,
 * what is wrong and what is allowed; `argument` is where the offers were given.
 */
export function place(
  wanted: Wanted,
  now: Date,
  argument = 'input.offers',
): ((placement: Placement) => Decided) | PlacingRefused {
  const faults = [...contactFaults(wanted.contact), ...offerFaults(wanted.offers, argument)];
  if (faults.length) throw badInput(faults);
  const expired = wanted.offers.flatMap(({ offer }, i) => (offer === 'EXPIRED' ? [i] : []));
  if (expired.length) return refused('OFFER_EXPIRED', expired);
  const offers = wanted.offers as readonly Ordered[];
  const [first, ...others] = offers;
  const foreign = others.flatMap(({ offer }, i) => (offer.currency !== first!.offer.currency ? [i + 1] : []));
  if (foreign.length) return refused('MIXED_CURRENCIES', foreign);
  return (placement) => placed(placement, offers, contactOf(wanted.contact), now);
}

const refused = (code: PlacingRefused['refused'], offers: number[]): PlacingRefused => ({
  refused: code,
  because: sentences[code],
  offers,
});

function offerFaults(offers: Wanted['offers'], argument: string): BadArgument[] {
  if (!offers.length || offers.length > MOST_OFFERS) {
    return [{ argument, message: `${offers.length} offers are not possible; 1 to ${MOST_OFFERS} are allowed.` }];
  }
  const faults = offers.flatMap(({ offer, travellers }, i) => {
    const at = `${argument}[${i}]`;
    if (travellers.length > MOST_TRAVELLERS) {
      const message = `${travellers.length} travellers are too many; ${MOST_TRAVELLERS} are allowed.`;
      return [{ argument: `${at}.travellers`, message }];
    }
    if (offer === 'INVALID')
      return [{ argument: `${at}.token`, message: 'this is no offer of ours; hand an offerToken back as it is.' }];
    return offer === 'EXPIRED' ? [] : travellerFaults(offer, travellers, `${at}.travellers`);
  });
  return faults.length ? faults : onOneFlightTwice(offers, argument);
}

/** Whoever has a seat on the same departure in two offers. */
function onOneFlightTwice(offers: Wanted['offers'], argument: string): BadArgument[] {
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

function contactFaults({ email, phone }: Wanted['contact']): BadArgument[] {
  const faults: BadArgument[] = [];
  if (email.trim().length > 254 || !EMAIL.test(email.trim())) {
    faults.push({ argument: 'input.contact.email', message: 'this is not an email address.' });
  }
  if (phone != null && !PHONE.test(phone.trim())) {
    faults.push({ argument: 'input.contact.phone', message: 'give a telephone number, as +91 98765 43210.' });
  }
  return faults;
}

const contactOf = ({ email, phone }: Wanted['contact']): Contact => ({
  email: email.trim(),
  phone: phone?.trim() || null,
});

function placed(placement: Placement, offers: readonly Ordered[], contact: Contact, now: Date): Decided {
  const at = now.getTime();
  const items = offers.map(({ offer }, i): Item => ({ id: partId('itm', placement, i + 1), offer }));
  const next: Order = {
    ...placement,
    status: 'PENDING',
    version: 0,
    amount: items.reduce((sum, { offer }) => sum + offer.total, 0),
    currency: items[0]!.offer.currency,
    placedAt: at,
    holdBy: at + HOLD_WITHIN,
    payBy: at + PAY_WITHIN,
    departsAt: Math.min(...items.map(({ offer }) => Date.parse(offer.slices[0]!.departure))),
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
  const seats = seatsOf(items, next.travellers);
  return {
    next,
    events: [{ type: 'order.placed', data: { ...due(next), seats } }],
    timeline: { step: 'PLACED', because: null },
  };
}

function travellersOf(placement: Placement, items: readonly Item[], offers: readonly Ordered[]): Traveller[] {
  const all = offers.flatMap(({ travellers }, i) => travellers.map((wanted) => ({ wanted, item: items[i]! })));
  return all.map(({ wanted, item }, i) => ({
    id: partId('pax', placement, i + 1),
    item: item.id,
    type: wanted.type,
    price: item.offer.travellers.find(({ type }) => type === wanted.type)!.each,
    person: personOf(wanted),
    cancellation: null,
  }));
}
