// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { OrderSource, OrderConnectionSource, OrderItemSource, OrderTravellerSource, OrderSliceSource, TicketSource, OrderMailSource, OrderTimelineEntrySource, OrderRefusalSource, CancellationQuoteSource, CartSource, CartItemSource, FareOfferSource, AccountSource, AirportSource } from './sources.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  Date: { input: string; output: string; }
  DateTime: { input: string; output: string; }
  Decimal: { input: string; output: string; }
  CurrencyCode: { input: string; output: string; }
  AirportCode: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

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

/** Who travels, as fares tell them apart. */
export type TravellerType =
  /** 12 years or older on the day of departure. */
  | 'ADULT'
  /** 2 to 11 years old, on a seat. */
  | 'CHILD'
  /** Under 2 years old, on an adult's lap: one for each adult at most. */
  | 'INFANT';

/** What may be done with a ticket of this fare later. */
export type FareConditions = {
  /** Whether a ticket of this fare can be refunded. */
  refundable: Scalars['Boolean']['output'];
  /** What a refund keeps, in per cent of the price; null when not refundable. */
  refundFeePercent?: Maybe<Scalars['Int']['output']>;
  /** Until how many hours before departure a refund may be asked for; null when not refundable. */
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

export type Query = {
  /** Your cart, or an anonymous one by its id; null where there is none. Prices are those of now. */
  cart?: Maybe<Cart>;
  /** An order of yours; null where you have none of this id. An OPERATOR sees anybody's. Needs a signed-in account. */
  order?: Maybe<Order>;
  /** A ticket's document, or the page that says that there is none. For the gateway alone. */
  ticketDocument?: Maybe<TicketDocument>;
  /** Orders of anybody, the newest first, a page at a time. Needs the role OPERATOR. */
  orders?: Maybe<OrderConnection>;
  /**
   * What it costs to cancel an order of yours, or some travellers of it, now; null where you have none of this id.
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


export type QueryTicketDocumentArgs = {
  token: Scalars['String']['input'];
  format: TicketFormat;
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
  /** Puts an offer into your cart, or into an anonymous one; without `cart` and without an account it makes a new one: keep its id. */
  addToCart?: Maybe<CartResult>;
  /** Says who travels on an offer in a cart, or puts another offer in its place, as today's for one whose time is over. */
  changeCartItem?: Maybe<CartResult>;
  /** Takes an offer out of a cart. */
  removeFromCart?: Maybe<CartResult>;
  /** Moves all that an anonymous cart has into yours, as after signing in; it can be done again. Needs a signed-in account. */
  claimCart?: Maybe<CartResult>;
  /**
   * Orders all that is in your cart, as placeOrder does, and empties it. Asking again with the same key gives the same
   * order. Needs a signed-in account.
   */
  checkout?: Maybe<PlaceOrderResult>;
  /**
   * Cancels an order of yours, or some travellers of it. Free before it is paid; once it is TICKETED by the conditions of
   * their fares, as cancellationQuote says: the tickets are taken back first, then the money is on its way.
   * Needs a signed-in account.
   */
  cancelOrder?: Maybe<CancelOrderResult>;
  /**
   * Orders offers: all of them or none. The order is PENDING at once, and AWAITING_PAYMENT as soon as its seats are held;
   * watch `order(id)`. Asking again with the same key gives the same order. Needs a signed-in account.
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

/** What is ordered, and who is told of it. */
export type PlaceOrderInput = {
  /** 1 to 6 offers of one currency, each with those who travel on it. */
  offers: Array<OrderedOfferInput>;
  /** Who is told how the order goes. */
  contact: ContactInput;
  /** 1 to 255 characters that stand for this intent, as a UUID. The same key with another input is IDEMPOTENCY_CONFLICT. */
  idempotencyKey: Scalars['String']['input'];
};

/** One offer to order, with those who travel on it. */
export type OrderedOfferInput = {
  /** The offer's offerToken, as it is. */
  token: Scalars['String']['input'];
  /** As many of each type as the offer is for. */
  travellers: Array<OrderTravellerInput>;
};

/** Somebody who travels. */
export type OrderTravellerInput = {
  /**
   * As on the travel document: 1 to 100 characters. Invisible characters are removed, control characters refused. A ticket
   * has the last word as the family name; Chinese, Korean and Japanese names begin with it.
   */
  name: Scalars['String']['input'];
  /** Today or earlier; it decides the type on the day of departure. */
  birthDate: Scalars['Date']['input'];
  /** Which fares apply to the traveller. */
  type: TravellerType;
  /** What they travel with, where that is known already. */
  document?: InputMaybe<OrderDocumentInput>;
};

/** A document that somebody travels with. */
export type OrderDocumentInput = {
  /** Whether it is a passport or an identity card. */
  kind: OrderDocumentKind;
  /** 5 to 20 letters and digits. */
  number: Scalars['String']['input'];
  /** The two-letter ISO 3166 code of the country that issued it. */
  country: Scalars['String']['input'];
  /** Not before the day of departure. */
  expiresOn: Scalars['Date']['input'];
};

/** What kind of document somebody travels with. */
export type OrderDocumentKind =
  /** A passport. */
  | 'PASSPORT'
  /** A national identity card. */
  | 'IDENTITY_CARD';

/** What is ordered from a cart, and who is told of it. */
export type CheckoutInput = {
  /** An anonymous cart to take over first; yours alone when it is left out. */
  cart?: InputMaybe<Scalars['ID']['input']>;
  /** Who is told how the order goes. */
  contact: ContactInput;
  /** 1 to 255 characters that stand for this intent, as a UUID. The same key with another input is IDEMPOTENCY_CONFLICT. */
  idempotencyKey: Scalars['String']['input'];
};

/** The cart as it is from now on, or why it stays as it was. */
export type CartResult = Cart | OrderRefusal;

/** What somebody thinks of ordering. An account has one; without an account whoever knows its id may use it. */
export type Cart = {
  /** Unguessable; hand it back as `cart`, unless you are signed in. */
  id: Scalars['ID']['output'];
  /** The offers in it, the first that was put in first. It takes 6; one that another has moved into may have more, and is ordered once it has no more than 6. */
  items: Array<CartItem>;
};

/** An offer in a cart. It can be ordered at its price until expiresAt; then put today's offerToken in its place with changeCartItem. */
export type CartItem = {
  /** Its global id, as cti_01m7y... */
  id: Scalars['ID']['output'];
  /** The offer as it is on sale now, with today's price and token; null when it is not on sale any more. */
  offer?: Maybe<FareOffer>;
  /** How today's price stands to the one it was put in at; null when the fare service does not answer. */
  change?: Maybe<CartItemChange>;
  /** The sum over its travellers as it was promised. */
  priceWhenAdded: Money;
  /** Until when it can be ordered at that price. */
  expiresAt: Scalars['DateTime']['output'];
  /** Whether that time is over. */
  isExpired: Scalars['Boolean']['output'];
  /** When it was put in. */
  addedAt: Scalars['DateTime']['output'];
  /** Who travels; null while nobody has said so. */
  travellers?: Maybe<Array<CartTraveller>>;
};

/** What became of an offer's price since it was put into a cart. */
export type CartItemChange =
  /** The same price. */
  | 'SAME'
  /** A higher price. */
  | 'DEARER'
  /** A lower price. */
  | 'CHEAPER'
  /** Not on sale any more. */
  | 'GONE';

/** Somebody who is to travel. */
export type CartTraveller = {
  /** As on the document the traveller travels with. */
  name: Scalars['String']['output'];
  /** It decides the type on the day of departure. */
  birthDate: Scalars['Date']['output'];
  /** Which fares apply to the traveller. */
  type: TravellerType;
  /** What they travel with, where it was given. */
  document?: Maybe<OrderDocument>;
};

/** One flight on one day at one brand, priced for the whole party. */
export type FareOffer = {
  id: Scalars['ID']['output'];
  total: Money;
};

/** Who is told of an order. */
export type ContactInput = {
  /** Where the tickets are sent. */
  email: Scalars['String']['input'];
  /** With the country's code, as +91 98765 43210. */
  phone?: InputMaybe<Scalars['String']['input']>;
};

/** The order as it is from now on, or why it stays as it was. */
export type CancelOrderResult = Order | OrderRefusal;

/** What a cancellation costs, or why there can be none. */
export type CancellationQuoteResult = CancellationQuote | OrderRefusal;

/** What a cancellation costs. */
export type CancellationQuote = {
  /** What is kept: the share that the conditions of each fare name, rounded down to the currency's smallest unit. */
  fee: Money;
  /** What goes back. */
  refund: Money;
  /** Until when this holds; null where nothing bounds it. */
  validUntil?: Maybe<Scalars['DateTime']['output']>;
  /** What it comes to for each of them. */
  travellers: Array<TravellerQuote>;
};

/** What cancelling one traveller costs. */
export type TravellerQuote = {
  /** Who it is about. */
  traveller: OrderTraveller;
  /** What is kept of their price. */
  fee: Money;
  /** What goes back. */
  refund: Money;
};

/** Which orders to list; every condition given must hold. */
export type OrderFilter = {
  /** As somebody read it aloud: case, dashes and blanks do not matter. */
  number?: InputMaybe<Scalars['String']['input']>;
  /** Only those that stand there. */
  status?: InputMaybe<OrderStatus>;
  /** Of one account, by its id. */
  account?: InputMaybe<Scalars['ID']['input']>;
};

/** The order of a list of orders. */
export type OrderSort =
  /** Placed last first. */
  | 'NEWEST'
  /** Placed first first. */
  | 'OLDEST'
  /** The earliest departure first. */
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
   * What is stored of you with your orders and your cart, as a JSON document: contacts, travellers, flights, prices and refunds.
   * Null when the order service does not answer.
   */
  orderData?: Maybe<Scalars['String']['output']>;
  /** Its orders, a page at a time; null when the order service does not answer. */
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

/** The order, or why there is none. */
export type PlaceOrderResult = Order | OrderRefusal;

/** Why an operation was refused, in words. Each refusal type adds a `code` to branch on, with an enum of its own. */
export type Refusal = {
  /** For people to read. */
  message: Scalars['String']['output'];
};

/** Why an order's matter was refused. */
export type OrderRefusal = Refusal & {
  /** For programs to branch on. */
  code: OrderRefusalCode;
  /** For people to read. */
  message: Scalars['String']['output'];
  /** The offers that are to blame, by their place in the input or in the cart, from 0; empty for other refusals. */
  offers: Array<Scalars['Int']['output']>;
  /** The order as it is, and for ALREADY_ON_FLIGHT the one that has the traveller; null where there is none. */
  order?: Maybe<Order>;
};

/** Why an order's matter can be refused. */
export type OrderRefusalCode =
  /** The time of an offer is over: see `offers`, and search again for its price of now. */
  | 'OFFER_EXPIRED'
  /** The offers have different currencies: order them apart. */
  | 'MIXED_CURRENCIES'
  /** Another order of this account already books a traveller on the same flight. `offers` lists the affected offers; `order` is the earlier order, and its `actions` say whether it can be paid or cancelled. */
  | 'ALREADY_ON_FLIGHT'
  /**
   * The order would exceed the number of unpaid seats that one account, or the network of one address, may hold at a time, in all
   * or on one flight. `offers` lists the offers over the limit. Pay for an order or cancel one, or try again after its `payBy`.
   */
  | 'TOO_MANY_UNPAID_SEATS'
  /** You have no order of this id. */
  | 'NOT_FOUND'
  /** What the order is now does not allow it; the message says why. */
  | 'NOT_POSSIBLE_NOW'
  /** A fare among them is not refundable. */
  | 'NOT_REFUNDABLE'
  /** The time to cancel by the conditions of the fare is over. */
  | 'TOO_LATE'
  /** This is cancelled or closed already. */
  | 'ALREADY_CANCELLED'
  /** The order has no traveller of this id. */
  | 'TRAVELLER_NOT_FOUND'
  /** Those who would be left may not travel alone: nobody under 12 without an adult, no infant without one of their own. */
  | 'COMPANION_NEEDED'
  /** The refund is another than the one you expect: ask for a new quote. */
  | 'QUOTE_CHANGED'
  /** There is nothing in this cart: put an offer in first. */
  | 'CART_EMPTY'
  /** A cart takes 6 offers, and an order no more: take some out, or order these first. */
  | 'CART_FULL'
  /** There is no such cart, or no such item in it: look at it again. */
  | 'CART_NOT_FOUND'
  /** The cart does not say yet who travels: see `offers`, and say so with changeCartItem. */
  | 'TRAVELLERS_MISSING';

/** An order: what was promised, who travels, and how it goes. Only its owner can see it, and operators. */
export type Order = {
  /** Its global id, as ord_01m7y... */
  id: Scalars['ID']['output'];
  /** Nine characters to read aloud, as 0X4-7QK-M2D; an order of a later second has a later number. */
  number: Scalars['String']['output'];
  /** Where it stands. */
  status: OrderStatus;
  /** The sum over all items. */
  total: Money;
  /** The flights, as they were ordered. */
  items: Array<OrderItem>;
  /** Who is told how it goes; null once the account is deleted. */
  contact?: Maybe<OrderContact>;
  /** When it was placed. */
  placedAt: Scalars['DateTime']['output'];
  /** Payment deadline: 15 minutes after placing, as few as 5 after earlier unpaid orders. The order then closes and its seats are released. */
  payBy: Scalars['DateTime']['output'];
  /** The tickets: one for each traveller of each item once it is TICKETED. */
  tickets: Array<Ticket>;
  /** What was told by mail, in the order of an order's life. */
  mails: Array<OrderMail>;
  /** What happened to it, from the first step to the last. */
  timeline: Array<OrderTimelineEntry>;
  /** What may be done with it now. */
  actions: Array<OrderAction>;
};

/** Where an order stands. */
export type OrderStatus =
  /** Placed; its seats are being held. */
  | 'PENDING'
  /** Its seats are held; it may be paid until payBy. */
  | 'AWAITING_PAYMENT'
  /** Paid; its tickets are being issued. */
  | 'PAID'
  /** Everybody has a ticket. */
  | 'TICKETED'
  /** Not paid in time, or cancelled before: its seats are going back. */
  | 'CLOSING'
  /** Closed for good; its seats are back. */
  | 'CLOSED'
  /** The seats could not be held: nothing was paid. */
  | 'REJECTED'
  /** The money is going back. */
  | 'REFUNDING'
  /** The money is back. */
  | 'REFUNDED';

/** What the owner may do with an order. */
export type OrderAction =
  /** startPayment: until payBy. */
  | 'PAY'
  /** cancelOrder: free before payment, by the fares' conditions after ticketing; see cancellationQuote. */
  | 'CANCEL';

/** One flight of an order, with its price and conditions as they were promised. */
export type OrderItem = {
  /** Its id within the order. */
  id: Scalars['ID']['output'];
  /** The cabin of every flight. */
  cabin: Cabin;
  /** What the fare includes beyond the seat. */
  brand: Brand;
  /** Whether and how a ticket can be refunded, as promised when it was ordered. */
  conditions: FareConditions;
  /** The journey, one slice for each way. */
  slices: Array<OrderSlice>;
  /** The sum over its travellers. */
  total: Money;
  /** Who travels on it, cancelled travellers too. */
  travellers: Array<OrderTraveller>;
};

/** One way of an ordered journey. */
export type OrderSlice = {
  /** Where the flight takes off. */
  origin: Airport;
  /** Where the flight lands in the end. */
  destination: Airport;
  /** Local time at the origin, with its offset. */
  departure: Scalars['DateTime']['output'];
  /** Local time at the destination, with its offset. */
  arrival: Scalars['DateTime']['output'];
  /** Where the flight lands on its way, in order; empty when non-stop. */
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
  /** What they travel with, where it was given. */
  document?: Maybe<OrderDocument>;
  /** Their share of the price. */
  price: Money;
  /** Whether they were taken off the order. */
  isCancelled: Scalars['Boolean']['output'];
  /** Their ticket; null until it is issued. */
  ticket?: Maybe<Ticket>;
};

/** A document that somebody travels with. */
export type OrderDocument = {
  /** Whether it is a passport or an identity card. */
  kind: OrderDocumentKind;
  /** Letters and digits. */
  number: Scalars['String']['output'];
  /** The two-letter ISO 3166 code of the country that issued it. */
  country: Scalars['String']['output'];
  /** The last day it is good. */
  expiresOn: Scalars['Date']['output'];
};

/** Who is told of an order. */
export type OrderContact = {
  /** Where the tickets are sent. */
  email: Scalars['String']['output'];
  /** With the country's code; null where none was given. */
  phone?: Maybe<Scalars['String']['output']>;
};

/** A traveller's electronic ticket. */
export type Ticket = {
  /** Its id. */
  id: Scalars['ID']['output'];
  /** The airline's three-digit number and ten more digits. */
  number: Scalars['String']['output'];
  /** Whether it is good for travel. */
  status: TicketStatus;
  /** Who travels on it. */
  traveller: OrderTraveller;
  /** The address of its page. Whoever has it can see the ticket. */
  pageUrl: Scalars['String']['output'];
  /** The address of its PDF. Whoever has it can see the ticket. */
  pdfUrl: Scalars['String']['output'];
  /** When it was issued. */
  issuedAt: Scalars['DateTime']['output'];
  /** When it was taken back; null while it is good. */
  cancelledAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Whether a ticket is good for travel. */
export type TicketStatus =
  /** It is good. */
  | 'ISSUED'
  /** Its traveller was cancelled: it is not good any more. */
  | 'VOID';

/** As what a ticket's document is asked for. */
export type TicketFormat =
  /** An HTML page. */
  | 'PAGE'
  /** A PDF. */
  | 'PDF';

/** A ticket's document. */
export type TicketDocument = {
  /** Its media type, as text/html. */
  mediaType: Scalars['String']['output'];
  /** The document itself in base64. */
  base64: Scalars['String']['output'];
  /** False for the page that says that there is no such ticket. */
  isFound: Scalars['Boolean']['output'];
};

/** A mail about an order. */
export type OrderMail = {
  /** What the mail is about. */
  kind: OrderMailKind;
  /** Whether it is on its way. */
  state: OrderMailState;
  /** When it was handed to the mail server; null before. */
  sentAt?: Maybe<Scalars['DateTime']['output']>;
};

/** What a mail tells. */
export type OrderMailKind =
  /** The payment has arrived. */
  | 'PAID'
  /** Here are the tickets. */
  | 'TICKETED'
  /** The order is closed. */
  | 'CLOSED'
  /** The seats could not be held. */
  | 'REJECTED'
  /**
   * A payment, or a part of one, is paid back, and the order did not end with that: of travellers who were cancelled, or of
   * a payment that could not be accepted. One mail for each refund.
   */
  | 'PARTLY_REFUNDED'
  /** The money is back. */
  | 'REFUNDED';

/** How far a mail is. */
export type OrderMailState =
  /** It is going to be sent, or sent again. */
  | 'DUE'
  /** The mail server has it. */
  | 'SENT'
  /** It was given up: the address takes none, or is forgotten. */
  | 'NOT_SENT';

/** One step in an order's life. */
export type OrderTimelineEntry = {
  /** What happened. */
  step: OrderStep;
  /** Where the order stood from then on. */
  status: OrderStatus;
  /** The event behind it, as stock.held, or who or what did it. */
  cause: Scalars['String']['output'];
  /** Why, where there is more to say. */
  because?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** The trace it belongs to: 32 hexadecimal digits. Null where a worker did that looks for what is due. */
  traceId?: Maybe<Scalars['String']['output']>;
};

/** What can happen to an order. */
export type OrderStep =
  /** It was placed. */
  | 'PLACED'
  /** All its seats are held. */
  | 'SEATS_HELD'
  /** Its seats cannot be held. */
  | 'SEATS_REFUSED'
  /** Nobody held its seats in time. */
  | 'HOLD_OVERDUE'
  /** A payment came to nothing. */
  | 'PAYMENT_FAILED'
  /** It is paid. */
  | 'PAID'
  /** Nobody paid in time. */
  | 'PAYMENT_OVERDUE'
  /** It was paid when it was closed already: the money goes back. */
  | 'PAID_TOO_LATE'
  /** A payment that is not the one awaited goes back: a second one, or a wrong amount. */
  | 'PAYMENT_SENT_BACK'
  /** Its seats are free again. */
  | 'SEATS_RELEASED'
  /** Everybody has a ticket. */
  | 'TICKETED'
  /** There are no tickets after all: the money goes back. */
  | 'TICKETING_FAILED'
  /** It was cancelled. */
  | 'CANCELLED'
  /** Some travellers were taken off it. */
  | 'PARTLY_CANCELLED'
  /** The tickets of those who were cancelled are no longer good: money and seats go back. */
  | 'TICKETS_TAKEN_BACK'
  /** Sold seats are free again. */
  | 'SEATS_RETURNED'
  /** A part of the money is back. */
  | 'PARTLY_REFUNDED'
  /** All of the money that was due is back. */
  | 'REFUNDED';



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
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  AirportCode: ResolverTypeWrapper<Scalars['AirportCode']['output']>;
  Money: ResolverTypeWrapper<Money>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Cabin: Cabin;
  Brand: Brand;
  TravellerType: TravellerType;
  FareConditions: ResolverTypeWrapper<FareConditions>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Airport: ResolverTypeWrapper<AirportSource>;
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
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
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
  TicketFormat: TicketFormat;
  TicketDocument: ResolverTypeWrapper<TicketDocument>;
  OrderMail: ResolverTypeWrapper<OrderMailSource>;
  OrderMailKind: OrderMailKind;
  OrderMailState: OrderMailState;
  OrderTimelineEntry: ResolverTypeWrapper<OrderTimelineEntrySource>;
  OrderStep: OrderStep;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  AirportCode: Scalars['AirportCode']['output'];
  Money: Money;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
  FareConditions: FareConditions;
  Int: Scalars['Int']['output'];
  Airport: AirportSource;
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
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  OrderRefusal: OrderRefusalSource;
  Order: OrderSource;
  OrderItem: OrderItemSource;
  OrderSlice: OrderSliceSource;
  OrderTraveller: OrderTravellerSource;
  OrderDocument: OrderDocument;
  OrderContact: OrderContact;
  Ticket: TicketSource;
  TicketDocument: TicketDocument;
  OrderMail: OrderMailSource;
  OrderTimelineEntry: OrderTimelineEntrySource;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface AirportCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['AirportCode'], any> {
  name: 'AirportCode';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType, Partial<QueryCartArgs>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryOrderArgs, 'id'>>;
  ticketDocument?: Resolver<Maybe<ResolversTypes['TicketDocument']>, ParentType, ContextType, RequireFields<QueryTicketDocumentArgs, 'token' | 'format'>>;
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

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'OrderRefusal', ParentType, ContextType>;
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

export type TicketDocumentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketDocument'] = ResolversParentTypes['TicketDocument']> = {
  mediaType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  base64?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isFound?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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

export type Resolvers<ContextType = Context> = {
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  AirportCode?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  FareConditions?: FareConditionsResolvers<ContextType>;
  Airport?: AirportResolvers<ContextType>;
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
  Refusal?: RefusalResolvers<ContextType>;
  OrderRefusal?: OrderRefusalResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderItem?: OrderItemResolvers<ContextType>;
  OrderSlice?: OrderSliceResolvers<ContextType>;
  OrderTraveller?: OrderTravellerResolvers<ContextType>;
  OrderDocument?: OrderDocumentResolvers<ContextType>;
  OrderContact?: OrderContactResolvers<ContextType>;
  Ticket?: TicketResolvers<ContextType>;
  TicketDocument?: TicketDocumentResolvers<ContextType>;
  OrderMail?: OrderMailResolvers<ContextType>;
  OrderTimelineEntry?: OrderTimelineEntryResolvers<ContextType>;
};

