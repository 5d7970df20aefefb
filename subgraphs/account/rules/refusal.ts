// Refusals of the account subgraph and their messages.
import { refusals } from '../../../schema/errors.ts';
import { NAME_LENGTH } from '../../../schema/terms/person-name.ts';
import { MOST_SAVED_TRAVELLERS } from './traveller.ts';

const sentences = {
  EMAIL_TAKEN:
    'There is an account with this email already: sign in. If the address is yours and the account is not, request a password reset: its code goes to you.',
  INVALID_EMAIL: 'This is not an email address; give one like asha@example.com.',
  INVALID_NAME: NAME_LENGTH,
  WEAK_PASSWORD: 'This password is too easy to guess.',
  WRONG_CREDENTIALS: 'No account has this email and password together.',
  TOO_MANY_TRIES: 'Too many tries; wait a while before the next.',
  SESSION_ENDED: 'This session has ended; sign in again.',
  ALREADY_REFRESHED: 'This refresh token was used a moment ago; use the tokens that were issued for it.',
  INVALID_TRAVELLER: 'This traveller cannot be saved.',
  TOO_MANY_TRAVELLERS: `${MOST_SAVED_TRAVELLERS} travellers are saved already; remove one first.`,
  TRAVELLER_NOT_FOUND: 'You have no saved traveller with this id.',
  ACCOUNT_NOT_FOUND: 'No account has this email.',
  INVALID_CODE: 'This code is unknown, used, too old or for another account; request another.',
  LAST_ADMIN: 'This account is the only administrator: grant the role to another account first.',
};

export type AccountRefusalCode = keyof typeof sentences;

/** A refusal with its usual sentence, or a more specific one. */
export const refusal = refusals(sentences);
