// Sign-out of this session, another session of the account, all sessions, or the session of a given refresh token.
import { badInput, fault } from '../../../schema/errors.ts';
import { accountOfCaller, sessionOfCaller } from '../../../schema/wire/identity.ts';
import { type Context, leave } from './context.ts';
import type { MutationSignOutArgs, SignedOut } from './schema.generated.ts';

/** Ends a session. Any token of the session authorizes this, even after the access token expired. Idempotent. */
export async function signOut(args: Partial<MutationSignOutArgs>, context: Context): Promise<SignedOut> {
  const { session, refreshToken } = args;
  const isShown = typeof refreshToken === 'string'; // an empty string counts as given and matches no session
  if (isShown && typeof session === 'string') {
    throw badInput([{ argument: 'session', message: 'leave it out when a refresh token names the session.' }]);
  }
  const { identity, sessions } = context;
  if (isShown) return endShown(refreshToken, context);
  if (identity.account === null) {
    if (typeof session === 'string')
      throw fault('UNAUTHENTICATED', 'signOut: sign in first, to end a session by its id.');
    return endShown(context.browser.refreshToken ?? '', context);
  }
  const id = session ?? sessionOfCaller(identity);
  const ended = await sessions.end(identity.account, { id });
  if (id === identity.session) leave(context);
  return { sessions: ended };
}

/** Ends all sessions of the caller's account. */
export async function signOutEverywhere(context: Context): Promise<SignedOut> {
  const ended = await context.sessions.end(accountOfCaller(context.identity), { except: null });
  leave(context);
  return { sessions: ended };
}

async function endShown(token: string, context: Context): Promise<SignedOut> {
  const { identity, browser } = context;
  const id = await context.sessions.endIssued(token);
  if (token === browser.refreshToken || (id !== null && id === identity.session)) leave(context);
  return { sessions: id === null ? 0 : 1 };
}
