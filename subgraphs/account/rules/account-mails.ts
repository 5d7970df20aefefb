// The mails of accounts and their wording.
import type { Letter, Paragraph } from '../../../infra/partners/mail.ts';
import { DAY, MINUTE } from '../../../schema/terms/durations.ts';

/** The mails that carry a code, and how long the code is valid, in ms. */
export const codeKinds = { PASSWORD_RESET: 30 * MINUTE, EMAIL_CONFIRMATION: DAY } as const;
export type CodeKind = keyof typeof codeKinds;
export type NoticeKind = 'PASSWORD_CHANGED' | 'EMAIL_CHANGED';
export type AccountMailKind = CodeKind | NoticeKind;

/** The kinds of mails that carry a code, as a list for database queries. */
export const kindsWithCode = Object.keys(codeKinds) as CodeKind[];

export const hasCode = (kind: AccountMailKind): kind is CodeKind => kind in codeKinds;

/** A mail that is due. */
export interface AccountMailToSend {
  id: string;
  account: string;
  kind: AccountMailKind;
  email: string;
}

/** The id of the mail. It starts with the account id, so that the mails of a deleted account can be found. */
const mailId = ({ account, kind, id }: AccountMailToSend): string =>
  `${account}.${kind.toLowerCase().replaceAll('_', '-')}.${id}`;

const IGNORE = 'If this was not you, ignore this mail: without the code nothing changes.';
const WAS_IT_YOU = 'If this was not you, request a password reset at once.';

// at most 76 characters a line in mails with a code: a longer line is sent as quoted-printable, which breaks the code
const wordings: Readonly<Record<AccountMailKind, (code: string) => { subject: string; says: readonly Paragraph[] }>> = {
  PASSWORD_RESET: (code) => ({
    subject: 'Your password reset',
    says: [
      'a new password was requested for your account.\nEnter this code where you requested it:',
      code,
      'It works once, within 30 minutes, and ends all sessions of the account.',
      IGNORE,
    ],
  }),
  EMAIL_CONFIRMATION: (code) => ({
    subject: 'Confirm your email address',
    says: [
      'this address was given for a Fareloom account.\nEnter this code to confirm that the address is yours:',
      code,
      'It works once, within 24 hours.',
      IGNORE,
    ],
  }),
  PASSWORD_CHANGED: () => ({
    subject: 'Your password was changed',
    says: ['the password of your account was changed, and all other sessions have ended.', WAS_IT_YOU],
  }),
  EMAIL_CHANGED: () => ({
    subject: 'The email address of your account was changed',
    says: [
      'the email address of your Fareloom account was changed. Both the old and the new address get this mail.',
      'Sign in with the new address from now on. If this was not you, answer this mail.',
    ],
  }),
};

/** Builds the mail. `code` is empty for a kind without one. */
export function accountLetter(mail: AccountMailToSend, code: string, now: Date): Letter {
  const { subject, says } = wordings[mail.kind](code);
  return {
    id: mailId(mail),
    to: mail.email,
    subject,
    paragraphs: ['Hello,', ...says, 'Kind regards\nFareloom'],
    attachments: [],
    at: now,
  };
}
