// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { OrderSource, OrderConnectionSource, OrderItemSource, OrderTravellerSource, OrderSliceSource, TicketSource, OrderMailSource, OrderTimelineEntrySource, OrderRefusalSource, CancellationQuoteSource, CartSource, CartItemSource, FareOfferSource, AccountSource, AirportSource } from './sources.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: Exclude<T[P], undefined> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An exact decimal number as a string, with as many decimals as the currency has: "3897.00" INR, "12000" JPY, "18.500" KWD. */
  Decimal: { input: string; output: string; }
  /** A calendar date at the place it is about, as YYYY-MM-DD. */
  Date: { input: string; output: string; }
  /** An instant with the offset of the place it is about, as 2026-03-24T22:20:00+05:30. */
  DateTime: { input: string; output: string; }
  /** A currency by its three-letter ISO 4217 code, as INR. */
  CurrencyCode: { input: string; output: string; }
  /** An airport by its three-letter IATA code, as DEL. */
  AirportCode: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Query = {
  /** Your cart, or an anonymous cart by its id; null if there is no such cart. Prices are current. */
  cart?: Maybe<Cart>;
  /** One of your orders; null if you have no order with this id. An OPERATOR sees every order. Needs a signed-in account. */
  order?: Maybe<Order>;
  /** The orders of all accounts, newest first, a page at a time. Needs the role OPERATOR. */
  orders?: Maybe<OrderConnection>;
  /**
   * What it costs now to cancel one of your orders, or some of its travellers; null if you have no order with this id.
   * Needs a signed-in account.
   */
  cancellationQuote?: Maybe<CancellationQuoteResult>;
};


