// The account room's door: accounts, their sessions and their saved travellers, each for its owner only.
import type { Passwords } from '../../infra/passwords.ts';
import type { Kept } from '../../schema/browser-session.ts';
import type { Identity } from '../../schema/identity.ts';
import { nameOf, weakness } from './credentials.ts';
import type { TokenKeys } from './key-store.ts';
import { refusal } from './refusal.ts';
import type { Resolvers } from './schema.generated.ts';
import type { Sessions } from './session-store.ts';
import { confirmed, refreshSession, signIn, type SignedInNow, signUp } from './sign-in.ts';
import type { Accounts, KnownAccount } from './store.ts';
import type { SavedTravellerRow, SessionRow } from './tables.ts';
import { travellerOf, type Wanted } from './traveller.ts';
import type { TryStore } from './try-store.ts';

/** What the resolvers of one request share. */
export interface Context {
  identity: Identity;
  /** The session that this very request began or went on with: from then on it is the one that asks. */
  begun: string | null;
  now: Date;
  accounts: Accounts;
  sessions: Sessions;
  tries: TryStore;
  keys: TokenKeys;
  passwords: Passwords;
  /** The browser behind the request: the refresh token in its cookie, and how it is told what to keep. */
  browser: { refreshToken: string | null; keep(what: Kept): void };
  /** Says in the answer's headers in how many seconds to come again. */
  retryAfter(seconds: number): void;
}

export type AccountSource = KnownAccount;
export type SessionSource = SessionRow;
export type SavedTravellerSource = SavedTravellerRow;
export type SignedInSource = SignedInNow;

/** The account that asks; null where it was deleted a moment ago. The permissions table has seen to it that there is one. */
const own = ({ identity, accounts }: Context): Promise<KnownAccount | null> => accounts.byId(identity.account!);

const instant = (ms: number): string => new Date(ms).toISOString();

/** Saves what is wanted of a traveller; `save` gives null where the refusal holds. */
async function saved(
  wanted: Wanted,
  { now }: Context,
  otherwise: 'TOO_MANY_TRAVELLERS' | 'TRAVELLER_NOT_FOUND',
  save: (traveller: Exclude<ReturnType<typeof travellerOf>, string>) => Promise<SavedTravellerRow | null>,
) {
  const traveller = travellerOf(wanted, now.toISOString().slice(0, 10));
  if (typeof traveller === 'string') return refusal('INVALID_TRAVELLER', { message: traveller });
  return (await save(traveller)) ?? refusal(otherwise);
}

export const resolvers: Resolvers = {
  Query: {
    me: (_, __, context) => own(context),
    sessionState: async (_, { id }, { sessions, now }) => {
      const state = await sessions.state(id, now);
      return state && { ...state, roles: [...state.roles] };
    },
    verificationKeys: (_, __, { keys, now }) => keys.published(now),
  },

  Mutation: {
    signUp: (_, { input }, context) => signUp(input, context),
    signIn: (_, { input }, context) => signIn(input, context),
    refreshSession: (_, { refreshToken }, context) => refreshSession(refreshToken, context),

    async signOut(_, { session }, { identity, sessions, browser }) {
      const id = session ?? identity.session!;
      if (id === identity.session) browser.keep(null);
      return { sessions: await sessions.end(identity.account!, { id }) };
    },

    async signOutEverywhere(_, __, { identity, sessions, browser }) {
      browser.keep(null);
      return { sessions: await sessions.end(identity.account!, { except: null }) };
    },

    async changePassword(_, { input }, context) {
      const account = await own(context);
      if (!account) return refusal('SESSION_ENDED');
      const refused = await confirmed(account, input.current, context);
      if (refused) return refused;
      const isSame = input.new === input.current;
      const message = isSame ? 'This is the password you have; choose another.' : weakness(input.new, account);
      if (message !== null) return refusal('WEAK_PASSWORD', { message });
      await context.accounts.change(account.id, { password: await context.passwords.hash(input.new) });
      await context.sessions.end(account.id, { except: context.identity.session });
      return account;
    },

    async changeName(_, args, context) {
      const name = nameOf(args.name);
      if (name === null) return refusal('INVALID_NAME');
      await context.accounts.change(context.identity.account!, { name });
      return (await own(context)) ?? refusal('SESSION_ENDED');
    },

    addSavedTraveller: (_, { input }, context) =>
      saved(input, context, 'TOO_MANY_TRAVELLERS', (traveller) =>
        context.accounts.addTraveller(context.identity.account!, traveller),
      ),

    changeSavedTraveller: (_, { id, input }, context) =>
      saved(input, context, 'TRAVELLER_NOT_FOUND', (traveller) =>
        context.accounts.changeTraveller(context.identity.account!, id, traveller),
      ),

    removeSavedTraveller: async (_, { id }, { identity, accounts }) =>
      (await accounts.removeTraveller(identity.account!, id)) ?? refusal('TRAVELLER_NOT_FOUND'),

    async deleteAccount(_, { password }, context) {
      const account = await own(context);
      if (!account) return refusal('SESSION_ENDED');
      const refused = await confirmed(account, password, context);
      if (refused) return refused;
      await context.sessions.end(account.id, { except: null });
      await context.accounts.erase(account.id);
      context.browser.keep(null);
      return { id: account.id };
    },
  },

  SignInResult: { __resolveType: (result) => ('code' in result ? 'AccountRefusal' : 'SignedIn') },
  AccountResult: { __resolveType: (result) => ('code' in result ? 'AccountRefusal' : 'Account') },
  SavedTravellerResult: { __resolveType: (result) => ('code' in result ? 'AccountRefusal' : 'SavedTraveller') },
  DeleteAccountResult: { __resolveType: (result) => ('code' in result ? 'AccountRefusal' : 'AccountDeleted') },

  Account: {
    __resolveReference: async ({ id }, context) => (id === context.identity.account ? own(context) : null),
    roles: ({ roles }) => [...roles],
    sessions: ({ id }, _, { sessions, now }) => sessions.of(id, now),
    savedTravellers: ({ id }, _, { accounts }) => accounts.travellers(id),
  },

  Session: {
    startedAt: ({ startedAt }) => instant(startedAt),
    usedAt: ({ usedAt }) => instant(usedAt),
    isThisOne: ({ id }, _, { begun, identity }) => id === (begun ?? identity.session),
  },

  SavedTraveller: {
    __resolveReference: async ({ id }, { identity, accounts }) =>
      identity.account === null ? null : accounts.traveller(identity.account, id),
    document: ({ documentKind, documentNumber, documentCountry, documentExpiresOn }) =>
      documentKind
        ? {
            kind: documentKind,
            number: documentNumber!,
            country: documentCountry!,
            expiresOn: documentExpiresOn!,
          }
        : null,
  },
};
