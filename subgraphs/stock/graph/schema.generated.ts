// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AirportSource, DepartureSource, DepartureConnectionSource, SeatLedgerConnectionSource, SeatLedgerLineSource, StockRefusalSource } from './sources.ts';
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
  /** An airport by its three-letter IATA code, as DEL. */
  AirportCode: { input: string; output: string; }
  /** A calendar date at the place it is about, as YYYY-MM-DD. */
  Date: { input: string; output: string; }
  /** An instant with the offset of the place it is about, as 2026-03-24T22:20:00+05:30. */
  DateTime: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type FareOffer = {
  id: Scalars['ID']['output'];
  departureId: Scalars['ID']['output'];
  /**
   * How many seats can still be sold on the departure: 0 when sold out, and 9 means nine or more.
   * Null while the departure is not open for sale yet, or when the stock service does not answer.
   */
  seatsLeft?: Maybe<Scalars['Int']['output']>;
};

export type Query = {
  /** A departure with all its seats; null when no departure has this id. Needs the role OPERATOR. */
  departure?: Maybe<Departure>;
  /** Departures that are or were on sale, in the order of departure, a page at a time. Needs the role OPERATOR. */
  departures?: Maybe<DepartureConnection>;
};


export type QueryDepartureArgs = {
  id: Scalars['ID']['input'];
};


export type QueryDeparturesArgs = {
  filter?: InputMaybe<DepartureFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  /**
   * Sets the total number of seats of a departure, 0 to 1000. The difference is put on or taken off sale. Refused as
   * BELOW_SOLD when more seats than that are held and sold. From then on, capacities filed with fares are ignored.
   * Needs the role OPERATOR.
   */
  changeCapacity?: Maybe<ChangeCapacityResult>;
};


export type MutationChangeCapacityArgs = {
  departureId: Scalars['ID']['input'];
  total: Scalars['Int']['input'];
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
};

/** Conditions on departures; all that are given must hold. */
export type DepartureFilter = {
  /** Departures from this airport. */
  origin?: InputMaybe<Scalars['AirportCode']['input']>;
  /** Departures to this airport. */
  destination?: InputMaybe<Scalars['AirportCode']['input']>;
  /** The date of departure at the origin. */
  date?: InputMaybe<Scalars['Date']['input']>;
};

/** One cabin of one flight on one day, with its seats. available + held + sold = total, always. */
export type Departure = {
  /** Its id, as dep_...; pass it to changeCapacity. */
  id: Scalars['ID']['output'];
  /** Increases by one with each change of its seats. */
  revision: Scalars['Int']['output'];
  /** The carrier's two-character IATA code. */
  carrier: Scalars['String']['output'];
  /** The number after the carrier's code; null for a flight without one. */
  flightNumber?: Maybe<Scalars['String']['output']>;
  /** Where the flight takes off. */
  origin: Airport;
  /** The final destination of the flight. */
  destination: Airport;
  /**
   * The departure by the clock at the origin, as 2026-03-24T22:20. It has an offset, as 2026-11-01T01:50-05:00, only for the
   * second of two equal times when clocks go back.
   */
  departsLocal: Scalars['String']['output'];
  /** The cabin whose seats are counted. */
  cabin: Cabin;
  /** All its seats. */
  total: Scalars['Int']['output'];
  /** Seats on sale. */
  available: Scalars['Int']['output'];
  /** Seats of orders that are not paid yet. */
  held: Scalars['Int']['output'];
  /** Seats of orders that are paid. */
  sold: Scalars['Int']['output'];
  /** Its sales: each day (UTC) on which seats were sold or returned, oldest first. */
  sales: Array<SalesDay>;
  /** Every change of its seats, newest first. */
  ledger: SeatLedgerConnection;
};


/** One cabin of one flight on one day, with its seats. available + held + sold = total, always. */
export type DepartureLedgerArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A page of departures. */
export type DepartureConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<DepartureEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
  /** How many the whole list has, whatever the page. */
  totalCount: Scalars['Int']['output'];
};

/** One place in a list of departures, with its cursor. */
export type DepartureEdge = {
  /** Stands for this place in the list. */
  cursor: Scalars['String']['output'];
  /** The departure. */
  node: Departure;
};

/** The sales of one departure on one day. */
export type SalesDay = {
  /** The day, in UTC. */
  date: Scalars['Date']['output'];
  /** Seats sold on the day. */
  sold: Scalars['Int']['output'];
  /** Sold seats that were returned on the day. */
  returned: Scalars['Int']['output'];
};

