// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PaymentRefusalSource, PaymentSource, RefundSource, WalletSource, WalletEntrySource, WalletEntryConnectionSource, OrderSource, AccountSource } from './sources.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: Exclude<T[P], undefined> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An exact decimal number as a string, with as many decimals as the currency has: "3897.00" INR, "12000" JPY, "18.500" KWD. */
  Decimal: { input: string; output: string; }
  /** A currency by its three-letter ISO 4217 code, as INR. */
  CurrencyCode: { input: string; output: string; }
  /** An instant with the offset of the place it is about, as 2026-03-24T22:20:00+05:30. */
  DateTime: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Query = {
  /** One of your payments. An OPERATOR sees every payment. Needs a signed-in account. */
  payment?: Maybe<Payment>;
};


export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  /**
   * Starts paying one of your orders. By card, the payer enters the card at the returned `pageUrl`; the payment then completes
   * without further calls. From the wallet, the order is paid at once. An order placed a moment ago is NOT_READY until its
   * seats are held: repeat the call after a second, or once `Order.actions` contains PAY. Needs a signed-in account.
   */
  startPayment?: Maybe<StartPaymentResult>;
  /** Starts a top-up of your wallet by card: the payer enters the card at the returned `pageUrl`. Needs a signed-in account. */
  topUp?: Maybe<StartPaymentResult>;
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

/** How a payment is made. */
export type PaymentMethod =
  /** On the payment provider's page. */
  | 'CARD'
  /** From the account's wallet. */
  | 'WALLET';

/** The status of a payment. */
export type PaymentStatus =
  /** Started; the provider has not answered yet. */
  | 'INITIATED'
  /** Waiting for the payer or the bank. */
  | 'PROCESSING'
  /** The money was captured. */
  | 'SUCCEEDED'
  /** The card was declined, or the provider refused the payment: start another one. */
  | 'FAILED'
  /** No longer needed and cancelled; no money was captured. */
  | 'CANCELLED'
  /** A refund of it is on its way. */
  | 'REFUND_PENDING'
  /** All refunds due are paid back; `refunded` is their sum. */
  | 'REFUNDED';

/** The status of a refund. */
export type RefundStatus =
  /** On its way; it is retried until it succeeds. */
  | 'DUE'
  /** The money was paid back. */
  | 'PAID_BACK'
  /** Not possible for this payment; an OPERATOR has to look into it. */
  | 'REFUSED';

/** The started payment, or why none was started. */
export type StartPaymentResult = Payment | PaymentRefusal;

/** Why a payment was refused. */
export type PaymentRefusal = Refusal & {
  /** For programs to branch on. */
  code: PaymentRefusalCode;
  /** For people to read. */
  message: Scalars['String']['output'];
};

/** Why a payment can be refused. */
export type PaymentRefusalCode =
  /** You have no order with this id: use the `id` of one of your orders, not its number. */
  | 'NOT_FOUND'
  /** The seats of the order are not held yet: try again in a second with the same key, which stays valid. */
  | 'NOT_READY'
  /** The order is already paid; see `Order.payments`. */
  | 'ALREADY_PAID'
  /** The order can no longer be paid: its payment deadline has passed, or it is closed. Place a new order. */
  | 'NOT_PAYABLE'
  /** The wallet has too little in the order's currency: topUp first, or pay by CARD. */
  | 'INSUFFICIENT_FUNDS'
  /** The payment provider does not answer: try again in a moment with the same key. */
  | 'PROVIDER_UNAVAILABLE'
  /** A top-up must be greater than 0, at most 1,000,000,000 of the currency's smallest unit, with no more decimals than the currency has. */
  | 'INVALID_AMOUNT';

