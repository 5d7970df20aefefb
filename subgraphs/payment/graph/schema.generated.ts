// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PaymentSource, RefundSource, WalletSource, WalletEntrySource, WalletEntryConnectionSource, OrderSource, AccountSource } from './sources.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  DateTime: { input: string; output: string; }
  Decimal: { input: string; output: string; }
  CurrencyCode: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** An exact amount of money in one currency. Amounts in different currencies are never added or compared. */
export type Money = {
  /** The amount in the currency's own decimals. */
  amount: Scalars['Decimal']['output'];
  /** The currency of the amount. */
  currency: Scalars['CurrencyCode']['output'];
};

/** Where a page stands in its list: pass endCursor as `after` to get the next page, or startCursor as `before` to get the one before. */
export type PageInfo = {
  /** Whether another page follows this one. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether another page is before this one. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge on this page; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
  /** The cursor of the last edge on this page; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  /** One of your payments; an OPERATOR may look at any. Needs a signed-in account. */
  payment?: Maybe<Payment>;
};


export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  /**
   * Begins to pay an order of yours. By card, `pageUrl` of the answer is where the payer gives the card; the payment then goes
   * on by itself. From the wallet it is paid at once. An order that was placed a moment ago is NOT_READY until its seats are
   * held: send the same again after a second, or once `Order.actions` has PAY. Needs a signed-in account.
   */
  startPayment?: Maybe<StartPaymentResult>;
  /** Begins to fill your wallet by card: `pageUrl` of the answer is where the payer gives it. Needs a signed-in account. */
  topUp?: Maybe<StartPaymentResult>;
  /** A webhook of the payment provider as it came in; gives the HTTP status to answer. For the gateway alone. */
  receivePaymentWebhook?: Maybe<Scalars['Int']['output']>;
};


export type MutationStartPaymentArgs = {
  orderId: Scalars['ID']['input'];
  method: PaymentMethod;
  idempotencyKey: Scalars['String']['input'];
};


export type MutationTopUpArgs = {
  amount: Scalars['Decimal']['input'];
  currency: Scalars['CurrencyCode']['input'];
  idempotencyKey: Scalars['String']['input'];
};


export type MutationReceivePaymentWebhookArgs = {
  id: Scalars['String']['input'];
  timestamp: Scalars['String']['input'];
  signature: Scalars['String']['input'];
  body: Scalars['String']['input'];
};

/** How something is paid. */
export type PaymentMethod =
  /** On the payment provider's page. */
  | 'CARD'
  /** From the wallet of the account. */
  | 'WALLET';

/** How a payment stands. */
export type PaymentStatus =
  /** It has begun, and the provider has not answered yet. */
  | 'INITIATED'
  /** It waits for the payer or the bank. */
  | 'PROCESSING'
  /** The money was taken. */
  | 'SUCCEEDED'
  /** The card was declined, or the provider would not take it: start another payment. */
  | 'FAILED'
  /** Nobody wants it any more; nothing was taken. */
  | 'CANCELLED'
  /** Money of it is on its way back. */
  | 'REFUND_PENDING'
  /** All that was due of it is back; `refunded` says how much. */
  | 'REFUNDED';

/** How a refund stands. */
export type RefundStatus =
  /** It is on its way; it is tried until it has succeeded. */
  | 'DUE'
  /** The money is back. */
  | 'PAID_BACK'
  /** It cannot be due of this payment; an OPERATOR has to look. */
  | 'REFUSED';

/** The payment that was begun, or why none was. */
export type StartPaymentResult = Payment | PaymentRefusal;

/** Why an operation was refused, in words. Each refusal type adds a `code` to branch on, with an enum of its own. */
export type Refusal = {
  /** For people to read. */
  message: Scalars['String']['output'];
};

/** Why a payment was refused. */
export type PaymentRefusal = Refusal & {
  /** For programs to branch on. */
  code: PaymentRefusalCode;
  /** A sentence for the one who asked. */
  message: Scalars['String']['output'];
};

