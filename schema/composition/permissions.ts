// Authorization rules of all fields, in one table. subgraphs/runtime/field-permissions.ts enforces them in the subgraph that
// owns the field, and its resolvers and stores what belongs to an `owner`; the SDL's descriptions repeat them.
import { fault } from '../errors.ts';
import type { Identity, Role } from '../wire/identity.ts';

/**
 * What a field requires: nothing, a signed-in account, or one of these roles. `owner`: the subgraph returns the object
 * only to its owner, which includes a caller whom this very request signs in.
 */
export type Need = 'anyone' | 'account' | 'owner' | readonly [Role, ...Role[]];

/**
 * The requirement of each field: root fields by name, other fields by their type's name, or as `Type.field` if they
 * differ from their type. A subgraph with a field that is missing here does not start.
 */
export const permissions: Readonly<Record<string, Need>> = {
  'Query.shopping': 'anyone',
  'Query.airport': 'anyone',
  'Query.airports': 'anyone',
  // the subgraph that owns an object controls access to it
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
  'Query.orders': ['OPERATOR'],
  'Query.cart': 'anyone', // an anonymous cart's id is a secret; an account's cart is only for its owner
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
  'Query.verification': ['OPERATOR'],
  'Query.processes': ['OPERATOR'],
  'Query.departure': ['OPERATOR'],
  'Query.departures': ['OPERATOR'],
  'Mutation.changeCapacity': ['OPERATOR'],
  'Mutation.cancelOrder': 'account',

  'Query.me': 'account',
  'Query.account': ['ADMIN'],
  'Mutation.signUp': 'anyone',
  'Mutation.signIn': 'anyone',
  'Mutation.refreshSession': 'anyone', // the refresh token identifies the account
  'Mutation.signOut': 'anyone', // as above
  'Mutation.signOutEverywhere': 'account',
  'Mutation.changePassword': 'account',
  'Mutation.requestPasswordReset': 'anyone',
  'Mutation.resetPassword': 'anyone', // the mailed code identifies the account
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

  'Mutation.grantRole': ['ADMIN'],
  'Mutation.revokeRole': ['ADMIN'],

  // public data for shoppers
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
  // knowing the id of an anonymous cart grants access
  ...all('anyone', 'Cart CartItem CartTraveller OrderRefusal PaymentRefusal'),
  ...all(['OPERATOR'], 'Departure DepartureConnection DepartureEdge SalesDay StockRefusal'),
  ...all(['OPERATOR'], 'SeatLedgerLine SeatLedgerConnection SeatLedgerEdge'),
  ...all(['OPERATOR'], 'DeadLetter DeadLetterConnection DeadLetterEdge DeadLetterRefusal'),
  ...all(['OPERATOR'], 'Verification VerificationCheck Process'),
  ...all(['ADMIN'], 'AccountRoles'),
};

function all(need: Need, types: string): Record<string, Need> {
  return Object.fromEntries(types.split(' ').map((type) => [type, need]));
}

/**
 * The queries with the same response for every caller, so that responses can be shared. A cart is not one of them: its
 * id is a secret, and it must always show its latest content.
 */
export const publicQueries: ReadonlySet<string> = new Set(['shopping', 'airport', 'airports', '__typename']);

/** The requirement of a field, given as `Type.field`; undefined if it is not in the table. */
export function needOf(field: string): Need | undefined {
  const [type = ''] = field.split('.');
  return permissions[field] ?? permissions[type];
}

/** Throws UNAUTHENTICATED or FORBIDDEN if the caller may not use the field, given as `Mutation.createFare`. */
export function permit(identity: Identity, field: string): void {
  const { account, roles } = identity;
  const need = needOf(field);
  if (need === undefined) throw new Error(`${field} is not in schema/composition/permissions.ts`);
  if (need === 'anyone' || need === 'owner') return;
  if (account === null) throw fault('UNAUTHENTICATED', `${nameOf(field)}: sign in first.`);
  if (need !== 'account' && !need.some((role) => roles.includes(role))) {
    throw fault('FORBIDDEN', `${nameOf(field)}: this needs the role ${need.join(' or ')}.`);
  }
}

const nameOf = (field: string): string => field.slice(field.indexOf('.') + 1);
