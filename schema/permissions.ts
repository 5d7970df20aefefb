// Who may ask what: the one table. serve.ts enforces it in the room that owns the field; the SDL's descriptions repeat it.
import { fault } from './errors.ts';
import type { Identity, Role } from './identity.ts';

/**
 * What a field needs: nothing, an account that is signed in, or one of these roles. `gateway` is a question that no
 * client can ask: the field is @inaccessible, and what the gateway asks itself is signed by it alone.
 */
export type Need = 'anyone' | 'account' | 'gateway' | readonly [Role, ...Role[]];

/** What each field needs. Every root field is here, else its room does not start; any other field may be, as `Type.field`. */
export const permissions: Readonly<Record<string, Need>> = {
  'Query.shopping': 'anyone',
  'Query.airport': 'anyone',
  'Query.airports': 'anyone',

  'Query.fare': ['FARE_MANAGER'],
  'Query.fares': ['FARE_MANAGER'],
  'Query.fareHistory': ['FARE_MANAGER'],
  'Mutation.createFare': ['FARE_MANAGER'],
  'Mutation.changeFare': ['FARE_MANAGER'],
  'Mutation.withdrawFare': ['FARE_MANAGER'],
  'Mutation.fileFares': ['FARE_MANAGER'],

  'Query.me': 'account',
  'Query.sessionState': 'gateway',
  'Query.verificationKeys': 'gateway',
  'Mutation.signUp': 'anyone',
  'Mutation.signIn': 'anyone',
  'Mutation.refreshSession': 'anyone', // the refresh token says whose
  'Mutation.signOut': 'account',
  'Mutation.signOutEverywhere': 'account',
  'Mutation.changePassword': 'account',
  'Mutation.changeName': 'account',
  'Mutation.addSavedTraveller': 'account',
  'Mutation.changeSavedTraveller': 'account',
  'Mutation.removeSavedTraveller': 'account',
  'Mutation.deleteAccount': 'account',
};

/** The sentence with which a field's description says what it needs; null where that is nothing. */
export function needSentence(need: Need): string | null {
  if (need === 'anyone' || need === 'gateway') return null;
  return need === 'account' ? 'Needs a signed-in account.' : `Needs the role ${need.join(' or ')}.`;
}

/** Throws UNAUTHENTICATED or FORBIDDEN where the one who asks may not have the field, as `Mutation.createFare`. */
export function permit({ account, roles }: Identity, field: string): void {
  const need = permissions[field];
  if (need === undefined) throw new Error(`${field} is not in schema/permissions.ts`);
  if (need === 'anyone' || need === 'gateway') return;
  if (account === null) throw fault('UNAUTHENTICATED', `${nameOf(field)}: sign in first.`);
  if (need !== 'account' && !need.some((role) => roles.includes(role))) {
    throw fault('FORBIDDEN', `${nameOf(field)}: this needs the role ${need.join(' or ')}.`);
  }
}

const nameOf = (field: string): string => field.slice(field.indexOf('.') + 1);