/** The kind of a change of a departure's seats. */
export type SeatLedgerKind =
  /** The departure was opened for sale. */
  | 'OPENED'
  /** The total was changed. */
  | 'CAPACITY'
  /** Seats were held for an order, until it is paid or closed. */
  | 'HELD'
  /** Held seats went back on sale. */
  | 'RELEASED'
  /** Held seats were sold. */
  | 'CONFIRMED'
  /** Sold seats went back on sale. */
  | 'RETURNED';

/** One change of a departure's seats: the amount added to each counter. */
export type SeatLedgerLine = {
  /** The revision of the departure after the change. */
  revision: Scalars['Int']['output'];
  /** The kind of change. */
  kind: SeatLedgerKind;
  /** The order whose seats moved; null for a change of the total. */
  orderId?: Maybe<Scalars['ID']['output']>;
  /** The id of the event that caused it, or the account of the operator. */
  cause: Scalars['ID']['output'];
  /** Change of the seats on sale; negative for fewer. */
  available: Scalars['Int']['output'];
  /** Change of the held seats; negative for fewer. */
  held: Scalars['Int']['output'];
  /** Change of the sold seats; negative for fewer. */
  sold: Scalars['Int']['output'];
  /** When the change was made. */
  at: Scalars['DateTime']['output'];
};

/** A page of a seat ledger. */
export type SeatLedgerConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<SeatLedgerEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
  /** How many the whole list has, whatever the page. */
  totalCount: Scalars['Int']['output'];
};

/** One place in a seat ledger, with its cursor. */
export type SeatLedgerEdge = {
  /** Stands for this place in the list. */
  cursor: Scalars['String']['output'];
  /** The change. */
  node: SeatLedgerLine;
};

/** The departure with its new capacity, or why it did not change. */
export type ChangeCapacityResult = Departure | StockRefusal;

/** Why a departure's seats did not change. */
export type StockRefusalCode =
  /** No departure has this id. */
  | 'DEPARTURE_NOT_FOUND'
  /** The departure is not at the expected revision. */
  | 'CONFLICT'
  /** More seats are held and sold than the new total. */
  | 'BELOW_SOLD';

/** A refused change of seats: the reason, and the departure as it is. */
export type StockRefusal = Refusal & {
  /** The reason, for programs. */
  code: StockRefusalCode;
  /** The reason, for people. */
  message: Scalars['String']['output'];
  /** The smallest total that is possible now; null for an unknown departure. */
  least?: Maybe<Scalars['Int']['output']>;
  /** The departure as it is now; null for an unknown departure. */
  current?: Maybe<Departure>;
};

/** An airport. Its name, city and zone come with every answer that names it. */
export type Airport = {
  /** Its three-letter IATA code. */
  code: Scalars['AirportCode']['output'];
  /** Its English name. */
  name: Scalars['String']['output'];
  /** The city it serves. */
  city: Scalars['String']['output'];
  /** The two-letter ISO 3166 code of its country. */
  country: Scalars['String']['output'];
  /** Its IANA time zone, as Asia/Kolkata. */
  timeZone: Scalars['String']['output'];
};

/** The class of service a fare is sold in. */
export type Cabin =
  /** Economy class. */
  | 'ECONOMY'
  /** Premium economy class. */
  | 'PREMIUM_ECONOMY'
  /** Business class. */
  | 'BUSINESS'
  /** First class. */
  | 'FIRST';

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
  FareOffer: FareOffer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  FareOffer:
    ( { __typename: 'FareOffer' }
    & GraphQLRecursivePick<FederationTypes['FareOffer'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['FareOffer'], {"departureId":true}> ) );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ChangeCapacityResult:
    | ( DepartureSource )
    | ( StockRefusalSource )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Refusal: ( StockRefusalSource );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  FareOffer: ResolverTypeWrapper<FareOffer>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  DepartureFilter: DepartureFilter;
  Departure: ResolverTypeWrapper<DepartureSource>;
  DepartureConnection: ResolverTypeWrapper<DepartureConnectionSource>;
  DepartureEdge: ResolverTypeWrapper<Omit<DepartureEdge, 'node'> & { node: ResolversTypes['Departure'] }>;
  SalesDay: ResolverTypeWrapper<SalesDay>;
  SeatLedgerKind: SeatLedgerKind;
  SeatLedgerLine: ResolverTypeWrapper<SeatLedgerLineSource>;
  SeatLedgerConnection: ResolverTypeWrapper<SeatLedgerConnectionSource>;
  SeatLedgerEdge: ResolverTypeWrapper<Omit<SeatLedgerEdge, 'node'> & { node: ResolversTypes['SeatLedgerLine'] }>;
  ChangeCapacityResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangeCapacityResult']>;
  StockRefusalCode: StockRefusalCode;
  StockRefusal: ResolverTypeWrapper<StockRefusalSource>;
  AirportCode: ResolverTypeWrapper<Scalars['AirportCode']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  Airport: ResolverTypeWrapper<AirportSource>;
  Cabin: Cabin;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  FareOffer: FareOffer | FederationReferenceTypes['FareOffer'];
  ID: Scalars['ID']['output'];
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  DepartureFilter: DepartureFilter;
  Departure: DepartureSource;
  DepartureConnection: DepartureConnectionSource;
  DepartureEdge: Omit<DepartureEdge, 'node'> & { node: ResolversParentTypes['Departure'] };
  SalesDay: SalesDay;
  SeatLedgerLine: SeatLedgerLineSource;
  SeatLedgerConnection: SeatLedgerConnectionSource;
  SeatLedgerEdge: Omit<SeatLedgerEdge, 'node'> & { node: ResolversParentTypes['SeatLedgerLine'] };
  ChangeCapacityResult: ResolversUnionTypes<ResolversParentTypes>['ChangeCapacityResult'];
  StockRefusal: StockRefusalSource;
  AirportCode: Scalars['AirportCode']['output'];
  Date: Scalars['Date']['output'];
  Airport: AirportSource;
  PageInfo: PageInfo;
  DateTime: Scalars['DateTime']['output'];
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
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

