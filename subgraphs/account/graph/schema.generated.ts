// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AccountSource, AccountRolesSource, SessionSource, SavedTravellerSource, SignedInSource } from './sources.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  Date: { input: string; output: string; }
  DateTime: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** What somebody may be allowed to do. Fields say which role they need. */
export type Role =
  /** Shops and orders. Everybody with an account has it. */
  | 'TRAVELLER'
  /** Creates, changes and withdraws fares. */
  | 'FARE_MANAGER'
  /** Looks after orders, payments and what waits or failed. */
  | 'OPERATOR'
  /** Gives roles to accounts, and takes them away. */
  | 'ADMIN';

export type Query = {
  /** The account that is signed in. Needs a signed-in account. */
  me?: Maybe<Account>;
  /** The account of an email and its roles; null where there is none. Needs the role ADMIN. */
  account?: Maybe<AccountRoles>;
  /** Who a session belongs to; null once it has ended. For the gateway alone. */
  sessionState?: Maybe<SessionState>;
  /** The public keys of the access tokens that may be about, as JSON Web Keys. For the gateway alone. */
  verificationKeys?: Maybe<Array<Scalars['String']['output']>>;
};


export type QueryAccountArgs = {
  email: Scalars['String']['input'];
};


export type QuerySessionStateArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  /**
   * Opens an account and signs it in. Mails a code to confirm the address; no mail is sent, and the answer is the same, if
   * 5 mails went to that address in the last 15 minutes.
   */
  signUp?: Maybe<SignInResult>;
  /** Signs in: a new session, on this device. */
  signIn?: Maybe<SignInResult>;
  /**
   * Goes on with a session: new tokens for the last refresh token, which is good for one use. Using an old one again
   * ends the session, as then somebody else has it; within ten seconds it is ALREADY_REFRESHED, and nothing ends. Send no access token along that may have expired.
   */
  refreshSession?: Maybe<SignInResult>;
  /**
   * Ends a session: its tokens are refused from now on. Signed in, it is this one or another of yours. Once the access
   * token is over leave it out and give the refresh token instead; a browser that keeps its session in cookies just asks.
   */
  signOut?: Maybe<SignedOut>;
  /** Ends all your sessions on all devices, this one too. Needs a signed-in account. */
  signOutEverywhere?: Maybe<SignedOut>;
  /**
   * Changes your password and ends all your sessions, this one too, as somebody else may have its tokens. The answer is a
   * new session: go on with its tokens; a browser has them in its cookies. Needs a signed-in account.
   */
  changePassword?: Maybe<SignInResult>;
  /**
   * Mails a code for a new password to the address. The answer is the same, and takes as long, where the address has no
   * account. At most 5 mails with codes go to an address in 15 minutes.
   */
  requestPasswordReset?: Maybe<MailRequestResult>;
  /**
   * Sets a new password with the code that was mailed, and signs in. The code works once, within 30 minutes. All earlier
   * sessions end, and a mail says that the password was changed. The address counts as confirmed.
   */
  resetPassword?: Maybe<SignInResult>;
  /** Mails a code to confirm your address; signing up does so, too. Needs a signed-in account. */
  requestEmailConfirmation?: Maybe<MailRequestResult>;
  /**
   * Confirms an email address with the code that was mailed to it, within 24 hours. Where the code is for a change of the
   * address, the account has the new one from then on, and both addresses are informed. An account that held the address
   * without having confirmed it loses the address. Needs no signed-in account; a code that was mailed for another account
   * than the signed-in one is refused with INVALID_CODE.
   */
  confirmEmail?: Maybe<ConfirmEmailResult>;
  /**
   * Changes your email address: mails a code to the new address, which is yours once you send the code to `confirmEmail`.
   * Needs a signed-in account.
   */
  changeEmail?: Maybe<MailRequestResult>;
  /** Changes your name. Needs a signed-in account. */
  changeName?: Maybe<AccountResult>;
  /** Saves a traveller with your account, at most 30. Needs a signed-in account. */
  addSavedTraveller?: Maybe<SavedTravellerResult>;
  /** Replaces all that is saved of a traveller. Needs a signed-in account. */
  changeSavedTraveller?: Maybe<SavedTravellerResult>;
  /** Forgets a saved traveller; the answer is what was forgotten. Needs a signed-in account. */
  removeSavedTraveller?: Maybe<SavedTravellerResult>;
  /** Deletes your account with everything personal in it, for good. Needs a signed-in account. */
  deleteAccount?: Maybe<DeleteAccountResult>;
  /** Gives an account a role; one that has it keeps it. It counts within five seconds. Needs the role ADMIN. */
  grantRole?: Maybe<RoleResult>;
  /**
   * Takes a role from an account; what it allowed ends within five seconds. TRAVELLER cannot be taken, as everybody with an
   * account is one. Needs the role ADMIN.
   */
  revokeRole?: Maybe<RoleResult>;
};