export type QueryCartArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOrdersArgs = {
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCancellationQuoteArgs = {
  orderId: Scalars['ID']['input'];
  travellers?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type Mutation = {
  /** Adds an offer to your cart or to an anonymous cart. Without `cart` and without an account it creates an anonymous cart: keep its id. */
  addToCart?: Maybe<CartResult>;
  /** Sets the travellers of an offer in a cart, or replaces the offer, for example an expired offer by today's. */
  changeCartItem?: Maybe<CartResult>;
  /** Removes an offer from a cart. */
  removeFromCart?: Maybe<CartResult>;
  /** Moves all items of an anonymous cart into yours, for example after signing in. Safe to repeat. Needs a signed-in account. */
  claimCart?: Maybe<CartResult>;
  /**
   * Orders everything in your cart, as placeOrder does, and empties the cart. The same idempotency key always returns the
   * same order. Needs a signed-in account.
   */
  checkout?: Maybe<PlaceOrderResult>;
  /**
   * Cancels one of your orders, or some of its travellers. Free before payment. Once the order is TICKETED, the fare
   * conditions apply, as cancellationQuote shows: the tickets are voided first, then the refund is sent.
   * Needs a signed-in account.
   */
  cancelOrder?: Maybe<CancelOrderResult>;
  /**
   * Orders all of the given offers or none. The order is PENDING at first, and AWAITING_PAYMENT as soon as its seats are
   * held: poll `order(id)`. The same idempotency key always returns the same order. Needs a signed-in account.
   */
  placeOrder?: Maybe<PlaceOrderResult>;
};


export type MutationAddToCartArgs = {
  cart?: InputMaybe<Scalars['ID']['input']>;
  token: Scalars['String']['input'];
  travellers?: InputMaybe<Array<OrderTravellerInput>>;
};


export type MutationChangeCartItemArgs = {
  cart?: InputMaybe<Scalars['ID']['input']>;
  item: Scalars['ID']['input'];
  token?: InputMaybe<Scalars['String']['input']>;
  travellers?: InputMaybe<Array<OrderTravellerInput>>;
};


export type MutationRemoveFromCartArgs = {
  cart?: InputMaybe<Scalars['ID']['input']>;
  item: Scalars['ID']['input'];
};


export type MutationClaimCartArgs = {
  cart: Scalars['ID']['input'];
};


export type MutationCheckoutArgs = {
  input: CheckoutInput;
};


export type MutationCancelOrderArgs = {
  orderId: Scalars['ID']['input'];
  travellers?: InputMaybe<Array<Scalars['ID']['input']>>;
  expectedRefund?: InputMaybe<Scalars['Decimal']['input']>;
};


export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};

/** An order to place: offers, travellers and contact. */
export type PlaceOrderInput = {
  /** 1 to 6 offers in one currency, each with its travellers. */
  offers: Array<OrderedOfferInput>;
  /** The contact for news about the order. */
  contact: ContactInput;
  /** 1 to 255 characters that identify this request, for example a UUID. The same key with a different input is an IDEMPOTENCY_CONFLICT. */
  idempotencyKey: Scalars['String']['input'];
};

/** One offer to order, with its travellers. */
export type OrderedOfferInput = {
  /** The offer's offerToken, unchanged. */
  token: Scalars['String']['input'];
  /** The travellers: as many of each type as the offer is for. */
  travellers: Array<OrderTravellerInput>;
};

/** A traveller to book. */
export type OrderTravellerInput = {
  /**
   * The name as on the travel document: 1 to 100 characters. Invisible characters are removed, control characters refused.
   * Tickets use the last word as the family name; in Chinese, Korean and Japanese names the family name comes first.
   */
  name: Scalars['String']['input'];
  /** Today or earlier. The age on the day of departure must match the type. */
  birthDate: Scalars['Date']['input'];
  /** Which fares apply to the traveller. */
  type: TravellerType;
  /** The travel document, if already known. */
  document?: InputMaybe<OrderDocumentInput>;
};

/** A traveller's passport or identity card. */
export type OrderDocumentInput = {
  /** The kind of document. */
  kind: OrderDocumentKind;
  /** 5 to 20 letters and digits. */
  number: Scalars['String']['input'];
  /** The two-letter ISO 3166 code of the country that issued it. */
  country: Scalars['String']['input'];
  /** The last day of validity: the day of departure or later. */
  expiresOn: Scalars['Date']['input'];
};

/** The kind of a travel document. */
export type OrderDocumentKind =
  /** A passport. */
  | 'PASSPORT'
  /** A national identity card. */
  | 'IDENTITY_CARD';

/** A cart to order, and the contact. */
export type CheckoutInput = {
  /** The id of an anonymous cart to merge into yours first; by default only your cart is ordered. */
  cart?: InputMaybe<Scalars['ID']['input']>;
  /** The contact for news about the order. */
  contact: ContactInput;
  /** 1 to 255 characters that identify this request, for example a UUID. The same key with a different input is an IDEMPOTENCY_CONFLICT. */
  idempotencyKey: Scalars['String']['input'];
};

/** The changed cart, or why it was not changed. */
export type CartResult = Cart | OrderRefusal;

/** Offers chosen but not ordered yet. Each account has one cart. An anonymous cart can be used by anyone who knows its id. */
export type Cart = {
  /** Unguessable. Pass it as `cart`, unless you are signed in. */
  id: Scalars['ID']['output'];
  /** The offers, oldest first. A cart takes 6. After a merge it may hold more; it can be ordered once it holds 6 or fewer. */
  items: Array<CartItem>;
};

/** An offer in a cart. It can be ordered at its price until expiresAt; after that, replace it by today's offerToken with changeCartItem. */
export type CartItem = {
  /** Its global id, as cti_01m7y... */
  id: Scalars['ID']['output'];
  /** The offer as it is on sale now, with today's price and token; null when it is no longer on sale. */
  offer?: Maybe<FareOffer>;
  /** How today's price compares with priceWhenAdded; null when the fare service does not answer. */
  change?: Maybe<CartItemChange>;
  /** The promised price for all travellers. */
  priceWhenAdded: Money;
  /** When priceWhenAdded expires. */
  expiresAt: Scalars['DateTime']['output'];
  /** Whether expiresAt has passed. */
  isExpired: Scalars['Boolean']['output'];
  /** When the offer was added to the cart. */
  addedAt: Scalars['DateTime']['output'];
  /** The travellers; null until they are given. */
  travellers?: Maybe<Array<CartTraveller>>;
};

/** How an offer's price changed since it was added to a cart. */
export type CartItemChange =
  /** The same price. */
  | 'SAME'
  /** A higher price. */
  | 'DEARER'
  /** A lower price. */
  | 'CHEAPER'
  /** No longer on sale. */
  | 'GONE';

/** A traveller on an offer in a cart. */
export type CartTraveller = {
  /** The name as on the travel document. */
  name: Scalars['String']['output'];
  /** The age on the day of departure must match the type. */
  birthDate: Scalars['Date']['output'];
  /** Which fares apply to the traveller. */
  type: TravellerType;
  /** The travel document; null if none was given. */
  document?: Maybe<OrderDocument>;
};

/** One flight on one day at one brand, priced for the whole party. */
export type FareOffer = {
  id: Scalars['ID']['output'];
  total: Money;
};

/** The contact of an order. */
export type ContactInput = {
  /** The address that the tickets are sent to. */
  email: Scalars['String']['input'];
  /** With the country code, for example +91 98765 43210. */
  phone?: InputMaybe<Scalars['String']['input']>;
};

/** The changed order, or why it was not changed. */
export type CancelOrderResult = Order | OrderRefusal;

/** What a cancellation costs, or why it is not possible. */
export type CancellationQuoteResult = CancellationQuote | OrderRefusal;

/** What a cancellation costs. */
export type CancellationQuote = {
  /** The cancellation fee: the share given in the conditions of each fare, rounded down to the currency's smallest unit. */
  fee: Money;
  /** The amount paid back. */
  refund: Money;
  /** When this quote expires; null if it does not expire. */
  validUntil?: Maybe<Scalars['DateTime']['output']>;
  /** The fee and refund of each traveller. */
  travellers: Array<TravellerQuote>;
};

/** What cancelling one traveller costs. */
export type TravellerQuote = {
  /** The traveller. */
  traveller: OrderTraveller;
  /** The part of the traveller's price that is kept. */
  fee: Money;
  /** The amount paid back. */
  refund: Money;
};

/** Which orders to list. All given conditions must hold. */
export type OrderFilter = {
  /** The order number. Case, dashes and spaces are ignored; the letter O is read as 0, I and L as 1. */
  number?: InputMaybe<Scalars['String']['input']>;
  /** Only orders with this status. */
  status?: InputMaybe<OrderStatus>;
  /** Only orders of the account with this id. */
  account?: InputMaybe<Scalars['ID']['input']>;
};

/** How a list of orders is sorted. */
export type OrderSort =
  /** Newest first. */
  | 'NEWEST'
  /** Oldest first. */
  | 'OLDEST'
  /** Earliest departure first. */
  | 'DEPARTURE';

/** A page of orders. */
export type OrderConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<OrderEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
  /** How many the whole list has, whatever the page. */
  totalCount: Scalars['Int']['output'];
};

