// Refusals: what the order room says when it says no.

/** Why an order's matter is refused, with its usual sentence. */
export const sentences = {
  OFFER_EXPIRED: 'The time of an offer is over; search again for its price of now.',
  MIXED_CURRENCIES: 'The offers have different currencies; order them apart.',
  NOT_FOUND: 'You have no order of this id.',
  NOT_POSSIBLE_NOW: 'This cannot follow on what the order is now.',
  NOT_REFUNDABLE: 'The fare is not refundable.',
  TOO_LATE: 'The time to cancel by the conditions of the fare is over.',
  ALREADY_CANCELLED: 'This is cancelled already.',
  TRAVELLER_NOT_FOUND: 'The order has no traveller of this id.',
  COMPANION_NEEDED: 'Nobody under 12 travels alone, and each infant needs an adult.',
  QUOTE_CHANGED: 'The refund is not what you expect; ask for a new quote.',
  CART_EMPTY: 'There is nothing in this cart.',
  CART_FULL: 'There is no room for more in this cart.',
  CART_NOT_FOUND: 'There is no such cart, or no such item in it.',
  TRAVELLERS_MISSING: 'The cart does not say yet who travels.',
} as const;

export type OrderRefusalCode = keyof typeof sentences;
