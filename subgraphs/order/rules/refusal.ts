// Refusals: what the order room says when it says no.

/** Why an order's matter is refused, with its usual sentence. */
export const sentences = {
  OFFER_EXPIRED: 'The time of an offer is over; search again for its price of now.',
  MIXED_CURRENCIES: 'The offers have different currencies; order them apart.',
  ALREADY_ON_FLIGHT:
    'Another order of yours already books a traveller on this flight; `order` is that order, and its `actions` say whether it can be paid or cancelled.',
  TOO_MANY_UNPAID_SEATS: 'Too many seats wait for payment; pay for an order or cancel one first.',
  NOT_FOUND: 'You have no order of this id; give the id of an order of yours, not its number.',
  NOT_POSSIBLE_NOW: 'This cannot follow on what the order is now.',
  NOT_REFUNDABLE: 'The fare is not refundable; see the conditions of each item.',
  TOO_LATE: 'The time to cancel by the conditions of the fare is over.',
  ALREADY_CANCELLED: 'This is cancelled or closed already; there is nothing left to cancel.',
  TRAVELLER_NOT_FOUND: 'The order has no traveller of this id; its items have their ids.',
  COMPANION_NEEDED: 'Nobody under 12 travels alone, and each infant needs an adult.',
  QUOTE_CHANGED: 'The refund is not what you expect; ask for a new quote.',
  CART_EMPTY: 'There is nothing in this cart; put an offer in first.',
  CART_FULL: 'A cart takes six offers and an order no more; take some out, or order these first.',
  CART_NOT_FOUND:
    'There is no such cart, or no such item in it; look at the cart again, or leave its id out for yours.',
  TRAVELLERS_MISSING: 'The cart does not say yet who travels; say so with changeCartItem for each of `offers`.',
} as const;

export type OrderRefusalCode = keyof typeof sentences;