/** One place in a list of orders, with its cursor. */
export type OrderEdge = {
  /** Stands for this place in the list. */
  cursor: Scalars['String']['output'];
  /** The order. */
  node: Order;
};

export type Account = {
  id: Scalars['ID']['output'];
  /**
   * Your personal data stored with your orders and cart, as a JSON document: contacts, travellers, flights, prices and
   * refunds. Null when the order service does not answer.
   */
  orderData?: Maybe<Scalars['String']['output']>;
  /** The account's orders, a page at a time; null when the order service does not answer. */
  orders?: Maybe<OrderConnection>;
};


export type AccountOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<OrderStatus>;
  sort?: InputMaybe<OrderSort>;
};

/** The placed order, or why none was placed. */
export type PlaceOrderResult = Order | OrderRefusal;

/** Why an operation on an order or a cart was refused. */
export type OrderRefusal = Refusal & {
  /** For programs to branch on. */
  code: OrderRefusalCode;
  /** For people to read. */
  message: Scalars['String']['output'];
  /** The offers that caused the refusal, by their index in the input or in the cart, from 0. Empty for other refusals. */
  offers: Array<Scalars['Int']['output']>;
  /** The unchanged order; for ALREADY_ON_FLIGHT, the order that already books the traveller. Null if there is none. */
  order?: Maybe<Order>;
};

/** Why an operation on an order or a cart can be refused. */
export type OrderRefusalCode =
  /** An offer has expired: see `offers`, and search again for its current price. */
  | 'OFFER_EXPIRED'
  /** The offers have different currencies: order them separately. */
  | 'MIXED_CURRENCIES'
  /** Another order of this account already books a traveller on the same flight. `offers` lists the affected offers; `order` is the earlier order, and its `actions` say whether it can be paid or cancelled. */
  | 'ALREADY_ON_FLIGHT'
  /**
   * The order would exceed the number of unpaid seats that one account, or the network of one address, may hold at a time, in all
   * or on one flight. `offers` lists the offers over the limit. Pay for an order or cancel one, or try again after its `payBy`.
   */
  | 'TOO_MANY_UNPAID_SEATS'
  /** You have no order with this id. */
  | 'NOT_FOUND'
  /** The order's current status does not allow this; the message says why. */
  | 'NOT_POSSIBLE_NOW'
  /** At least one of the fares is not refundable. */
  | 'NOT_REFUNDABLE'
  /** The fare's conditions no longer allow cancellation: its time limit has passed. */
  | 'TOO_LATE'
  /** The order or traveller is already cancelled, or the order is closed. */
  | 'ALREADY_CANCELLED'
  /** The order has no traveller with this id. */
  | 'TRAVELLER_NOT_FOUND'
  /** The remaining travellers may not travel alone: a child under 12 needs an adult, and each infant needs an adult of their own. */
  | 'COMPANION_NEEDED'
  /** The refund differs from expectedRefund: request a new quote. */
  | 'QUOTE_CHANGED'
  /** The cart is empty: add an offer first. */
  | 'CART_EMPTY'
  /** A cart or an order takes at most 6 offers: remove some, or order these first. */
  | 'CART_FULL'
  /** There is no such cart, or no such item in it: read the cart again. */
  | 'CART_NOT_FOUND'
  /** Some offers in the cart have no travellers yet: see `offers`, and set them with changeCartItem. */
  | 'TRAVELLERS_MISSING';

/** An order: its flights, travellers, payment status and history. Visible to its owner and to operators. */
export type Order = {
  /** Its global id, as ord_01m7y... */
  id: Scalars['ID']['output'];
  /** Nine characters that are easy to read aloud, for example 0X4-7QK-M2D. An order placed in a later second has a higher number. */
  number: Scalars['String']['output'];
  /** The current status. */
  status: OrderStatus;
  /** The total price of all items. */
  total: Money;
  /** The ordered flights. */
  items: Array<OrderItem>;
  /** The contact for news about the order; null once the account is deleted. */
  contact?: Maybe<OrderContact>;
  /** When it was placed. */
  placedAt: Scalars['DateTime']['output'];
  /** Payment deadline: 15 minutes after placing, as few as 5 after earlier unpaid orders. The order then closes and its seats are released. */
  payBy: Scalars['DateTime']['output'];
  /** The tickets: one for each traveller of each item once the order is TICKETED. */
  tickets: Array<Ticket>;
  /** The mails about the order, in the sequence of an order's life. */
  mails: Array<OrderMail>;
  /** The history of the order, from the first step to the last. */
  timeline: Array<OrderTimelineEntry>;
  /** What its owner may do with it now. */
  actions: Array<OrderAction>;
};