export type FareOfferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FareOffer'] = ResolversParentTypes['FareOffer'], FederationReferenceType extends FederationReferenceTypes['FareOffer'] = FederationReferenceTypes['FareOffer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['FareOffer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  seatsLeft?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  departure?: Resolver<Maybe<ResolversTypes['Departure']>, ParentType, ContextType, RequireFields<QueryDepartureArgs, 'id'>>;
  departures?: Resolver<Maybe<ResolversTypes['DepartureConnection']>, ParentType, ContextType, Partial<QueryDeparturesArgs>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  changeCapacity?: Resolver<Maybe<ResolversTypes['ChangeCapacityResult']>, ParentType, ContextType, RequireFields<MutationChangeCapacityArgs, 'departureId' | 'total'>>;
};

export type DepartureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Departure'] = ResolversParentTypes['Departure']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  carrier?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  flightNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  destination?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  departsLocal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cabin?: Resolver<ResolversTypes['Cabin'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sales?: Resolver<Array<ResolversTypes['SalesDay']>, ParentType, ContextType>;
  ledger?: Resolver<ResolversTypes['SeatLedgerConnection'], ParentType, ContextType, Partial<DepartureLedgerArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DepartureConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DepartureConnection'] = ResolversParentTypes['DepartureConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DepartureEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DepartureEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DepartureEdge'] = ResolversParentTypes['DepartureEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Departure'], ParentType, ContextType>;
};

export type SalesDayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SalesDay'] = ResolversParentTypes['SalesDay']> = {
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  sold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  returned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SeatLedgerLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatLedgerLine'] = ResolversParentTypes['SeatLedgerLine']> = {
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SeatLedgerKind'], ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SeatLedgerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatLedgerConnection'] = ResolversParentTypes['SeatLedgerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SeatLedgerEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SeatLedgerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatLedgerEdge'] = ResolversParentTypes['SeatLedgerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SeatLedgerLine'], ParentType, ContextType>;
};

export type ChangeCapacityResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeCapacityResult'] = ResolversParentTypes['ChangeCapacityResult']> = {
  __resolveType: TypeResolveFn<'Departure' | 'StockRefusal', ParentType, ContextType>;
};

export type StockRefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockRefusal'] = ResolversParentTypes['StockRefusal']> = {
  code?: Resolver<ResolversTypes['StockRefusalCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  least?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  current?: Resolver<Maybe<ResolversTypes['Departure']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface AirportCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['AirportCode'], any> {
  name: 'AirportCode';
}

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export type AirportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Airport'] = ResolversParentTypes['Airport']> = {
  code?: Resolver<ResolversTypes['AirportCode'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'StockRefusal', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  FareOffer?: FareOfferResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Departure?: DepartureResolvers<ContextType>;
  DepartureConnection?: DepartureConnectionResolvers<ContextType>;
  DepartureEdge?: DepartureEdgeResolvers<ContextType>;
  SalesDay?: SalesDayResolvers<ContextType>;
  SeatLedgerLine?: SeatLedgerLineResolvers<ContextType>;
  SeatLedgerConnection?: SeatLedgerConnectionResolvers<ContextType>;
  SeatLedgerEdge?: SeatLedgerEdgeResolvers<ContextType>;
  ChangeCapacityResult?: ChangeCapacityResultResolvers<ContextType>;
  StockRefusal?: StockRefusalResolvers<ContextType>;
  AirportCode?: GraphQLScalarType;
  Date?: GraphQLScalarType;
  Airport?: AirportResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Refusal?: RefusalResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