/** Why a payment can be refused. */
export type PaymentRefusalCode =
  /** You have no order of this id: give the `id` of an order of yours, not its number. */
  | 'NOT_FOUND'
  /** The seats of the order are being held: try again in a second with the same key, which is not used up. */
  | 'NOT_READY'
  /** The order was paid; look at `Order.payments`. */
  | 'ALREADY_PAID'
  /** The order takes no payment any more: its time is over, or it is closed. Order again. */
  | 'NOT_PAYABLE'
  /** There is not enough in the wallet in the order's currency: topUp first, or pay by CARD. */
  | 'INSUFFICIENT_FUNDS'
  /** The payment provider does not answer: try again in a moment with the same key. */
  | 'PROVIDER_UNAVAILABLE'
  /** A top-up adds more than nothing, at most 1,000,000,000 of the currency's smallest unit, and no smaller parts than it has. */
  | 'INVALID_AMOUNT';

/** Money that was asked for, for an order or to fill a wallet. Only its owner and an OPERATOR can see it. */
export type Payment = {
  /** Its global id, as pay_01m7y... */
  id: Scalars['ID']['output'];
  /** The order it pays; null for a top-up of a wallet. */
  order?: Maybe<Order>;
  /** How it is paid. */
  method: PaymentMethod;
  /** How it stands. */
  status: PaymentStatus;
  /** What was asked for. */
  amount: Money;
  /** What was really taken; null until then. */
  captured?: Maybe<Money>;
  /** What is back of it; null where nothing was taken. */
  refunded?: Maybe<Money>;
  /** Where the payer gives the card; null for a wallet, and once the payment is decided. */
  pageUrl?: Maybe<Scalars['String']['output']>;
  /** Why it failed, in a word. */
  failure?: Maybe<Scalars['String']['output']>;
  /** When it was begun. */
  startedAt: Scalars['DateTime']['output'];
  /** When it was taken, failed or cancelled. */
  decidedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Money of an order that goes back to who paid it. */
export type Refund = {
  /** Its id. */
  id: Scalars['ID']['output'];
  /** The payment it is of. */
  payment?: Maybe<Payment>;
  /** How it stands. */
  status: RefundStatus;
  /** How much. */
  amount: Money;
  /** Since when it is due. */
  dueSince: Scalars['DateTime']['output'];
  /** When it was back. */
  paidBackAt?: Maybe<Scalars['DateTime']['output']>;
  /** How often it was tried in vain so far. */
  failures: Scalars['Int']['output'];
};

export type Order = {
  id: Scalars['ID']['output'];
  /** Its payments, the oldest first. Null when the payment service does not answer. */
  payments?: Maybe<Array<Payment>>;
  /** What went or goes back of them, the oldest first. Null when the payment service does not answer. */
  refunds?: Maybe<Array<Refund>>;
};

export type Account = {
  id: Scalars['ID']['output'];
  /** What is stored of you with your payments and wallets, as a JSON document. Null when the payment service does not answer. */
  paymentData?: Maybe<Scalars['String']['output']>;
  /** What its owner has to pay with, a wallet for each currency. Null when the payment service does not answer. */
  wallets?: Maybe<Array<Wallet>>;
};

/** What an account has to pay with in one currency. */
export type Wallet = {
  /** The currency of everything in it. */
  currency: Scalars['CurrencyCode']['output'];
  /** What is in it; never less than nothing. */
  balance: Money;
  /** What came and went, the newest first. */
  entries: WalletEntryConnection;
};


/** What an account has to pay with in one currency. */
export type WalletEntriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A page of what came and went. */
export type WalletEntryConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<WalletEntryEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
  /** How many the whole list has, whatever the page. */
  totalCount: Scalars['Int']['output'];
};