/** The status of an order. */
export type OrderStatus =
  /** Placed; its seats are being held. */
  | 'PENDING'
  /** Its seats are held; it can be paid until payBy. */
  | 'AWAITING_PAYMENT'
  /** Paid; its tickets are being issued. */
  | 'PAID'
  /** Every traveller has a ticket. */
  | 'TICKETED'
  /** Not paid in time, or cancelled before payment; its seats are being released. */
  | 'CLOSING'
  /** Closed for good; its seats are released. */
  | 'CLOSED'
  /** The seats could not be held; nothing was charged. */
  | 'REJECTED'
  /** The refund is on its way. */
  | 'REFUNDING'
  /** The refund is paid. */
  | 'REFUNDED';

/** What the owner may do with an order. */
export type OrderAction =
  /** startPayment, until payBy. */
  | 'PAY'
  /** cancelOrder: free before payment; after ticketing the fare conditions apply, see cancellationQuote. */
  | 'CANCEL';

/** One flight of an order, with its promised price and conditions. */
export type OrderItem = {
  /** Its id within the order. */
  id: Scalars['ID']['output'];
  /** The cabin of every flight. */
  cabin: Cabin;
  /** What the fare includes beyond the seat. */
  brand: Brand;
  /** Whether and how a ticket can be refunded, as promised when it was ordered. */
  conditions: FareConditions;
  /** The journey, one slice for each direction. */
  slices: Array<OrderSlice>;
  /** The price for all its travellers. */
  total: Money;
  /** Its travellers, including cancelled ones. */
  travellers: Array<OrderTraveller>;
};

/** One direction of an ordered journey. */
export type OrderSlice = {
  /** The departure airport. */
  origin: Airport;
  /** The final arrival airport. */
  destination: Airport;
  /** Local time at the origin, with its offset. */
  departure: Scalars['DateTime']['output'];
  /** Local time at the destination, with its offset. */
  arrival: Scalars['DateTime']['output'];
  /** The intermediate stops in sequence; empty when non-stop. */
  stops: Array<Airport>;
  /** The airline's two-character IATA code. */
  carrier: Scalars['String']['output'];
  /** The number after the carrier's code, as filed; null when the fare was filed without one. */
  flightNumber?: Maybe<Scalars['String']['output']>;
};

/** One person on one item: one ticket. */
export type OrderTraveller = {
  /** Its id within the order; pass it to cancelOrder and cancellationQuote. */
  id: Scalars['ID']['output'];
  /** Null once the account is deleted. */
  name?: Maybe<Scalars['String']['output']>;
  /** Null once the account is deleted. */
  birthDate?: Maybe<Scalars['Date']['output']>;
  /** Which fares apply to the traveller. */
  type: TravellerType;
  /** The travel document; null if none was given. */
  document?: Maybe<OrderDocument>;
  /** The traveller's share of the price. */
  price: Money;
  /** Whether the traveller was cancelled. */
  isCancelled: Scalars['Boolean']['output'];
  /** The traveller's ticket; null until it is issued. */
  ticket?: Maybe<Ticket>;
};

/** A traveller's passport or identity card. */
export type OrderDocument = {
  /** The kind of document. */
  kind: OrderDocumentKind;
  /** Letters and digits. */
  number: Scalars['String']['output'];
  /** The two-letter ISO 3166 code of the country that issued it. */
  country: Scalars['String']['output'];
  /** The last day of validity. */
  expiresOn: Scalars['Date']['output'];
};

/** The contact of an order. */
export type OrderContact = {
  /** The address that the tickets are sent to. */
  email: Scalars['String']['output'];
  /** With the country code; null if none was given. */
  phone?: Maybe<Scalars['String']['output']>;
};

