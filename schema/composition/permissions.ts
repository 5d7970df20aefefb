// Who may ask what: the one table. serve.ts enforces it in the room that owns the field; the SDL's descriptions repeat it.
import { fault } from '../errors.ts';
import { type Identity, isGateway, type Role } from '../wire/identity.ts';

/**
 * What a field needs: nothing, an account that is signed in, or one of these roles. `owner` is what its room gives to
 * nobody but whose it is, also to who was nobody before this very request signed them in. `gateway` is a question that
 * no client can ask: the field is @inaccessible, and its room answers only what the gateway asks on its own account.
 */
export type Need = 'anyone' | 'account' | 'owner' | 'gateway' | readonly [Role, ...Role[]];

/**
 * What each field needs: every root field by its name, any other by its type's, or by its own as `Type.field` where it
 * differs. A room with a field that is not here does not start.
 */
export const permissions: Readonly<Record<string, Need>> = {
  'Query.shopping': 'anyone',
  'Query.airport': 'anyone',
  'Query.airports': 'anyone',
  // the subgraph that owns an object decides who may see it
  'Query.node': 'anyone',
  'Query.nodes': 'anyone',

  'Query.fare': ['FARE_MANAGER'],
  'Query.fares': ['FARE_MANAGER'],
  'Query.fareHistory': ['FARE_MANAGER'],
  'Mutation.createFare': ['FARE_MANAGER'],
  'Mutation.changeFare': ['FARE_MANAGER'],
  'Mutation.withdrawFare': ['FARE_MANAGER'],
  'Mutation.fileFares': ['FARE_MANAGER'],

  'Query.order': 'account',
  'Query.ticketDocument': 'gateway', // whoever has the token
  'Query.orders': ['OPERATOR'],
  'Query.cart': 'anyone', // its id is a secret, an account's only its owner's
  'Mutation.addToCart': 'anyone',
  'Mutation.changeCartItem': 'anyone',
  'Mutation.removeFromCart': 'anyone',
  'Mutation.claimCart': 'account',
  'Mutation.checkout': 'account',
  'Query.cancellationQuote': 'account',
  'Mutation.placeOrder': 'account',
  'Query.deadLetters': ['OPERATOR'],
  'Query.deadLetter': ['OPERATOR'],
  'Mutation.replayDeadLetter': ['OPERATOR'],
  'Mutation.discardDeadLetter': ['OPERATOR'],
  'Query.departure': ['OPERATOR'],
  'Query.departures': ['OPERATOR'],
  'Mutation.changeCapacity': ['OPERATOR'],
  'Mutation.cancelOrder': 'account',

  'Query.me': 'account',
  'Query.account': ['ADMIN'],
  'Query.sessionState': 'gateway',
  'Query.verificationKeys': 'gateway',
  'Mutation.signUp': 'anyone',
  'Mutation.signIn': 'anyone',
  'Mutation.refreshSession': 'anyone', // the refresh token says whose
  'Mutation.signOut': 'anyone', // as above
  'Mutation.signOutEverywhere': 'account',
  'Mutation.changePassword': 'account',
  'Mutation.requestPasswordReset': 'anyone',
  'Mutation.resetPassword': 'anyone', // the mailed code says whose
  'Mutation.requestEmailConfirmation': 'account',
  'Mutation.confirmEmail': 'anyone', // as above
  'Mutation.changeEmail': 'account',
  'Mutation.changeName': 'account',
  'Mutation.addSavedTraveller': 'account',
  'Mutation.changeSavedTraveller': 'account',
  'Mutation.removeSavedTraveller': 'account',
  'Mutation.deleteAccount': 'account',
  'Query.payment': 'account',
  'Mutation.startPayment': 'account',
  'Mutation.topUp': 'account',
  'Mutation.receivePaymentWebhook': 'gateway',

  'Mutation.grantRole': ['ADMIN'],
  'Mutation.revokeRole': ['ADMIN'],

  // what shoppers see
  ...all(
    'anyone',
    'Shopping FarePrice TravellerPrice PriceCalendar CalendarDay Money FareConditions Slice Segment Carrier',
  ),
  ...all(
    'anyone',
    'FareOffer FareOfferConnection FareOfferEdge Airport AirportConnection AirportEdge GeoPoint PageInfo',
  ),
  ...all(
    'anyone',
    'TravelGuide Sight SightConnection SightEdge Stay StayConnection StayEdge Review ReviewConnection ReviewEdge',
  ),

  ...all(['FARE_MANAGER'], 'Fare FareConnection FareEdge FareTerms FareChange FareChangeConnection FareChangeEdge'),
  ...all(['FARE_MANAGER'], 'FareRefusal FiledFares'),

  ...all('owner', 'Account Session SavedTraveller TravelDocument SignedIn Tokens AccountDeleted'),
  ...all('anyone', 'AccountRefusal SignedOut MailRequested EmailConfirmed'),
  ...all('owner', 'Order OrderConnection OrderEdge OrderItem OrderSlice OrderTraveller OrderDocument OrderContact'),
  ...all('owner', 'Ticket OrderMail OrderTimelineEntry CancellationQuote TravellerQuote'),
  ...all('owner', 'Payment Refund Wallet WalletEntry WalletEntryConnection WalletEntryEdge'),
  // an anonymous cart is whose who knows its id
  ...all('anyone', 'Cart CartItem CartTraveller OrderRefusal PaymentRefusal'),
  ...all(['OPERATOR'], 'Departure DepartureConnection DepartureEdge SalesDay StockRefusal'),
  ...all(['OPERATOR'], 'SeatLedgerLine SeatLedgerConnection SeatLedgerEdge'),
  ...all(['OPERATOR'], 'DeadLetter DeadLetterConnection DeadLetterEdge DeadLetterRefusal'),
  ...all(['ADMIN'], 'AccountRoles'),
  ...all('gateway', 'TicketDocument'),
  ...all('gateway', 'SessionState'),
};

function all(need: Need, types: string): Record<string, Need> {
  return Object.fromEntries(types.split(' ').map((type) => [type, need]));
}

/**
 * The queries that everybody is answered alike, so that one may be given what another was answered. A cart is not one of
 * them: its id is a secret, and what is in it has to be what its holder just put there.
 */
export const publicQueries: ReadonlySet<string> = new Set(['shopping', 'airport', 'airports', '__typename']);

/** What a field needs, as `Type.field`; undefined where the table does not say. */
export const needOf = (field: string): Need | undefined => permissions[field] ?? permissions[field.split('.')[0]!];

/** Throws UNAUTHENTICATED or FORBIDDEN where the one who asks may not have the field, as `Mutation.createFare`. */
export function permit(identity: Identity, field: string): void {
  const { account, roles } = identity;
  const need = needOf(field);
  if (need === undefined) throw new Error(`${field} is not in schema/composition/permissions.ts`);
  if (need === 'anyone' || need === 'owner' || (need === 'gateway' && isGateway(identity))) return;
  if (need === 'gateway') throw fault('FORBIDDEN', `${nameOf(field)}: this is for the gateway alone.`);
  if (account === null) throw fault('UNAUTHENTICATED', `${nameOf(field)}: sign in first.`);
  if (need !== 'account' && !need.some((role) => roles.includes(role))) {
    throw fault('FORBIDDEN', `${nameOf(field)}: this needs the role ${need.join(' or ')}.`);
  }
}

const nameOf = (field: string): string => field.slice(field.indexOf('.') + 1);