/** A payment for an order or to top up a wallet. Visible to its owner and to an OPERATOR. */
export type Payment = {
  /** Its global id, as pay_01m7y... */
  id: Scalars['ID']['output'];
  /** The order it pays; null for a wallet top-up. */
  order?: Maybe<Order>;
  /** The payment method. */
  method: PaymentMethod;
  /** The current status. */
  status: PaymentStatus;
  /** The requested amount. */
  amount: Money;
  /** The amount actually captured; null until then. */
  captured?: Maybe<Money>;
  /** The amount paid back so far; null if nothing was captured. */
  refunded?: Maybe<Money>;
  /** Where the payer enters the card; null for a wallet payment, and once the payment is decided. */
  pageUrl?: Maybe<Scalars['String']['output']>;
  /** Why it failed, as one word. */
  failure?: Maybe<Scalars['String']['output']>;
  /** When it was started. */
  startedAt: Scalars['DateTime']['output'];
  /** When it was captured, failed or was cancelled. */
  decidedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Money of an order that is paid back to the payer. */
export type Refund = {
  /** Its id. */
  id: Scalars['ID']['output'];
  /** The payment it refunds. */
  payment?: Maybe<Payment>;
  /** The current status. */
  status: RefundStatus;
  /** The amount to pay back. */
  amount: Money;
  /** When it became due. */
  dueSince: Scalars['DateTime']['output'];
  /** When it was paid back. */
  paidBackAt?: Maybe<Scalars['DateTime']['output']>;
  /** The number of failed attempts so far. */
  failures: Scalars['Int']['output'];
};

export type Order = {
  id: Scalars['ID']['output'];
  /** Its payments, oldest first. Null when the payment service does not answer. */
  payments?: Maybe<Array<Payment>>;
  /** The refunds of its payments, oldest first. Null when the payment service does not answer. */
  refunds?: Maybe<Array<Refund>>;
};

export type Account = {
  id: Scalars['ID']['output'];
  /**
   * Your personal data stored with your payments and wallets, as a JSON document. Null when the payment service does not
   * answer.
   */
  paymentData?: Maybe<Scalars['String']['output']>;
  /** The account's wallets, one for each currency. Null when the payment service does not answer. */
  wallets?: Maybe<Array<Wallet>>;
};

/** The money of an account in one currency, to pay orders with. */
export type Wallet = {
  /** The wallet's currency. */
  currency: Scalars['CurrencyCode']['output'];
  /** The balance; never negative. */
  balance: Money;
  /** The movements, newest first. */
  entries: WalletEntryConnection;
};


/** The money of an account in one currency, to pay orders with. */
export type WalletEntriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A page of a wallet's movements. */
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

/** A movement of money into or out of a wallet. */
export type WalletEntry = {
  /** Its id within the wallet. */
  id: Scalars['ID']['output'];
  /** The kind of movement. */
  kind: WalletEntryKind;
  /** Positive for money in, negative for money out. */
  amount: Money;
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** The payment behind it. */
  payment?: Maybe<Payment>;
};

/** The kind of a wallet movement. */
export type WalletEntryKind =
  /** The wallet was topped up. */
  | 'TOP_UP'
  /** An order was paid from it. */
  | 'PAYMENT'
  /** An order's payment was refunded. */
  | 'REFUND';

/** Why an operation was refused, in words. Each refusal type adds a `code` to branch on, with an enum of its own. */
export type Refusal = {
  /** For people to read. */
  message: Scalars['String']['output'];
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
    | ( PaymentRefusalSource )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Refusal: ( PaymentRefusalSource );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PaymentMethod: PaymentMethod;
  PaymentStatus: PaymentStatus;
  RefundStatus: RefundStatus;
  StartPaymentResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['StartPaymentResult']>;
  PaymentRefusal: ResolverTypeWrapper<PaymentRefusalSource>;
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
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  Money: ResolverTypeWrapper<Money>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  StartPaymentResult: ResolversUnionTypes<ResolversParentTypes>['StartPaymentResult'];
  PaymentRefusal: PaymentRefusalSource;
  Payment: PaymentSource;
  Refund: RefundSource;
  Order: OrderSource;
  Account: AccountSource;
  Wallet: WalletSource;
  WalletEntryConnection: WalletEntryConnectionSource;
  WalletEntryEdge: Omit<WalletEntryEdge, 'node'> & { node: ResolversParentTypes['WalletEntry'] };
  WalletEntry: WalletEntrySource;
  Decimal: Scalars['Decimal']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  Money: Money;
  DateTime: Scalars['DateTime']['output'];
  PageInfo: PageInfo;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type AccessDirectiveArgs = {
  to?: Maybe<Scalars['String']['input']>;
  roles?: Maybe<Array<Scalars['String']['input']>>;
  scopes?: Maybe<Array<Scalars['String']['input']>>;
};

export type AccessDirectiveResolver<Result, Parent, ContextType = Context, Args = AccessDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CacheControlDirectiveArgs = {
  maxAge?: Maybe<Scalars['Int']['input']>;
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  startPayment?: Resolver<Maybe<ResolversTypes['StartPaymentResult']>, ParentType, ContextType, RequireFields<MutationStartPaymentArgs, 'orderId' | 'method' | 'idempotencyKey'>>;
  topUp?: Resolver<Maybe<ResolversTypes['StartPaymentResult']>, ParentType, ContextType, RequireFields<MutationTopUpArgs, 'amount' | 'currency' | 'idempotencyKey'>>;
};

export type StartPaymentResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartPaymentResult'] = ResolversParentTypes['StartPaymentResult']> = {
  __resolveType: TypeResolveFn<'Payment' | 'PaymentRefusal', ParentType, ContextType>;
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

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'PaymentRefusal', ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  StartPaymentResult?: StartPaymentResultResolvers<ContextType>;
  PaymentRefusal?: PaymentRefusalResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  Wallet?: WalletResolvers<ContextType>;
  WalletEntryConnection?: WalletEntryConnectionResolvers<ContextType>;
  WalletEntryEdge?: WalletEntryEdgeResolvers<ContextType>;
  WalletEntry?: WalletEntryResolvers<ContextType>;
  Decimal?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  Refusal?: RefusalResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