/** A traveller's electronic ticket. */
export type Ticket = {
  /** Its id. */
  id: Scalars['ID']['output'];
  /** The airline's three-digit code and ten more digits. */
  number: Scalars['String']['output'];
  /** Whether it is valid for travel. */
  status: TicketStatus;
  /** The traveller it was issued for. */
  traveller: OrderTraveller;
  /** The URL of its page. Anyone with this URL can see the ticket. */
  pageUrl: Scalars['String']['output'];
  /** The URL of its PDF. Anyone with this URL can see the ticket. */
  pdfUrl: Scalars['String']['output'];
  /** When it was issued. */
  issuedAt: Scalars['DateTime']['output'];
  /** When it was voided; null while it is valid. */
  cancelledAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Whether a ticket is valid for travel. */
export type TicketStatus =
  /** Valid for travel. */
  | 'ISSUED'
  /** No longer valid: its traveller was cancelled. */
  | 'VOID';

/** A mail about an order. */
export type OrderMail = {
  /** What the mail is about. */
  kind: OrderMailKind;
  /** Whether it was sent. */
  state: OrderMailState;
  /** When the mail server accepted it; null before. */
  sentAt?: Maybe<Scalars['DateTime']['output']>;
};

/** What a mail is about. */
export type OrderMailKind =
  /** The payment has arrived. */
  | 'PAID'
  /** The tickets are issued and attached. */
  | 'TICKETED'
  /** The order is closed. */
  | 'CLOSED'
  /** The seats could not be held. */
  | 'REJECTED'
  /**
   * A payment was paid back in full or in part, but the order did not end in REFUNDED: for cancelled travellers, or for
   * a payment that could not be accepted. One mail for each refund.
   */
  | 'PARTLY_REFUNDED'
  /** The refund is paid. */
  | 'REFUNDED';

/** The delivery status of a mail. */
export type OrderMailState =
  /** Waiting to be sent, or to be sent again. */
  | 'DUE'
  /** The mail server accepted it. */
  | 'SENT'
  /** Given up: the address does not accept it, or the account was deleted. */
  | 'NOT_SENT';

/** One step in an order's history. */
export type OrderTimelineEntry = {
  /** What happened. */
  step: OrderStep;
  /** The order's status after this step. */
  status: OrderStatus;
  /** The event that caused it, for example stock.held, or the person or process that did it. */
  cause: Scalars['String']['output'];
  /** The reason, if there is more to say. */
  because?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** The trace id: 32 hexadecimal digits. Null if a worker did it on a schedule. */
  traceId?: Maybe<Scalars['String']['output']>;
};

/** What can happen to an order. */
export type OrderStep =
  /** The order was placed. */
  | 'PLACED'
  /** All its seats are held. */
  | 'SEATS_HELD'
  /** The seats could not be held. */
  | 'SEATS_REFUSED'
  /** The seats were not held in time. */
  | 'HOLD_OVERDUE'
  /** A payment failed. */
  | 'PAYMENT_FAILED'
  /** The order is paid. */
  | 'PAID'
  /** The order was not paid in time. */
  | 'PAYMENT_OVERDUE'
  /** The payment arrived after the order had ended: it is paid back. */
  | 'PAID_TOO_LATE'
  /** An unexpected payment is paid back: a second one, or one with the wrong amount. */
  | 'PAYMENT_SENT_BACK'
  /** The seats are released. */
  | 'SEATS_RELEASED'
  /** Every traveller has a ticket. */
  | 'TICKETED'
  /** No tickets could be issued: the payment is refunded. */
  | 'TICKETING_FAILED'
  /** The order was cancelled. */
  | 'CANCELLED'
  /** Some travellers were cancelled. */
  | 'PARTLY_CANCELLED'
  /** The tickets of the cancelled travellers are void: their refund and the release of their seats begin. */
  | 'TICKETS_TAKEN_BACK'
  /** Sold seats are released. */
  | 'SEATS_RETURNED'
  /** Part of the payment, or another payment, is paid back. */
  | 'PARTLY_REFUNDED'
  /** Everything due is paid back. */
  | 'REFUNDED';

/** Who travels, as fares tell them apart. */
export type TravellerType =
  /** 12 years or older on the day of departure. */
  | 'ADULT'
  /** 2 to 11 years old, on a seat. */
  | 'CHILD'
  /** Under 2 years old, on an adult's lap: one for each adult at most. */
  | 'INFANT';

/** An exact amount of money in one currency. Amounts in different currencies are never added or compared. */
export type Money = {
  /** The amount in the currency's own decimals. */
  amount: Scalars['Decimal']['output'];
  /** The currency of the amount. */
  currency: Scalars['CurrencyCode']['output'];
};

/** Where a page stands in its list: pass endCursor as `after` to get the next page, or startCursor as `before` to get the one before. */
export type PageInfo = {
  /** Whether another page follows this one. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether another page is before this one. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge on this page; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
  /** The cursor of the last edge on this page; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** Why an operation was refused, in words. Each refusal type adds a `code` to branch on, with an enum of its own. */
export type Refusal = {
  /** For people to read. */
  message: Scalars['String']['output'];
};

/** The class of service a fare is sold in. */
export type Cabin =
  /** Economy class. */
  | 'ECONOMY'
  /** Premium economy class. */
  | 'PREMIUM_ECONOMY'
  /** Business class. */
  | 'BUSINESS'
  /** First class. */
  | 'FIRST';

/** What a fare includes beyond the seat. */
export type Brand =
  /** The lowest price; not refundable. */
  | 'LIGHT'
  /** Refundable at a fee until a day before departure. */
  | 'STANDARD'
  /** Refundable without a fee until departure. */
  | 'FLEX';

/** The refund conditions of a ticket of this fare. */
export type FareConditions = {
  /** Whether a ticket of this fare can be refunded. */
  refundable: Scalars['Boolean']['output'];
  /** The part of the price that a refund keeps, in per cent; null when not refundable. */
  refundFeePercent?: Maybe<Scalars['Int']['output']>;
  /** The number of hours before departure until which a refund can be requested; null when not refundable. */
  refundableUntilHours?: Maybe<Scalars['Int']['output']>;
  /** The carrier's own remark on the fare, as filed. */
  note?: Maybe<Scalars['String']['output']>;
};

/** An airport. Its name, city and zone come with every answer that names it. */
export type Airport = {
  /** Its three-letter IATA code. */
  code: Scalars['AirportCode']['output'];
  /** Its English name. */
  name: Scalars['String']['output'];
  /** The city it serves. */
  city: Scalars['String']['output'];
  /** The two-letter ISO 3166 code of its country. */
  country: Scalars['String']['output'];
  /** Its IANA time zone, as Asia/Kolkata. */
  timeZone: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  CartItem: CartItem;
  Account: Account;
  Order: Order;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  CartItem:
    ( { __typename: 'CartItem' }
    & GraphQLRecursivePick<FederationTypes['CartItem'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['CartItem'], {"offer":{"total":{"amount":true,"currency":true}}}> ) );
  Account:
    ( { __typename: 'Account' }
    & GraphQLRecursivePick<FederationTypes['Account'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CartResult:
    | ( CartSource )
    | ( OrderRefusalSource )
  ;
  CancelOrderResult:
    | ( OrderSource )
    | ( OrderRefusalSource )
  ;
  CancellationQuoteResult:
    | ( CancellationQuoteSource )
    | ( OrderRefusalSource )
  ;
  PlaceOrderResult:
    | ( OrderSource )
    | ( OrderRefusalSource )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Refusal: ( OrderRefusalSource );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PlaceOrderInput: PlaceOrderInput;
  OrderedOfferInput: OrderedOfferInput;
  OrderTravellerInput: OrderTravellerInput;
  OrderDocumentInput: OrderDocumentInput;
  OrderDocumentKind: OrderDocumentKind;
  CheckoutInput: CheckoutInput;
  CartResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CartResult']>;
  Cart: ResolverTypeWrapper<CartSource>;
  CartItem: ResolverTypeWrapper<CartItemSource>;
  CartItemChange: CartItemChange;
  CartTraveller: ResolverTypeWrapper<CartTraveller>;
  FareOffer: ResolverTypeWrapper<FareOfferSource>;
  ContactInput: ContactInput;
  CancelOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelOrderResult']>;
  CancellationQuoteResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancellationQuoteResult']>;
  CancellationQuote: ResolverTypeWrapper<CancellationQuoteSource>;
  TravellerQuote: ResolverTypeWrapper<Omit<TravellerQuote, 'traveller'> & { traveller: ResolversTypes['OrderTraveller'] }>;
  OrderFilter: OrderFilter;
  OrderSort: OrderSort;
  OrderConnection: ResolverTypeWrapper<OrderConnectionSource>;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  Account: ResolverTypeWrapper<AccountSource>;
  PlaceOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PlaceOrderResult']>;
  OrderRefusal: ResolverTypeWrapper<OrderRefusalSource>;
  OrderRefusalCode: OrderRefusalCode;
  Order: ResolverTypeWrapper<OrderSource>;
  OrderStatus: OrderStatus;
  OrderAction: OrderAction;
  OrderItem: ResolverTypeWrapper<OrderItemSource>;
  OrderSlice: ResolverTypeWrapper<OrderSliceSource>;
  OrderTraveller: ResolverTypeWrapper<OrderTravellerSource>;
  OrderDocument: ResolverTypeWrapper<OrderDocument>;
  OrderContact: ResolverTypeWrapper<OrderContact>;
  Ticket: ResolverTypeWrapper<TicketSource>;
  TicketStatus: TicketStatus;
  OrderMail: ResolverTypeWrapper<OrderMailSource>;
  OrderMailKind: OrderMailKind;
  OrderMailState: OrderMailState;
  OrderTimelineEntry: ResolverTypeWrapper<OrderTimelineEntrySource>;
  OrderStep: OrderStep;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  TravellerType: TravellerType;
  Money: ResolverTypeWrapper<Money>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  Cabin: Cabin;
  Brand: Brand;
  FareConditions: ResolverTypeWrapper<FareConditions>;
  Airport: ResolverTypeWrapper<AirportSource>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  AirportCode: ResolverTypeWrapper<Scalars['AirportCode']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  PlaceOrderInput: PlaceOrderInput;
  OrderedOfferInput: OrderedOfferInput;
  OrderTravellerInput: OrderTravellerInput;
  OrderDocumentInput: OrderDocumentInput;
  CheckoutInput: CheckoutInput;
  CartResult: ResolversUnionTypes<ResolversParentTypes>['CartResult'];
  Cart: CartSource;
  CartItem: CartItemSource;
  CartTraveller: CartTraveller;
  FareOffer: FareOfferSource;
  ContactInput: ContactInput;
  CancelOrderResult: ResolversUnionTypes<ResolversParentTypes>['CancelOrderResult'];
  CancellationQuoteResult: ResolversUnionTypes<ResolversParentTypes>['CancellationQuoteResult'];
  CancellationQuote: CancellationQuoteSource;
  TravellerQuote: Omit<TravellerQuote, 'traveller'> & { traveller: ResolversParentTypes['OrderTraveller'] };
  OrderFilter: OrderFilter;
  OrderConnection: OrderConnectionSource;
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  Account: AccountSource;
  PlaceOrderResult: ResolversUnionTypes<ResolversParentTypes>['PlaceOrderResult'];
  OrderRefusal: OrderRefusalSource;
  Order: OrderSource;
  OrderItem: OrderItemSource;
  OrderSlice: OrderSliceSource;
  OrderTraveller: OrderTravellerSource;
  OrderDocument: OrderDocument;
  OrderContact: OrderContact;
  Ticket: TicketSource;
  OrderMail: OrderMailSource;
  OrderTimelineEntry: OrderTimelineEntrySource;
  Decimal: Scalars['Decimal']['output'];
  Date: Scalars['Date']['output'];
  Money: Money;
  DateTime: Scalars['DateTime']['output'];
  PageInfo: PageInfo;
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  FareConditions: FareConditions;
  Airport: AirportSource;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  AirportCode: Scalars['AirportCode']['output'];
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type AccessDirectiveArgs = {
  to?: Maybe<Scalars['String']['input']>;
  roles?: Maybe<Array<Scalars['String']['input']>>;
  scopes?: Maybe<Array<Scalars['String']['input']>>;
};

export type AccessDirectiveResolver<Result, Parent, ContextType = Context, Args = AccessDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CacheControlDirectiveArgs = {
  maxAge?: Maybe<Scalars['Int']['input']>;
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType, Partial<QueryCartArgs>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, Partial<QueryOrdersArgs>>;
  cancellationQuote?: Resolver<Maybe<ResolversTypes['CancellationQuoteResult']>, ParentType, ContextType, RequireFields<QueryCancellationQuoteArgs, 'orderId'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addToCart?: Resolver<Maybe<ResolversTypes['CartResult']>, ParentType, ContextType, RequireFields<MutationAddToCartArgs, 'token'>>;
  changeCartItem?: Resolver<Maybe<ResolversTypes['CartResult']>, ParentType, ContextType, RequireFields<MutationChangeCartItemArgs, 'item'>>;
  removeFromCart?: Resolver<Maybe<ResolversTypes['CartResult']>, ParentType, ContextType, RequireFields<MutationRemoveFromCartArgs, 'item'>>;
  claimCart?: Resolver<Maybe<ResolversTypes['CartResult']>, ParentType, ContextType, RequireFields<MutationClaimCartArgs, 'cart'>>;
  checkout?: Resolver<Maybe<ResolversTypes['PlaceOrderResult']>, ParentType, ContextType, RequireFields<MutationCheckoutArgs, 'input'>>;
  cancelOrder?: Resolver<Maybe<ResolversTypes['CancelOrderResult']>, ParentType, ContextType, RequireFields<MutationCancelOrderArgs, 'orderId'>>;
  placeOrder?: Resolver<Maybe<ResolversTypes['PlaceOrderResult']>, ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
};

export type CartResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartResult'] = ResolversParentTypes['CartResult']> = {
  __resolveType: TypeResolveFn<'Cart' | 'OrderRefusal', ParentType, ContextType>;
};

export type CartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['CartItem']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CartItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartItem'] = ResolversParentTypes['CartItem'], FederationReferenceType extends FederationReferenceTypes['CartItem'] = FederationReferenceTypes['CartItem']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['CartItem']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offer?: Resolver<Maybe<ResolversTypes['FareOffer']>, ParentType, ContextType>;
  change?: Resolver<Maybe<ResolversTypes['CartItemChange']>, ParentType, ContextType>;
  priceWhenAdded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isExpired?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  addedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  travellers?: Resolver<Maybe<Array<ResolversTypes['CartTraveller']>>, ParentType, ContextType>;
};

export type CartTravellerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartTraveller'] = ResolversParentTypes['CartTraveller']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  birthDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['TravellerType'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['OrderDocument']>, ParentType, ContextType>;
};

export type FareOfferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareOffer'] = ResolversParentTypes['FareOffer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CancelOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelOrderResult'] = ResolversParentTypes['CancelOrderResult']> = {
  __resolveType: TypeResolveFn<'Order' | 'OrderRefusal', ParentType, ContextType>;
};

export type CancellationQuoteResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancellationQuoteResult'] = ResolversParentTypes['CancellationQuoteResult']> = {
  __resolveType: TypeResolveFn<'CancellationQuote' | 'OrderRefusal', ParentType, ContextType>;
};