export type MutationSignUpArgs = {
  input: SignUpInput;
};


export type MutationSignInArgs = {
  input: SignInInput;
};


export type MutationRefreshSessionArgs = {
  refreshToken?: InputMaybe<Scalars['String']['input']>;
};


export type MutationSignOutArgs = {
  session?: InputMaybe<Scalars['ID']['input']>;
  refreshToken?: InputMaybe<Scalars['String']['input']>;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationRequestPasswordResetArgs = {
  email: Scalars['String']['input'];
};


export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


export type MutationConfirmEmailArgs = {
  code: Scalars['String']['input'];
};


export type MutationChangeEmailArgs = {
  input: ChangeEmailInput;
};


export type MutationChangeNameArgs = {
  name: Scalars['String']['input'];
};


export type MutationAddSavedTravellerArgs = {
  input: SavedTravellerInput;
};


export type MutationChangeSavedTravellerArgs = {
  id: Scalars['ID']['input'];
  input: SavedTravellerInput;
};


export type MutationRemoveSavedTravellerArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDeleteAccountArgs = {
  password: Scalars['String']['input'];
};


export type MutationGrantRoleArgs = {
  email: Scalars['String']['input'];
  role: Role;
};


export type MutationRevokeRoleArgs = {
  email: Scalars['String']['input'];
  role: Role;
};

/** How a client keeps its session. */
export type SessionKind =
  /** The answer has the tokens: send the access token as `Authorization: Bearer ...`. */
  | 'TOKEN'
  /**
   * For browsers: the tokens are in cookies that scripts cannot read, and not in the answer. Requests with these
   * cookies need the header `apollo-require-preflight` with any value.
   */
  | 'COOKIE';

/** What it takes to open an account. */
export type SignUpInput = {
  /** Where mail reaches you; it is also what you sign in with. Case does not matter. */
  email: Scalars['String']['input'];
  /** 1 to 100 characters. Invisible ones are removed, control characters refused. */
  name: Scalars['String']['input'];
  /** 8 to 128 characters, and hard to guess. */
  password: Scalars['String']['input'];
  /** How the session is kept. */
  session?: SessionKind;
};

/** What it takes to sign in. */
export type SignInInput = {
  /** What the account was opened with. Case does not matter. */
  email: Scalars['String']['input'];
  /** The account's. */
  password: Scalars['String']['input'];
  /**
   * The `deviceToken` of the last time that this device signed in to the account: wrong passwords that others try do not lock
   * the device out then.
   */
  deviceToken?: InputMaybe<Scalars['String']['input']>;
  /** How the session is kept. */
  session?: SessionKind;
};

/** What it takes to change a password. */
export type ChangePasswordInput = {
  /** The one you have. */
  current: Scalars['String']['input'];
  /** The one you want: 8 to 128 characters, and hard to guess. */
  new: Scalars['String']['input'];
};

/** What it takes to set a password with a mailed code. */
export type ResetPasswordInput = {
  /** The code in the mail. */
  code: Scalars['String']['input'];
  /** The one you want: 8 to 128 characters, and hard to guess. */
  password: Scalars['String']['input'];
  /** How the session is kept. */
  session?: SessionKind;
};

/** What it takes to change an email address. */
export type ChangeEmailInput = {
  /** The new address. */
  email: Scalars['String']['input'];
  /** Your password. */
  password: Scalars['String']['input'];
};

/** A mail is on its way, or why none is sent. */
export type MailRequestResult = MailRequested | AccountRefusal;

/** A mail with a code is on its way: of a password reset only where the address has an account. */
export type MailRequested = {
  /** The address that it goes to. */
  email: Scalars['String']['output'];
  /** For how many minutes the code works from when it is mailed. */
  validForMinutes: Scalars['Int']['output'];
};

/** The address is confirmed, or why it is not. */
export type ConfirmEmailResult = EmailConfirmed | AccountRefusal;

/** An address whose owner is known to get mail there. */
export type EmailConfirmed = {
  /** The address that is confirmed. */
  email: Scalars['String']['output'];
};

/** Signed in, or why not. */
export type SignInResult = SignedIn | AccountRefusal;

/** Your account after the change, or why it was not changed. */
export type AccountResult = Account | AccountRefusal;

/** The saved traveller, or why nothing was changed. */
export type SavedTravellerResult = SavedTraveller | AccountRefusal;

/** Deleted, or why not. */
export type DeleteAccountResult = AccountDeleted | AccountRefusal;

/** The account with the roles that it has now, or why nothing was changed. */
export type RoleResult = AccountRoles | AccountRefusal;

/** Why an operation was refused, in words. Each refusal type adds a `code` to branch on, with an enum of its own. */
export type Refusal = {
  /** For people to read. */
  message: Scalars['String']['output'];
};

/** Why an account's matter was refused. */
export type AccountRefusal = Refusal & {
  /** For programs to branch on. */
  code: AccountRefusalCode;
  /** A sentence for the one who asked. */
  message: Scalars['String']['output'];
  /** For TOO_MANY_TRIES: in how many seconds to try again. */
  retryAfter?: Maybe<Scalars['Int']['output']>;
};

/** Why an account's matter can be refused. */
export type AccountRefusalCode =
  /** There is an account with this email already. */
  | 'EMAIL_TAKEN'
  /** This is not an email address. */
  | 'INVALID_EMAIL'
  /** A name has 1 to 100 characters and no control characters; the message says which of the two. */
  | 'INVALID_NAME'
  /** The password is too short, too long, too easy to guess or the one you have; the message says what would help. */
  | 'WEAK_PASSWORD'
  /** No account has this email and password together; or, where yours is asked once more, it is not your password. */
  | 'WRONG_CREDENTIALS'
  /** Too many tries with this email, from this address or by this session; `retryAfter` says when to go on. */
  | 'TOO_MANY_TRIES'
  /** The session has ended, or the refresh token is not its last one: sign in again. */
  | 'SESSION_ENDED'
  /**
   * The refresh token was used less than ten seconds ago, as by another tab: the session goes on with the tokens that
   * were given for it. A browser that keeps them in cookies has them by now: just go on, or ask once more.
   */
  | 'ALREADY_REFRESHED'
  /** What is to be saved of a traveller cannot be so; the message says why. */
  | 'INVALID_TRAVELLER'
  /** 30 travellers are saved already. */
  | 'TOO_MANY_TRAVELLERS'
  /** You have no saved traveller of this id. */
  | 'TRAVELLER_NOT_FOUND'
  /** The code is unknown, used, too old or for another account: request another. */
  | 'INVALID_CODE'
  /** No account has this email. */
  | 'ACCOUNT_NOT_FOUND'
  /** Nobody else is an administrator: give somebody the role first. */
  | 'LAST_ADMIN';

/** A session that has begun or goes on. */
export type SignedIn = {
  /** Who is signed in. */
  account: Account;
  /** The session that this is. */
  session: Session;
  /** Null when the browser keeps them as cookies. */
  tokens?: Maybe<Tokens>;
  /**
   * Keep it on this device, also after signing out, and give it to the next `signIn`. It opens nothing. Null where a session
   * only goes on.
   */
  deviceToken?: Maybe<Scalars['String']['output']>;
};

/** What a client shows to be let in. */
export type Tokens = {
  /** A JSON Web Token (RFC 9068), good for ten minutes. */
  accessToken: Scalars['String']['output'];
  /** When the access token ends; refresh the session before. */
  expiresAt: Scalars['DateTime']['output'];
  /** Good for one use of `refreshSession`, within 30 days. Keep it secret. */
  refreshToken: Scalars['String']['output'];
};

/** Sessions that ended. */
export type SignedOut = {
  /** How many sessions ended; 0 where there was none any more. */
  sessions: Scalars['Int']['output'];
};

/** An account that is gone. */
export type AccountDeleted = {
  /** The id of the account that was deleted. */
  id: Scalars['ID']['output'];
};

/** Somebody's account. Only its owner can see it. */
export type Account = {
  /** Its global id, as acc_01m7y... */
  id: Scalars['ID']['output'];
  /**
   * What its owner signs in with. `ID@released.invalid` where the address was confirmed by another account: give another one
   * with `changeEmail`.
   */
  email: Scalars['String']['output'];
  /** Whether the owner has shown to get mail at the address. */
  emailConfirmed: Scalars['Boolean']['output'];
  /** The owner's name. */
  name: Scalars['String']['output'];
  /** What is stored of you with the account, as a JSON document: account, sessions and saved travellers. */
  data: Scalars['String']['output'];
  /** What its owner may do. */
  roles: Array<Role>;
  /** The sessions that go on, the last used first; at most 20, then the one unused for longest ends. */
  sessions: Array<Session>;
  /** The travellers saved with it, by name; at most 30. */
  savedTravellers: Array<SavedTraveller>;
};

/** What administrators see of an account. */
export type AccountRoles = {
  /** The account's id. */
  id: Scalars['ID']['output'];
  /** What its owner signs in with. */
  email: Scalars['String']['output'];
  /** What its owner may do. */
  roles: Array<Role>;
};

/** A device that is signed in. */
export type Session = {
  /** Its id, as ses_01m7y...; pass it to signOut. */
  id: Scalars['ID']['output'];
  /** When it was signed in. */
  startedAt: Scalars['DateTime']['output'];
  /** When its tokens were renewed last. */
  usedAt: Scalars['DateTime']['output'];
  /** Whether it is the one that asks, or that this very request began. */
  isThisOne: Scalars['Boolean']['output'];
};

/** A traveller whose data is kept for the next order. Only the account's owner can see it. */
export type SavedTraveller = {
  /** Its global id, as trv_01m7y... */
  id: Scalars['ID']['output'];
  /** As it is written in the travel document. */
  name: Scalars['String']['output'];
  /** The day of birth: it tells an adult from a child or an infant. */
  birthDate: Scalars['Date']['output'];
  /** What the traveller travels with, where it was saved. */
  document?: Maybe<TravelDocument>;
};

/** What a traveller shows at a border. */
export type TravelDocument = {
  /** Whether it is a passport or an identity card. */
  kind: TravelDocumentKind;
  /** As it is written on the document. */
  number: Scalars['String']['output'];
  /** The country that issued it, by its two-letter ISO 3166 code, as IN. */
  country: Scalars['String']['output'];
  /** The last day on which it is good. */
  expiresOn: Scalars['Date']['output'];
};

/** What kind of document it is. */
export type TravelDocumentKind =
  /** A passport. */
  | 'PASSPORT'
  /** A national identity card. */
  | 'IDENTITY_CARD';

/** What to save of a traveller. */
export type SavedTravellerInput = {
  /** As it is written in the travel document: 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** Not in the future. */
  birthDate: Scalars['Date']['input'];
  /** What the traveller travels with. */
  document?: InputMaybe<TravelDocumentInput>;
};

/** A travel document to save. */
export type TravelDocumentInput = {
  /** Whether it is a passport or an identity card. */
  kind: TravelDocumentKind;
  /** 5 to 20 letters and digits. */
  number: Scalars['String']['input'];
  /** The country that issued it, by its two-letter ISO 3166 code, as IN. */
  country: Scalars['String']['input'];
  /** The last day on which it is good: today or later. */
  expiresOn: Scalars['Date']['input'];
};

/** Whose session it is, and what they may do. */
export type SessionState = {
  /** The account. */
  account: Scalars['ID']['output'];
  /** Its roles. */
  roles: Array<Role>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Account: Account;
  SavedTraveller: SavedTraveller;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Account:
    ( { __typename: 'Account' }
    & GraphQLRecursivePick<FederationTypes['Account'], {"id":true}> );
  SavedTraveller:
    ( { __typename: 'SavedTraveller' }
    & GraphQLRecursivePick<FederationTypes['SavedTraveller'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  MailRequestResult:
    | ( MailRequested )
    | ( AccountRefusal )
  ;
  ConfirmEmailResult:
    | ( EmailConfirmed )
    | ( AccountRefusal )
  ;
  SignInResult:
    | ( SignedInSource )
    | ( AccountRefusal )
  ;
  AccountResult:
    | ( AccountSource )
    | ( AccountRefusal )
  ;
  SavedTravellerResult:
    | ( SavedTravellerSource )
    | ( AccountRefusal )
  ;
  DeleteAccountResult:
    | ( AccountDeleted )
    | ( AccountRefusal )
  ;
  RoleResult:
    | ( AccountRolesSource )
    | ( AccountRefusal )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Refusal: ( AccountRefusal );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Role: Role;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SessionKind: SessionKind;
  SignUpInput: SignUpInput;
  SignInInput: SignInInput;
  ChangePasswordInput: ChangePasswordInput;
  ResetPasswordInput: ResetPasswordInput;
  ChangeEmailInput: ChangeEmailInput;
  MailRequestResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['MailRequestResult']>;
  MailRequested: ResolverTypeWrapper<MailRequested>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ConfirmEmailResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ConfirmEmailResult']>;
  EmailConfirmed: ResolverTypeWrapper<EmailConfirmed>;
  SignInResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SignInResult']>;
  AccountResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AccountResult']>;
  SavedTravellerResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SavedTravellerResult']>;
  DeleteAccountResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteAccountResult']>;
  RoleResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RoleResult']>;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  AccountRefusal: ResolverTypeWrapper<AccountRefusal>;
  AccountRefusalCode: AccountRefusalCode;
  SignedIn: ResolverTypeWrapper<SignedInSource>;
  Tokens: ResolverTypeWrapper<Tokens>;
  SignedOut: ResolverTypeWrapper<SignedOut>;
  AccountDeleted: ResolverTypeWrapper<AccountDeleted>;
  Account: ResolverTypeWrapper<AccountSource>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AccountRoles: ResolverTypeWrapper<AccountRolesSource>;
  Session: ResolverTypeWrapper<SessionSource>;
  SavedTraveller: ResolverTypeWrapper<SavedTravellerSource>;
  TravelDocument: ResolverTypeWrapper<TravelDocument>;
  TravelDocumentKind: TravelDocumentKind;
  SavedTravellerInput: SavedTravellerInput;
  TravelDocumentInput: TravelDocumentInput;
  SessionState: ResolverTypeWrapper<SessionState>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  SignUpInput: SignUpInput;
  SignInInput: SignInInput;
  ChangePasswordInput: ChangePasswordInput;
  ResetPasswordInput: ResetPasswordInput;
  ChangeEmailInput: ChangeEmailInput;
  MailRequestResult: ResolversUnionTypes<ResolversParentTypes>['MailRequestResult'];
  MailRequested: MailRequested;
  Int: Scalars['Int']['output'];
  ConfirmEmailResult: ResolversUnionTypes<ResolversParentTypes>['ConfirmEmailResult'];
  EmailConfirmed: EmailConfirmed;
  SignInResult: ResolversUnionTypes<ResolversParentTypes>['SignInResult'];
  AccountResult: ResolversUnionTypes<ResolversParentTypes>['AccountResult'];
  SavedTravellerResult: ResolversUnionTypes<ResolversParentTypes>['SavedTravellerResult'];
  DeleteAccountResult: ResolversUnionTypes<ResolversParentTypes>['DeleteAccountResult'];
  RoleResult: ResolversUnionTypes<ResolversParentTypes>['RoleResult'];
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  AccountRefusal: AccountRefusal;
  SignedIn: SignedInSource;
  Tokens: Tokens;
  SignedOut: SignedOut;
  AccountDeleted: AccountDeleted;
  Account: AccountSource;
  Boolean: Scalars['Boolean']['output'];
  AccountRoles: AccountRolesSource;
  Session: SessionSource;
  SavedTraveller: SavedTravellerSource;
  TravelDocument: TravelDocument;
  SavedTravellerInput: SavedTravellerInput;
  TravelDocumentInput: TravelDocumentInput;
  SessionState: SessionState;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['AccountRoles']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'email'>>;
  sessionState?: Resolver<Maybe<ResolversTypes['SessionState']>, ParentType, ContextType, RequireFields<QuerySessionStateArgs, 'id'>>;
  verificationKeys?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  signUp?: Resolver<Maybe<ResolversTypes['SignInResult']>, ParentType, ContextType, RequireFields<MutationSignUpArgs, 'input'>>;
  signIn?: Resolver<Maybe<ResolversTypes['SignInResult']>, ParentType, ContextType, RequireFields<MutationSignInArgs, 'input'>>;
  refreshSession?: Resolver<Maybe<ResolversTypes['SignInResult']>, ParentType, ContextType, Partial<MutationRefreshSessionArgs>>;
  signOut?: Resolver<Maybe<ResolversTypes['SignedOut']>, ParentType, ContextType, Partial<MutationSignOutArgs>>;
  signOutEverywhere?: Resolver<Maybe<ResolversTypes['SignedOut']>, ParentType, ContextType>;
  changePassword?: Resolver<Maybe<ResolversTypes['SignInResult']>, ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  requestPasswordReset?: Resolver<Maybe<ResolversTypes['MailRequestResult']>, ParentType, ContextType, RequireFields<MutationRequestPasswordResetArgs, 'email'>>;
  resetPassword?: Resolver<Maybe<ResolversTypes['SignInResult']>, ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'input'>>;
  requestEmailConfirmation?: Resolver<Maybe<ResolversTypes['MailRequestResult']>, ParentType, ContextType>;
  confirmEmail?: Resolver<Maybe<ResolversTypes['ConfirmEmailResult']>, ParentType, ContextType, RequireFields<MutationConfirmEmailArgs, 'code'>>;
  changeEmail?: Resolver<Maybe<ResolversTypes['MailRequestResult']>, ParentType, ContextType, RequireFields<MutationChangeEmailArgs, 'input'>>;
  changeName?: Resolver<Maybe<ResolversTypes['AccountResult']>, ParentType, ContextType, RequireFields<MutationChangeNameArgs, 'name'>>;
  addSavedTraveller?: Resolver<Maybe<ResolversTypes['SavedTravellerResult']>, ParentType, ContextType, RequireFields<MutationAddSavedTravellerArgs, 'input'>>;
  changeSavedTraveller?: Resolver<Maybe<ResolversTypes['SavedTravellerResult']>, ParentType, ContextType, RequireFields<MutationChangeSavedTravellerArgs, 'id' | 'input'>>;
  removeSavedTraveller?: Resolver<Maybe<ResolversTypes['SavedTravellerResult']>, ParentType, ContextType, RequireFields<MutationRemoveSavedTravellerArgs, 'id'>>;
  deleteAccount?: Resolver<Maybe<ResolversTypes['DeleteAccountResult']>, ParentType, ContextType, RequireFields<MutationDeleteAccountArgs, 'password'>>;
  grantRole?: Resolver<Maybe<ResolversTypes['RoleResult']>, ParentType, ContextType, RequireFields<MutationGrantRoleArgs, 'email' | 'role'>>;
  revokeRole?: Resolver<Maybe<ResolversTypes['RoleResult']>, ParentType, ContextType, RequireFields<MutationRevokeRoleArgs, 'email' | 'role'>>;
};

export type MailRequestResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MailRequestResult'] = ResolversParentTypes['MailRequestResult']> = {
  __resolveType: TypeResolveFn<'MailRequested' | 'AccountRefusal', ParentType, ContextType>;
};

export type MailRequestedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MailRequested'] = ResolversParentTypes['MailRequested']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  validForMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConfirmEmailResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConfirmEmailResult'] = ResolversParentTypes['ConfirmEmailResult']> = {
  __resolveType: TypeResolveFn<'EmailConfirmed' | 'AccountRefusal', ParentType, ContextType>;
};

export type EmailConfirmedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmailConfirmed'] = ResolversParentTypes['EmailConfirmed']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SignInResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignInResult'] = ResolversParentTypes['SignInResult']> = {
  __resolveType: TypeResolveFn<'SignedIn' | 'AccountRefusal', ParentType, ContextType>;
};

