// Resolvers of accounts, sessions and saved travellers, each visible to its owner only.
import { accountOfCaller } from '../../../schema/wire/identity.ts';
import { accountOf, grantRole, revokeRole } from './administration.ts';
import { type Context, leave } from './context.ts';
import { either, isRefused, refusalFields } from '../../../schema/errors.ts';
import { personName } from '../../../schema/terms/person-name.ts';
import { accountData } from './data-export.ts';
import {
  changeEmail,
  confirmEmail,
  requestEmailConfirmation,
  requestPasswordReset,
  resetPassword,
} from './recovery.ts';
import { refusal } from '../rules/refusal.ts';
import type { Resolvers } from './schema.generated.ts';
import { changePassword, confirmed, refreshSession, signIn, signUp } from './sign-in.ts';
import { signOut, signOutEverywhere } from './sign-out.ts';
import type { AccountRefusal } from './sources.ts';
import type { KnownAccount } from '../store/store.ts';
import type { SavedTravellerRow } from '../store/tables.ts';
import { type StoredTraveller, travellerOf, type TravellerInput } from '../rules/traveller.ts';
import { mailsTo, onEmail } from '../rules/tries.ts';

/** The caller's account; null if it was just deleted. `@access` of the fields ensures that the caller is signed in. */
const own = ({ identity, accounts }: Context): Promise<KnownAccount | null> => accounts.byId(accountOfCaller(identity));

const instant = (ms: number): string => new Date(ms).toISOString();

/** Validates the input and saves the traveller; `save` may refuse, too. */
async function saved(
  wanted: TravellerInput,
  { now }: Context,
  save: (traveller: StoredTraveller) => Promise<SavedTravellerRow | AccountRefusal>,
) {
  const traveller = travellerOf(wanted, now.toISOString().slice(0, 10));
  return isRefused(traveller) ? traveller : save(traveller);
}

export const resolvers: Resolvers = {
  Query: {
    me: (_, __, context) => own(context),
    account: (_, { email }, context) => accountOf(email, context),
  },

  Mutation: {
    signUp: (_, { input }, context) => signUp(input, context),
    signIn: (_, { input }, context) => signIn(input, context),
    refreshSession: (_, { refreshToken }, context) => refreshSession(refreshToken, context),

    signOut: (_, args, context) => signOut(args, context),
    signOutEverywhere: (_, __, context) => signOutEverywhere(context),
    changePassword: async (_, { input }, context) => changePassword(await own(context), input, context),

    requestPasswordReset: (_, { email }, context) => requestPasswordReset(email, context),
    resetPassword: (_, { input }, context) => resetPassword(input, context),
    requestEmailConfirmation: async (_, __, context) => requestEmailConfirmation(await own(context), context),
    confirmEmail: (_, { code }, context) => confirmEmail(code, context),
    changeEmail: async (_, { input }, context) => changeEmail(await own(context), input, context),

    async changeName(_, args, context) {
      const kept = personName(args.name);
      if (isRefused(kept)) return kept;
      await context.accounts.change(accountOfCaller(context.identity), kept);
      return (await own(context)) ?? refusal('SESSION_ENDED');
    },

    addSavedTraveller: (_, { input }, context) =>
      saved(input, context, (traveller) => context.accounts.addTraveller(accountOfCaller(context.identity), traveller)),

    changeSavedTraveller: (_, { id, input }, context) =>
      saved(
        input,
        context,
        async (traveller) =>
          (await context.accounts.changeTraveller(accountOfCaller(context.identity), id, traveller)) ??
          refusal('TRAVELLER_NOT_FOUND'),
      ),

    removeSavedTraveller: async (_, { id }, { identity, accounts }) =>
      (await accounts.removeTraveller(accountOfCaller(identity), id)) ?? refusal('TRAVELLER_NOT_FOUND'),

    async deleteAccount(_, { password }, context) {
      const account = await own(context);
      if (!account) return refusal('SESSION_ENDED');
      const refused = await confirmed(account, password, context);
      if (refused) return refused;
      const revoked = account.roles.includes('ADMIN') && (await context.accounts.revoke(account.id, 'ADMIN'));
      if (isRefused(revoked)) return revoked;
      await context.sessions.end(account.id, { except: null });
      await context.sessions.ended(await context.accounts.erase(account.id));
      // Removes the digests of the email, which would otherwise stay for 15 minutes. The mail count of an unconfirmed
      // address stays: otherwise signing up with a stranger's address and deleting the account would reset its limit.
      await context.tries.forgive(onEmail(account.email), []);
      if (account.emailConfirmedAt != null) await context.tries.forgive(mailsTo(account.email), []);
      leave(context);
      return { id: account.id };
    },

    grantRole: (_, args, context) => grantRole(args, context),
    revokeRole: (_, args, context) => revokeRole(args, context),
  },

  MailRequestResult: either('MailRequested', 'AccountRefusal'),
  ConfirmEmailResult: either('EmailConfirmed', 'AccountRefusal'),
  RoleResult: either('AccountRoles', 'AccountRefusal'),
  SignInResult: either('SignedIn', 'AccountRefusal'),
  AccountResult: either('Account', 'AccountRefusal'),
  SavedTravellerResult: either('SavedTraveller', 'AccountRefusal'),
  DeleteAccountResult: either('AccountDeleted', 'AccountRefusal'),

  AccountRefusal: refusalFields,

  Account: {
    __resolveReference: async ({ id }, context) => (id === context.identity.account ? own(context) : null),
    emailConfirmed: ({ emailConfirmedAt }) => emailConfirmedAt != null,
    data: async (account, _, { sessions, accounts }) =>
      accountData(account, await sessions.of(account.id), await accounts.travellers(account.id)),
    roles: ({ roles }) => [...roles],
    sessions: ({ id }, _, { sessions }) => sessions.of(id),
    savedTravellers: ({ id }, _, { accounts }) => accounts.travellers(id),
  },

  AccountRoles: { roles: ({ roles }) => [...roles] },

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