export type CancellationQuoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancellationQuote'] = ResolversParentTypes['CancellationQuote']> = {
  fee?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refund?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  travellers?: Resolver<Array<ResolversTypes['TravellerQuote']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TravellerQuoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TravellerQuote'] = ResolversParentTypes['TravellerQuote']> = {
  traveller?: Resolver<ResolversTypes['OrderTraveller'], ParentType, ContextType>;
  fee?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refund?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orderData?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<AccountOrdersArgs, 'sort'>>;
};

export type PlaceOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlaceOrderResult'] = ResolversParentTypes['PlaceOrderResult']> = {
  __resolveType: TypeResolveFn<'Order' | 'OrderRefusal', ParentType, ContextType>;
};

export type OrderRefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderRefusal'] = ResolversParentTypes['OrderRefusal']> = {
  code?: Resolver<ResolversTypes['OrderRefusalCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  items?: Resolver<Array<ResolversTypes['OrderItem']>, ParentType, ContextType>;
  contact?: Resolver<Maybe<ResolversTypes['OrderContact']>, ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  payBy?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  mails?: Resolver<Array<ResolversTypes['OrderMail']>, ParentType, ContextType>;
  timeline?: Resolver<Array<ResolversTypes['OrderTimelineEntry']>, ParentType, ContextType>;
  actions?: Resolver<Array<ResolversTypes['OrderAction']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderItem'] = ResolversParentTypes['OrderItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  cabin?: Resolver<ResolversTypes['Cabin'], ParentType, ContextType>;
  brand?: Resolver<ResolversTypes['Brand'], ParentType, ContextType>;
  conditions?: Resolver<ResolversTypes['FareConditions'], ParentType, ContextType>;
  slices?: Resolver<Array<ResolversTypes['OrderSlice']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  travellers?: Resolver<Array<ResolversTypes['OrderTraveller']>, ParentType, ContextType>;
};