export type AccountResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountResult'] = ResolversParentTypes['AccountResult']> = {
  __resolveType: TypeResolveFn<'Account' | 'AccountRefusal', ParentType, ContextType>;
};

export type SavedTravellerResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SavedTravellerResult'] = ResolversParentTypes['SavedTravellerResult']> = {
  __resolveType: TypeResolveFn<'SavedTraveller' | 'AccountRefusal', ParentType, ContextType>;
};

export type DeleteAccountResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteAccountResult'] = ResolversParentTypes['DeleteAccountResult']> = {
  __resolveType: TypeResolveFn<'AccountDeleted' | 'AccountRefusal', ParentType, ContextType>;
};

export type RoleResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoleResult'] = ResolversParentTypes['RoleResult']> = {
  __resolveType: TypeResolveFn<'AccountRoles' | 'AccountRefusal', ParentType, ContextType>;
};

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'AccountRefusal', ParentType, ContextType>;
};

export type AccountRefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountRefusal'] = ResolversParentTypes['AccountRefusal']> = {
  code?: Resolver<ResolversTypes['AccountRefusalCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfter?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SignedInResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignedIn'] = ResolversParentTypes['SignedIn']> = {
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  session?: Resolver<ResolversTypes['Session'], ParentType, ContextType>;
  tokens?: Resolver<Maybe<ResolversTypes['Tokens']>, ParentType, ContextType>;
  deviceToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TokensResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tokens'] = ResolversParentTypes['Tokens']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SignedOutResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignedOut'] = ResolversParentTypes['SignedOut']> = {
  sessions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AccountDeletedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountDeleted'] = ResolversParentTypes['AccountDeleted']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  emailConfirmed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  data?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
  sessions?: Resolver<Array<ResolversTypes['Session']>, ParentType, ContextType>;
  savedTravellers?: Resolver<Array<ResolversTypes['SavedTraveller']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountRolesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountRoles'] = ResolversParentTypes['AccountRoles']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  usedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isThisOne?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SavedTravellerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SavedTraveller'] = ResolversParentTypes['SavedTraveller'], FederationReferenceType extends FederationReferenceTypes['SavedTraveller'] = FederationReferenceTypes['SavedTraveller']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['SavedTraveller']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  birthDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  document?: Resolver<Maybe<ResolversTypes['TravelDocument']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TravelDocumentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TravelDocument'] = ResolversParentTypes['TravelDocument']> = {
  kind?: Resolver<ResolversTypes['TravelDocumentKind'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export type SessionStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SessionState'] = ResolversParentTypes['SessionState']> = {
  account?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  MailRequestResult?: MailRequestResultResolvers<ContextType>;
  MailRequested?: MailRequestedResolvers<ContextType>;
  ConfirmEmailResult?: ConfirmEmailResultResolvers<ContextType>;
  EmailConfirmed?: EmailConfirmedResolvers<ContextType>;
  SignInResult?: SignInResultResolvers<ContextType>;
  AccountResult?: AccountResultResolvers<ContextType>;
  SavedTravellerResult?: SavedTravellerResultResolvers<ContextType>;
  DeleteAccountResult?: DeleteAccountResultResolvers<ContextType>;
  RoleResult?: RoleResultResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  AccountRefusal?: AccountRefusalResolvers<ContextType>;
  SignedIn?: SignedInResolvers<ContextType>;
  Tokens?: TokensResolvers<ContextType>;
  SignedOut?: SignedOutResolvers<ContextType>;
  AccountDeleted?: AccountDeletedResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  AccountRoles?: AccountRolesResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SavedTraveller?: SavedTravellerResolvers<ContextType>;
  TravelDocument?: TravelDocumentResolvers<ContextType>;
  SessionState?: SessionStateResolvers<ContextType>;
};

