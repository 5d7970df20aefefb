// Signing out: this session, another of one's own, all of them, or the one whose refresh token is shown.
import { badInput, fault } from '../../../schema/errors.ts';
import { type Context, leave } from './context.ts';
import type { MutationSignOutArgs, SignedOut } from './schema.generated.ts';

/** Ends a session. Who has a token of it may, also when the access token is over; ended already is ended. */
export async function signOut(args: Partial<MutationSignOutArgs>, context: Context): Promise<SignedOut> {
  const { session, refreshToken } = args;
  const isShown = typeof refreshToken === 'string'; // an empty one is no other's
  if (isShown && typeof session === 'string') {
    throw badInput([{ argument: 'session', message: 'leave it out where a refresh token says which session.' }]);
  }
  const { identity, sessions } = context;
  if (isShown) return endShown(refreshToken, context);
  if (identity.account === null) {
    if (typeof session === 'string')
      throw fault('UNAUTHENTICATED', 'signOut: sign in first, to end a session by its id.');
    return endShown(context.browser.refreshToken ?? '', context);
  }
  const id = session ?? identity.session!;
  const ended = await sessions.end(identity.account, { id });
  if (id === identity.session) leave(context);
  return { sessions: ended };
}

/** Ends all sessions of the account that asks. */
export async function signOutEverywhere(context: Context): Promise<SignedOut> {
  const ended = await context.sessions.end(context.identity.account!, { except: null });
  leave(context);
  return { sessions: ended };
}

async function endShown(token: string, context: Context): Promise<SignedOut> {
  const { identity, browser } = context;
  const id = await context.sessions.endIssued(token);
  if (token === browser.refreshToken || (id !== null && id === identity.session)) leave(context);
  return { sessions: id === null ? 0 : 1 };
}
