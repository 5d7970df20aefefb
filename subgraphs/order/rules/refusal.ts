// Refusals of the order subgraph.
import { refusals } from '../../../schema/errors.ts';

const sentences = {
  OFFER_EXPIRED: 'An offer has expired; search again for its current price.',
  MIXED_CURRENCIES: 'The offers have different currencies; order them separately.',
  ALREADY_ON_FLIGHT:
    'Another order of yours already books a traveller on this flight; `order` is that order, and its `actions` say whether it can be paid or cancelled.',
  TOO_MANY_UNPAID_SEATS: 'Too many seats wait for payment; pay for an order or cancel one first.',
  NOT_FOUND: 'You have no order with this id; use the id of one of your orders, not its number.',
  NOT_POSSIBLE_NOW: 'The current status of the order does not allow this.',
  NOT_REFUNDABLE: 'The fare is not refundable; see the conditions of each item.',
  TOO_LATE: 'The time limit for cancelling under the conditions of the fare has passed.',
  ALREADY_CANCELLED: 'This is already cancelled or closed; there is nothing left to cancel.',
  TRAVELLER_NOT_FOUND: 'The order has no traveller with this id; see the travellers of its items.',
  COMPANION_NEEDED: 'A traveller under 12 cannot travel alone, and each infant needs an adult.',
  QUOTE_CHANGED: 'The refund differs from the one you expect; request a new quote.',
  CART_EMPTY: 'The cart is empty; add an offer first.',
  CART_FULL: 'A cart or an order takes at most six offers; remove some, or order these first.',
  CART_NOT_FOUND:
    'There is no such cart, or no such item in it; read the cart again, or leave its id out to use your own.',
  TRAVELLERS_MISSING:
    'Some offers in the cart have no travellers yet; set them with changeCartItem for each of `offers`.',
} as const;

export type OrderRefusalCode = keyof typeof sentences;

/** A refusal with its usual sentence, or a more specific one. */
export const refusal = refusals(sentences);
