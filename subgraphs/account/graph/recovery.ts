// Proof that an email address belongs to the account owner: password reset, confirmation and change of the address.
import { codeKinds, type CodeKind } from '../rules/account-mails.ts';
import type { Context } from './context.ts';
import { emailOf } from '../rules/credentials.ts';
import { weakness } from '../rules/password-strength.ts';
import { refusal } from '../rules/refusal.ts';
import type { ChangeEmailInput, EmailConfirmed, MailRequested, ResetPasswordInput } from './schema.generated.ts';
import { beginSession, confirmed, limited } from './sign-in.ts';
import type { AccountRefusal, SignedInNow } from './sources.ts';
import type { KnownAccount } from '../store/store.ts';
import { mailsFrom, mailsTo, onEmail } from '../rules/tries.ts';
import { MINUTE } from '../../../schema/terms/durations.ts';

/** Queues a mail with a code. Mails are limited per recipient address and per requesting network. */
async function mailCode(
  account: KnownAccount | null,
  kind: CodeKind,
  email: string,
  context: Context,
): Promise<MailRequested | AccountRefusal> {
  const tooMany = await limited([mailsTo(email), ...mailsFrom(context.identity.address)], context);
  if (tooMany) return tooMany;
  if (!account) await context.mails.owe({ account, kind, email });
  // the password or address that allowed this mail may have been changed since the account was loaded
  else if (!(await context.mails.oweCode(account, { kind, email }))) return refusal('SESSION_ENDED');
  return { email, validForMinutes: codeKinds[kind] / MINUTE };
}

/** Does the same work for an address without an account: the mail sender detects that later, in another process. */
export async function requestPasswordReset(given: string, context: Context): Promise<MailRequested | AccountRefusal> {
  const email = emailOf(given);
  return email === null ? refusal('INVALID_EMAIL') : mailCode(null, 'PASSWORD_RESET', email, context);
}

/** Sets a new password with a mailed code, and signs in. A password that is too weak leaves the code unused. */
export async function resetPassword(
  input: ResetPasswordInput,
  context: Context,
): Promise<SignedInNow | AccountRefusal> {
  const { accounts, passwords, recovery, sessions, tries } = context;
  const owner = await recovery.ownerOf(input.code);
  if (!owner) return refusal('INVALID_CODE');
  const message = weakness(input.password, owner);
  if (message !== null) return refusal('WEAK_PASSWORD', message);
  const password = await passwords.hash(input.password);
  const done = await recovery.reset(input.code, password);
  if (!done) return refusal('INVALID_CODE');
  await sessions.ended(done.ended);
  await tries.forgive(onEmail(owner.email), []); // wrong passwords that others tried do not lock out the owner
  const account = await accounts.byId(done.account);
  const signedIn = account && (await beginSession(account, { kind: input.session, device: null }, context));
  return signedIn ?? refusal('SESSION_ENDED');
}

/** Mails a code to confirm the account's address. */
export async function requestEmailConfirmation(
  account: KnownAccount | null,
  context: Context,
): Promise<MailRequested | AccountRefusal> {
  if (!account) return refusal('SESSION_ENDED');
  const isReleased = emailOf(account.email) === null;
  if (isReleased) return refusal('INVALID_EMAIL', 'Your account has no address; give one with changeEmail.');
  return mailCode(account, 'EMAIL_CONFIRMATION', account.email, context);
}

/** Mails a code to the new address. The change takes effect when the code is confirmed. */
export async function changeEmail(
  account: KnownAccount | null,
  input: ChangeEmailInput,
  context: Context,
): Promise<MailRequested | AccountRefusal> {
  if (!account) return refusal('SESSION_ENDED');
  const email = emailOf(input.email);
  if (email === null) return refusal('INVALID_EMAIL');
  const refused = await confirmed(account, input.password, context);
  return refused ?? mailCode(account, 'EMAIL_CONFIRMATION', email, context);
}

/** Confirms an address with its mailed code. The caller is anonymous or the code's account. */
export const confirmEmail = (code: string, context: Context): Promise<EmailConfirmed | AccountRefusal> =>
  context.recovery.confirm(code, context.identity.account);