/** One place in a wallet's entries, with its cursor. */
export type WalletEntryEdge = {
  /** Stands for this place in the list. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: WalletEntry;
};

/** What came into a wallet or went out of it. */
export type WalletEntry = {
  /** Its id within the wallet. */
  id: Scalars['ID']['output'];
  /** What it was. */
  kind: WalletEntryKind;
  /** How much came; less than nothing where it went. */
  amount: Money;
  /** When. */
  at: Scalars['DateTime']['output'];
  /** The payment behind it. */
  payment?: Maybe<Payment>;
};

/** What moved money in a wallet. */
export type WalletEntryKind =
  /** It was filled. */
  | 'TOP_UP'
  /** An order was paid from it. */
  | 'PAYMENT'
  /** An order's money came back. */
  | 'REFUND';



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
  Payment: Payment;
  Order: Order;
  Account: Account;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Payment:
    ( { __typename: 'Payment' }
    & GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  Account:
    ( { __typename: 'Account' }
    & GraphQLRecursivePick<FederationTypes['Account'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  StartPaymentResult:
    | ( PaymentSource )
    | ( PaymentRefusal )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Refusal: ( PaymentRefusal );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Money: ResolverTypeWrapper<Money>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  PaymentMethod: PaymentMethod;
  PaymentStatus: PaymentStatus;
  RefundStatus: RefundStatus;
  StartPaymentResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['StartPaymentResult']>;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  PaymentRefusal: ResolverTypeWrapper<PaymentRefusal>;
  PaymentRefusalCode: PaymentRefusalCode;
  Payment: ResolverTypeWrapper<PaymentSource>;
  Refund: ResolverTypeWrapper<RefundSource>;
  Order: ResolverTypeWrapper<OrderSource>;
  Account: ResolverTypeWrapper<AccountSource>;
  Wallet: ResolverTypeWrapper<WalletSource>;
  WalletEntryConnection: ResolverTypeWrapper<WalletEntryConnectionSource>;
  WalletEntryEdge: ResolverTypeWrapper<Omit<WalletEntryEdge, 'node'> & { node: ResolversTypes['WalletEntry'] }>;
  WalletEntry: ResolverTypeWrapper<WalletEntrySource>;
  WalletEntryKind: WalletEntryKind;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Money: Money;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  StartPaymentResult: ResolversUnionTypes<ResolversParentTypes>['StartPaymentResult'];
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  PaymentRefusal: PaymentRefusal;
  Payment: PaymentSource;
  Refund: RefundSource;
  Order: OrderSource;
  Account: AccountSource;
  Wallet: WalletSource;
  WalletEntryConnection: WalletEntryConnectionSource;
  WalletEntryEdge: Omit<WalletEntryEdge, 'node'> & { node: ResolversParentTypes['WalletEntry'] };
  WalletEntry: WalletEntrySource;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  startPayment?: Resolver<Maybe<ResolversTypes['StartPaymentResult']>, ParentType, ContextType, RequireFields<MutationStartPaymentArgs, 'orderId' | 'method' | 'idempotencyKey'>>;
  topUp?: Resolver<Maybe<ResolversTypes['StartPaymentResult']>, ParentType, ContextType, RequireFields<MutationTopUpArgs, 'amount' | 'currency' | 'idempotencyKey'>>;
  receivePaymentWebhook?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType, RequireFields<MutationReceivePaymentWebhookArgs, 'id' | 'timestamp' | 'signature' | 'body'>>;
};

export type StartPaymentResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartPaymentResult'] = ResolversParentTypes['StartPaymentResult']> = {
  __resolveType: TypeResolveFn<'Payment' | 'PaymentRefusal', ParentType, ContextType>;
};

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'PaymentRefusal', ParentType, ContextType>;
};

export type PaymentRefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentRefusal'] = ResolversParentTypes['PaymentRefusal']> = {
  code?: Resolver<ResolversTypes['PaymentRefusalCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['PaymentMethod'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  captured?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  refunded?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  pageUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RefundStatus'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  dueSince?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  paidBackAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  payments?: Resolver<Maybe<Array<ResolversTypes['Payment']>>, ParentType, ContextType>;
  refunds?: Resolver<Maybe<Array<ResolversTypes['Refund']>>, ParentType, ContextType>;
};

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  paymentData?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  wallets?: Resolver<Maybe<Array<ResolversTypes['Wallet']>>, ParentType, ContextType>;
};

export type WalletResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Wallet'] = ResolversParentTypes['Wallet']> = {
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['WalletEntryConnection'], ParentType, ContextType, Partial<WalletEntriesArgs>>;
};

export type WalletEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WalletEntryConnection'] = ResolversParentTypes['WalletEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WalletEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WalletEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WalletEntryEdge'] = ResolversParentTypes['WalletEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WalletEntry'], ParentType, ContextType>;
};

export type WalletEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WalletEntry'] = ResolversParentTypes['WalletEntry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['WalletEntryKind'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  Money?: MoneyResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  StartPaymentResult?: StartPaymentResultResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  PaymentRefusal?: PaymentRefusalResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  Wallet?: WalletResolvers<ContextType>;
  WalletEntryConnection?: WalletEntryConnectionResolvers<ContextType>;
  WalletEntryEdge?: WalletEntryEdgeResolvers<ContextType>;
  WalletEntry?: WalletEntryResolvers<ContextType>;
};

