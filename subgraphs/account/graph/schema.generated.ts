// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AccountRefusalSource, AccountSource, AccountRolesSource, SessionSource, SavedTravellerSource, SignedInSource } from './sources.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: Exclude<T[P], undefined> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant with the offset of the place it is about, as 2026-03-24T22:20:00+05:30. */
  DateTime: { input: string; output: string; }
  /** A calendar date at the place it is about, as YYYY-MM-DD. */
  Date: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** A role of an account. The description of a field names the role that it needs. */
export type Role =
  /** Shops and orders. Every account has this role. */
  | 'TRAVELLER'
  /** Creates, changes and withdraws fares. */
  | 'FARE_MANAGER'
  /** Looks after orders, payments, and work that waits or has failed. */
  | 'OPERATOR'
  /** Grants roles to accounts and revokes them. */
  | 'ADMIN';

export type Query = {
  /** The account that is signed in. Needs a signed-in account. */
  me?: Maybe<Account>;
  /** The account with this email address, and its roles; null if there is none. Needs the role ADMIN. */
  account?: Maybe<AccountRoles>;
};


export type QueryAccountArgs = {
  email: Scalars['String']['input'];
};

export type Mutation = {
  /**
   * Opens an account and signs it in. Mails a code to confirm the address, unless 5 mails went to that address in the last
   * 15 minutes; the answer is the same either way.
   */
  signUp?: Maybe<SignInResult>;
  /** Signs in: starts a new session on this device. */
  signIn?: Maybe<SignInResult>;
  /**
   * Continues a session: exchanges the last refresh token, which is valid for one use, for new tokens. Using a token again
   * within ten seconds is refused with ALREADY_REFRESHED and ends nothing; any other use of an old token ends the session,
   * as it may have been stolen. Do not send an access token that may have expired.
   */
  refreshSession?: Maybe<SignInResult>;
  /**
   * Ends a session: its tokens are refused from now on. A signed-in client ends this session or another one of its account.
   * If the access token has expired, omit it and give the refresh token instead; a browser that keeps its session in
   * cookies needs neither argument.
   */
  signOut?: Maybe<SignedOut>;
  /** Ends all your sessions on all devices, including this one. Needs a signed-in account. */
  signOutEverywhere?: Maybe<SignedOut>;
  /**
   * Changes your password and ends all your sessions, including this one, as its tokens may have been stolen. The answer is
   * a new session: continue with its tokens; a browser gets them in its cookies. Needs a signed-in account.
   */
  changePassword?: Maybe<SignInResult>;
  /**
   * Mails a code for a new password to the address. If the address has no account, the answer is the same and takes as
   * long. At most 5 mails with codes go to an address in 15 minutes.
   */
  requestPasswordReset?: Maybe<MailRequestResult>;
  /**
   * Sets a new password with the mailed code, and signs in. The code works once, within 30 minutes. All earlier
   * sessions end, and a mail says that the password was changed. The address counts as confirmed.
   */
  resetPassword?: Maybe<SignInResult>;
  /** Mails a code to confirm your address, as signing up does. Needs a signed-in account. */
  requestEmailConfirmation?: Maybe<MailRequestResult>;
  /**
   * Confirms an email address with the code that was mailed to it, within 24 hours. If the code is for a change of address,
   * the new address takes effect, and both addresses are informed. Another account that held the address without confirming
   * it loses the address. Needs no signed-in account; but if one is signed in, a code of another account is refused with
   * INVALID_CODE.
   */
  confirmEmail?: Maybe<ConfirmEmailResult>;
  /**
   * Changes your email address: mails a code to the new address, which takes effect once you send the code to `confirmEmail`.
   * Needs a signed-in account.
   */
  changeEmail?: Maybe<MailRequestResult>;
  /** Changes your name. Needs a signed-in account. */
  changeName?: Maybe<AccountResult>;
  /** Saves a traveller with your account, at most 30. Needs a signed-in account. */
  addSavedTraveller?: Maybe<SavedTravellerResult>;
  /** Replaces all data of a saved traveller. Needs a signed-in account. */
  changeSavedTraveller?: Maybe<SavedTravellerResult>;
  /** Removes a saved traveller and returns it. Needs a signed-in account. */
  removeSavedTraveller?: Maybe<SavedTravellerResult>;
  /** Permanently deletes your account with all personal data in it. Needs a signed-in account. */
  deleteAccount?: Maybe<DeleteAccountResult>;
  /** Grants a role to an account; no change if the account has it. Takes effect within five seconds. Needs the role ADMIN. */
  grantRole?: Maybe<RoleResult>;
  /**
   * Revokes a role of an account. Takes effect within five seconds. TRAVELLER cannot be revoked, as every account has it.
   * Needs the role ADMIN.
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

/** The data of a new account. */
export type SignUpInput = {
  /** Your email address, which you also sign in with. Case does not matter. */
  email: Scalars['String']['input'];
  /** 1 to 100 characters. Invisible ones are removed, control characters refused. */
  name: Scalars['String']['input'];
  /** 8 to 128 characters, and hard to guess. */
  password: Scalars['String']['input'];
  /** How the client keeps the session. */
  session?: SessionKind;
};

/** The credentials of an account. */
export type SignInInput = {
  /** The email address of the account. Case does not matter. */
  email: Scalars['String']['input'];
  /** The password of the account. */
  password: Scalars['String']['input'];
  /**
   * The `deviceToken` of this device's last sign-in to the account. With it, wrong passwords that others try do not lock this
   * device out.
   */
  deviceToken?: InputMaybe<Scalars['String']['input']>;
  /** How the client keeps the session. */
  session?: SessionKind;
};

/** The current password and the new one. */
export type ChangePasswordInput = {
  /** Your current password. */
  current: Scalars['String']['input'];
  /** The new password: 8 to 128 characters, and hard to guess. */
  new: Scalars['String']['input'];
};

/** A mailed code and the new password. */
export type ResetPasswordInput = {
  /** The code in the mail. */
  code: Scalars['String']['input'];
  /** The new password: 8 to 128 characters, and hard to guess. */
  password: Scalars['String']['input'];
  /** How the client keeps the session. */
  session?: SessionKind;
};

/** The new email address, confirmed with the password. */
export type ChangeEmailInput = {
  /** The new address. */
  email: Scalars['String']['input'];
  /** Your password. */
  password: Scalars['String']['input'];
};

/** A mail is on its way, or why none is sent. */
export type MailRequestResult = MailRequested | AccountRefusal;

/** A mail with a code is on its way; for a password reset, only if the address has an account. */
export type MailRequested = {
  /** The address that the mail goes to. */
  email: Scalars['String']['output'];
  /** How many minutes the code is valid after it is mailed. */
  validForMinutes: Scalars['Int']['output'];
};

/** The address is confirmed, or why it is not. */
export type ConfirmEmailResult = EmailConfirmed | AccountRefusal;

/** A confirmed address: its owner has proved to receive mail there. */
export type EmailConfirmed = {
  /** The confirmed address. */
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

/** Why an account operation was refused. */
export type AccountRefusal = Refusal & {
  /** For programs to branch on. */
  code: AccountRefusalCode;
  /** A sentence to show to the user. */
  message: Scalars['String']['output'];
  /** For TOO_MANY_TRIES: after how many seconds to try again. */
  retryAfter?: Maybe<Scalars['Int']['output']>;
};

/** The reasons for refusing an account operation. */
export type AccountRefusalCode =
  /** An account with this email exists already. */
  | 'EMAIL_TAKEN'
  /** This is not an email address. */
  | 'INVALID_EMAIL'
  /** A name has 1 to 100 characters and no control characters; the message says which of the two. */
  | 'INVALID_NAME'
  /** The password is too short, too long, too easy to guess or your current one; the message says what would help. */
  | 'WEAK_PASSWORD'
  /** No account has this email and password together; or the password given to confirm an operation is not yours. */
  | 'WRONG_CREDENTIALS'
  /** Too many tries with this email, from this address or by this session; `retryAfter` says when to try again. */
  | 'TOO_MANY_TRIES'
  /** The session has ended, or the refresh token is not its last one: sign in again. */
  | 'SESSION_ENDED'
  /**
   * The refresh token was used less than ten seconds ago, for example by another tab: continue with the tokens that were
   * issued for it. A browser that keeps them in cookies has them by now: continue, or refresh once more.
   */
  | 'ALREADY_REFRESHED'
  /** The traveller cannot be saved; the message says why. */
  | 'INVALID_TRAVELLER'
  /** 30 travellers are saved already. */
  | 'TOO_MANY_TRAVELLERS'
  /** You have no saved traveller with this id. */
  | 'TRAVELLER_NOT_FOUND'
  /** The code is unknown, used, too old or for another account: request another. */
  | 'INVALID_CODE'
  /** No account has this email. */
  | 'ACCOUNT_NOT_FOUND'
  /** The account is the only administrator: grant the role to another account first. */
  | 'LAST_ADMIN';

/** A session that was started or continued. */
export type SignedIn = {
  /** The signed-in account. */
  account: Account;
  /** The session. */
  session: Session;
  /** The tokens of the session; null if the browser keeps them as cookies. */
  tokens?: Maybe<Tokens>;
  /**
   * Keep it on this device, even after signing out, and give it to the next `signIn`. It grants no access. Null if the
   * session was only continued.
   */
  deviceToken?: Maybe<Scalars['String']['output']>;
};

/** The tokens that a client authenticates with. */
export type Tokens = {
  /** A JSON Web Token (RFC 9068), valid for ten minutes. */
  accessToken: Scalars['String']['output'];
  /** When the access token expires; refresh the session before. */
  expiresAt: Scalars['DateTime']['output'];
  /** Valid for one use of `refreshSession`, within 30 days. Keep it secret. */
  refreshToken: Scalars['String']['output'];
};

/** Sessions that ended. */
export type SignedOut = {
  /** How many sessions ended; 0 if there was none left. */
  sessions: Scalars['Int']['output'];
};

/** A deleted account. */
export type AccountDeleted = {
  /** The id of the deleted account. */
  id: Scalars['ID']['output'];
};

/** An account. Only its owner can see it. */
export type Account = {
  /** Its global id, such as acc_01m7y... */
  id: Scalars['ID']['output'];
  /**
   * The address that its owner signs in with. `ID@released.invalid` if another account has confirmed the address since: set
   * a new one with `changeEmail`.
   */
  email: Scalars['String']['output'];
  /** Whether the owner has proved to receive mail at the address. */
  emailConfirmed: Scalars['Boolean']['output'];
  /** The owner's name. */
  name: Scalars['String']['output'];
  /** The personal data stored with the account, as a JSON document: account, sessions and saved travellers. */
  data: Scalars['String']['output'];
  /** Its roles. */
  roles: Array<Role>;
  /** The active sessions, most recently used first. At most 20: beyond that, the one unused for longest ends. */
  sessions: Array<Session>;
  /** The saved travellers, by name; at most 30. */
  savedTravellers: Array<SavedTraveller>;
};

/** An account as administrators see it. */
export type AccountRoles = {
  /** The account's id. */
  id: Scalars['ID']['output'];
  /** The address that its owner signs in with. */
  email: Scalars['String']['output'];
  /** The roles of the account. */
  roles: Array<Role>;
};

/** A session: one sign-in on one device. */
export type Session = {
  /** Its id, such as ses_01m7y...; pass it to signOut. */
  id: Scalars['ID']['output'];
  /** When it was started. */
  startedAt: Scalars['DateTime']['output'];
  /** When its tokens were last renewed. */
  usedAt: Scalars['DateTime']['output'];
  /** Whether it is the session of this request, or was started by it. */
  isThisOne: Scalars['Boolean']['output'];
};

/** A traveller whose data is saved for the next order. Only the account's owner can see it. */
export type SavedTraveller = {
  /** Its global id, such as trv_01m7y... */
  id: Scalars['ID']['output'];
  /** The name as written in the travel document. */
  name: Scalars['String']['output'];
  /** The date of birth, which tells an adult from a child or an infant. */
  birthDate: Scalars['Date']['output'];
  /** The travel document; null if none is saved. */
  document?: Maybe<TravelDocument>;
};

/** A document that a traveller shows at a border. */
export type TravelDocument = {
  /** Whether it is a passport or an identity card. */
  kind: TravelDocumentKind;
  /** The number as written on the document. */
  number: Scalars['String']['output'];
  /** The country that issued it, as a two-letter ISO 3166 code such as IN. */
  country: Scalars['String']['output'];
  /** The last day on which it is valid. */
  expiresOn: Scalars['Date']['output'];
};

/** The kind of a travel document. */
export type TravelDocumentKind =
  /** A passport. */
  | 'PASSPORT'
  /** A national identity card. */
  | 'IDENTITY_CARD';

/** The data of a traveller to save. */
export type SavedTravellerInput = {
  /** The name as written in the travel document: 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** The date of birth, not in the future. */
  birthDate: Scalars['Date']['input'];
  /** The travel document. */
  document?: InputMaybe<TravelDocumentInput>;
};

/** A travel document to save. */
export type TravelDocumentInput = {
  /** Whether it is a passport or an identity card. */
  kind: TravelDocumentKind;
  /** 5 to 20 letters and digits. */
  number: Scalars['String']['input'];
  /** The country that issued it, as a two-letter ISO 3166 code such as IN. */
  country: Scalars['String']['input'];
  /** The last day on which it is valid: today or later. */
  expiresOn: Scalars['Date']['input'];
};

/** Why an operation was refused, in words. Each refusal type adds a `code` to branch on, with an enum of its own. */
export type Refusal = {
  /** For people to read. */
  message: Scalars['String']['output'];
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
    | ( AccountRefusalSource )
  ;
  ConfirmEmailResult:
    | ( EmailConfirmed )
    | ( AccountRefusalSource )
  ;
  SignInResult:
    | ( SignedInSource )
    | ( AccountRefusalSource )
  ;
  AccountResult:
    | ( AccountSource )
    | ( AccountRefusalSource )
  ;
  SavedTravellerResult:
    | ( SavedTravellerSource )
    | ( AccountRefusalSource )
  ;
  DeleteAccountResult:
    | ( AccountDeleted )
    | ( AccountRefusalSource )
  ;
  RoleResult:
    | ( AccountRolesSource )
    | ( AccountRefusalSource )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Refusal: ( AccountRefusalSource );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Role: Role;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
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
  AccountRefusal: ResolverTypeWrapper<AccountRefusalSource>;
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
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
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
  AccountRefusal: AccountRefusalSource;
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
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  DateTime: Scalars['DateTime']['output'];
  Date: Scalars['Date']['output'];
  String: Scalars['String']['output'];
};

export type AccessDirectiveArgs = {
  to?: Maybe<Scalars['String']['input']>;
  roles?: Maybe<Array<Scalars['String']['input']>>;
  scopes?: Maybe<Array<Scalars['String']['input']>>;
};

export type AccessDirectiveResolver<Result, Parent, ContextType = Context, Args = AccessDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['AccountRoles']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'email'>>;
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

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'AccountRefusal', ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type Resolvers<ContextType = Context> = {
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
  Refusal?: RefusalResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Date?: GraphQLScalarType;
};

export type DirectiveResolvers<ContextType = Context> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
};
