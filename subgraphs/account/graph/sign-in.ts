// Sign-up, sign-in, session refresh and password change: from credentials to a session and its tokens, or a refusal.
import { isRefused } from '../../../schema/errors.ts';
import { sessionOfCaller } from '../../../schema/wire/identity.ts';
import { personName } from '../../../schema/terms/person-name.ts';
import type { Context } from './context.ts';
import { emailOf } from '../rules/credentials.ts';
import { weakness } from '../rules/password-strength.ts';
import { refusal } from '../rules/refusal.ts';
import type { ChangePasswordInput, SessionKind, SignInInput, SignUpInput } from './schema.generated.ts';
import type { Begun } from '../store/session-store.ts';
import type { KnownAccount } from '../store/store.ts';
import { bySession, fromAddress, mailsTo, onDevice, onEmail, signUpsFrom, type Subject } from '../rules/tries.ts';
import type { AccountRefusal, SignedInNow } from './sources.ts';

/** Counts a try. Resolves with a refusal, and sets Retry-After, if the limit is exceeded. */
export async function limited(subjects: readonly Subject[], context: Context): Promise<AccountRefusal | null> {
  const seconds = await context.tries.count(subjects);
  if (seconds === null) return null;
  context.retryAfter(seconds);
  return { ...refusal('TOO_MANY_TRIES'), retryAfter: seconds };
}

/** Whether the password matches. A try that the password bulkhead rejects reveals nothing, so it is not counted. */
async function tried(
  password: string,
  stored: string | null,
  subjects: readonly Subject[],
  { passwords, tries }: Context,
): Promise<boolean> {
  return passwords.verify(password, stored).catch(async (error: unknown) => {
    await tries.takeBack(subjects);
    throw error;
  });
}

/** Opens an account and signs it in. Sign-ups are limited because they reveal whether an email has an account. */
export async function signUp(input: SignUpInput, context: Context): Promise<SignedInNow | AccountRefusal> {
  const [email, kept] = [emailOf(input.email), personName(input.name)];
  if (email === null) return refusal('INVALID_EMAIL');
  if (isRefused(kept)) return kept;
  const { name } = kept;
  const tooMany = await limited(signUpsFrom(context.identity.address), context); // before the expensive hashing
  if (tooMany) return tooMany;
  const message = weakness(input.password, { email, name });
  if (message !== null) return refusal('WEAK_PASSWORD', message);
  const password = await context.passwords.hash(input.password);
  const account = await context.accounts.open({ email, name, password, roles: ['TRAVELLER'] });
  if (!account) return refusal('EMAIL_TAKEN');
  // the address may be a stranger's: beyond the mail limit the account is opened without a mail
  const isFlooded = (await context.tries.count([mailsTo(email)])) !== null;
  if (!isFlooded) await context.mails.oweCode(account, { kind: 'EMAIL_CONFIRMATION', email });
  return (await beginSession(account, { kind: input.session, device: null }, context)) ?? refusal('WRONG_CREDENTIALS');
}

/** Starts a session and remembers its device. Null if the password has changed since the account was loaded. */
export async function beginSession(
  account: KnownAccount,
  { kind, device }: { kind: SessionKind | null | undefined; device: string | null },
  context: Context,
): Promise<SignedInNow | null> {
  const begun = await context.sessions.begin(account);
  if (!begun) return null;
  const deviceToken = await context.devices.remember(account.id, device);
  return { ...(await shown(account, begun, kind ?? 'TOKEN', context)), deviceToken };
}

/** Signs in. An unknown email takes the same steps as a wrong password. */
export async function signIn(input: SignInInput, context: Context): Promise<SignedInNow | AccountRefusal> {
  const email = emailOf(input.email);
  const address = fromAddress(context.identity.address);
  const account = await context.accounts.byEmail(email ?? '');
  const device = input.deviceToken ?? null;
  const known = account && device ? await context.devices.knownBy(account.id, device) : null;
  const counted = known === null ? onEmail(email ?? '') : onDevice(known);
  const subjects = email === null ? address : [counted, ...address];
  const tooMany = await limited(subjects, context);
  if (tooMany) return tooMany;
  const isRight = await tried(input.password, account?.password ?? null, subjects, context);
  if (!account || !isRight) return refusal('WRONG_CREDENTIALS');
  const signedIn = await beginSession(account, { kind: input.session, device }, context);
  if (!signedIn) return refusal('WRONG_CREDENTIALS'); // the password was changed, or the account deleted, meanwhile
  await context.tries.forgive(counted, address);
  return signedIn;
}