export type OrderSliceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderSlice'] = ResolversParentTypes['OrderSlice']> = {
  origin?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  destination?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  departure?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  arrival?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  stops?: Resolver<Array<ResolversTypes['Airport']>, ParentType, ContextType>;
  carrier?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  flightNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderTravellerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderTraveller'] = ResolversParentTypes['OrderTraveller']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  birthDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['TravellerType'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['OrderDocument']>, ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  isCancelled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ticket?: Resolver<Maybe<ResolversTypes['Ticket']>, ParentType, ContextType>;
};

export type OrderDocumentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderDocument'] = ResolversParentTypes['OrderDocument']> = {
  kind?: Resolver<ResolversTypes['OrderDocumentKind'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type OrderContactResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderContact'] = ResolversParentTypes['OrderContact']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TicketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Ticket'] = ResolversParentTypes['Ticket']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TicketStatus'], ParentType, ContextType>;
  traveller?: Resolver<ResolversTypes['OrderTraveller'], ParentType, ContextType>;
  pageUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pdfUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  issuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cancelledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type OrderMailResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderMail'] = ResolversParentTypes['OrderMail']> = {
  kind?: Resolver<ResolversTypes['OrderMailKind'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['OrderMailState'], ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type OrderTimelineEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderTimelineEntry'] = ResolversParentTypes['OrderTimelineEntry']> = {
  step?: Resolver<ResolversTypes['OrderStep'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  because?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  traceId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'OrderRefusal', ParentType, ContextType>;
};

export type FareConditionsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareConditions'] = ResolversParentTypes['FareConditions']> = {
  refundable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  refundFeePercent?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  refundableUntilHours?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AirportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Airport'] = ResolversParentTypes['Airport']> = {
  code?: Resolver<ResolversTypes['AirportCode'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface AirportCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['AirportCode'], any> {
  name: 'AirportCode';
}

export type Resolvers<ContextType = Context> = {
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  CartResult?: CartResultResolvers<ContextType>;
  Cart?: CartResolvers<ContextType>;
  CartItem?: CartItemResolvers<ContextType>;
  CartTraveller?: CartTravellerResolvers<ContextType>;
  FareOffer?: FareOfferResolvers<ContextType>;
  CancelOrderResult?: CancelOrderResultResolvers<ContextType>;
  CancellationQuoteResult?: CancellationQuoteResultResolvers<ContextType>;
  CancellationQuote?: CancellationQuoteResolvers<ContextType>;
  TravellerQuote?: TravellerQuoteResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  PlaceOrderResult?: PlaceOrderResultResolvers<ContextType>;
  OrderRefusal?: OrderRefusalResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderItem?: OrderItemResolvers<ContextType>;
  OrderSlice?: OrderSliceResolvers<ContextType>;
  OrderTraveller?: OrderTravellerResolvers<ContextType>;
  OrderDocument?: OrderDocumentResolvers<ContextType>;
  OrderContact?: OrderContactResolvers<ContextType>;
  Ticket?: TicketResolvers<ContextType>;
  OrderMail?: OrderMailResolvers<ContextType>;
  OrderTimelineEntry?: OrderTimelineEntryResolvers<ContextType>;
  Decimal?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  FareConditions?: FareConditionsResolvers<ContextType>;
  Airport?: AirportResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  AirportCode?: GraphQLScalarType;
};

export type DirectiveResolvers<ContextType = Context> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