/** Refreshes a session. Without an argument, uses the token in the browser's cookie and returns cookies. */
export async function refreshSession(
  given: string | null | undefined,
  context: Context,
): Promise<SignedInNow | AccountRefusal> {
  const token = given ?? context.browser.refreshToken;
  const begun = token ? await context.sessions.refresh(token) : refusal('SESSION_ENDED');
  if (!isRefused(begun)) {
    const account = await context.accounts.byId(begun.session.account);
    if (account) return shown(account, begun, given ? 'TOKEN' : 'COOKIE', context);
  } else if (begun.refused === 'ALREADY_REFRESHED') {
    return begun; // the browser has the new cookies, or will in a moment
  }
  if (!given && token) context.browser.keep(null);
  return refusal('SESSION_ENDED');
}

/**
 * Changes the password and starts a new session. All earlier sessions end, including this one, so that stolen tokens
 * stop working. A browser that keeps its session in cookies gets new ones.
 */
export async function changePassword(
  account: KnownAccount | null,
  input: ChangePasswordInput,
  context: Context,
): Promise<SignedInNow | AccountRefusal> {
  if (!account) return refusal('SESSION_ENDED');
  const refused = await confirmed(account, input.current, context);
  if (refused) return refused;
  const isSame = input.new === input.current;
  const message = isSame ? 'This is the password you have; choose another.' : weakness(input.new, account);
  if (message !== null) return refusal('WEAK_PASSWORD', message);
  const { sessions, passwords, recovery, browser } = context;
  const password = await passwords.hash(input.new);
  const ended = await recovery.changePassword(account, password);
  if (!ended) return refusal('SESSION_ENDED'); // the password was changed concurrently
  await sessions.ended(ended);
  const begun = await sessions.begin({ id: account.id, password });
  if (!begun) return refusal('SESSION_ENDED'); // another password change, or the deletion of the account, came first
  context.identity = { ...context.identity, session: begun.session.id };
  return shown(account, begun, browser.refreshToken === null ? 'TOKEN' : 'COOKIE', context);
}

/** Checks the caller's password before a sensitive change. Resolves with null, or with the refusal. */
export async function confirmed(
  account: KnownAccount,
  password: string,
  context: Context,
): Promise<AccountRefusal | null> {
  const subject = bySession(sessionOfCaller(context.identity));
  const tooMany = await limited([subject], context);
  if (tooMany) return tooMany;
  if (!(await tried(password, account.password, [subject], context))) {
    return refusal('WRONG_CREDENTIALS', 'This is not your password.');
  }
  await context.tries.forgive(subject, []);
  return null;
}

async function shown(
  account: KnownAccount,
  { session, refreshToken }: Begun,
  kind: SessionKind,
  context: Context,
): Promise<SignedInNow> {
  const { keys, browser } = context;
  context.begun = session.id;
  const { token: accessToken, expiresAt } = await keys.sign({ account: account.id, session: session.id });
  if (kind === 'TOKEN') {
    const tokens = { accessToken, expiresAt: expiresAt.toISOString(), refreshToken };
    return { account, session, tokens, deviceToken: null };
  }
  // lifetimes count from the session's last use, which is now, so no second clock is needed
  const secondsTo = (end: number): number => Math.floor((end - session.usedAt) / 1000);
  browser.keep({
    accessToken,
    refreshToken,
    accessFor: secondsTo(expiresAt.getTime()),
    refreshFor: secondsTo(session.expiresAt),
  });
  return { account, session, tokens: null, deviceToken: null };
}
