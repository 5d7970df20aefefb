// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AirportSource, TravelGuideSource, AirportConnectionSource, SightConnectionSource, StayConnectionSource, ReviewConnectionSource, SightSource, StaySource, ReviewSource } from './sources.ts';
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
  /** A currency by its three-letter ISO 4217 code, as INR. */
  CurrencyCode: { input: string; output: string; }
  /** An exact decimal number as a string, with as many decimals as the currency has: "3897.00" INR, "12000" JPY, "18.500" KWD. */
  Decimal: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Query = {
  shopping?: Maybe<Shopping>;
  /** The airport with this code; null if there is none. */
  airport?: Maybe<Airport>;
  /**
   * Airports for a type-ahead, by code, city or name. An exact code comes first, then an exact city, then codes, cities and
   * names that start with the text, then those in which each word of the text starts a word. Among equal matches the
   * biggest airports come first. Some cities can be found by another name as well (Bangalore, Saigon, München), and
   * metropolitan areas by their code (LON, NYC, TYO). Without `search`, all airports by code.
   */
  airports?: Maybe<AirportConnection>;
};


export type QueryShoppingArgs = {
  input: ShoppingInput;
};


export type QueryAirportArgs = {
  code: Scalars['AirportCode']['input'];
};


export type QueryAirportsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

export type Shopping = {
  /** Sights and stays at the destination. */
  travel?: Maybe<TravelGuide>;
};

/** A page of airports. */
export type AirportConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<AirportEdge>;
  /** The position of this page in the list. */
  pageInfo: PageInfo;
  /** The number of airports in the whole list. */
  totalCount: Scalars['Int']['output'];
};

/** An airport on a page, with its cursor. */
export type AirportEdge = {
  /** The cursor of this position in the list. */
  cursor: Scalars['String']['output'];
  /** The airport. */
  node: Airport;
};

export type Airport = {
  code: Scalars['AirportCode']['output'];
  name: Scalars['String']['output'];
  city: Scalars['String']['output'];
  country: Scalars['String']['output'];
  timeZone: Scalars['String']['output'];
  /** The location, in degrees. */
  location?: Maybe<GeoPoint>;
  /** Sights and stays around the airport. */
  guide?: Maybe<TravelGuide>;
};

/** A place on the globe, WGS 84. */
export type GeoPoint = {
  /** Degrees north; south is negative. */
  latitude: Scalars['Float']['output'];
  /** Degrees east; west is negative. */
  longitude: Scalars['Float']['output'];
};

/** A guide to a destination. */
export type TravelGuide = {
  /** The airport of the destination. */
  airport: Airport;
  /** A few sentences about the city; null if there are none. */
  summary?: Maybe<Scalars['String']['output']>;
  /** Sights, best rated first. */
  sights: SightConnection;
  /** Stays, best rated first. */
  stays: StayConnection;
};


/** A guide to a destination. */
export type TravelGuideSightsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};


/** A guide to a destination. */
export type TravelGuideStaysArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A page of sights. */
export type SightConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<SightEdge>;
  /** The position of this page in the list. */
  pageInfo: PageInfo;
  /** The number of sights in the whole list. */
  totalCount: Scalars['Int']['output'];
};

/** A sight on a page, with its cursor. */
export type SightEdge = {
  /** The cursor of this position in the list. */
  cursor: Scalars['String']['output'];
  /** The sight. */
  node: Sight;
};

/** The kind of a sight. */
export type SightKind =
  /** A building or monument that the place is known for. */
  | 'LANDMARK'
  /** A museum or gallery. */
  | 'MUSEUM'
  /** A park, beach, lake or mountain. */
  | 'NATURE'
  /** A quarter, street or market to walk through. */
  | 'NEIGHBOURHOOD'
  /** A temple, mosque, church or other place of worship. */
  | 'RELIGIOUS_SITE'
  /** A theme park, show or other entertainment. */
  | 'ENTERTAINMENT';

/** Something worth seeing. */
export type Sight = {
  /** Its global id, such as sgt_... */
  id: Scalars['ID']['output'];
  /** The name. */
  name: Scalars['String']['output'];
  /** The kind of the sight. */
  kind: SightKind;
  /** From 1.0 to 5.0; null if unrated. */
  rating?: Maybe<Scalars['Float']['output']>;
};

/** A page of stays. */
export type StayConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<StayEdge>;
  /** The position of this page in the list. */
  pageInfo: PageInfo;
  /** The number of stays in the whole list. */
  totalCount: Scalars['Int']['output'];
};

/** A stay on a page, with its cursor. */
export type StayEdge = {
  /** The cursor of this position in the list. */
  cursor: Scalars['String']['output'];
  /** The stay. */
  node: Stay;
};

/** A hotel, guest house or home to stay in. */
export type Stay = {
  /** Its global id, such as sty_... */
  id: Scalars['ID']['output'];
  /** The name. */
  name: Scalars['String']['output'];
  /** The price of one night for two, taxes included, in the local currency. */
  nightlyPrice: Money;
  /** The mean of all reviews, from 1.0 to 5.0; null if there are none. */
  rating?: Maybe<Scalars['Float']['output']>;
  /** How many reviews it has. */
  reviewCount: Scalars['Int']['output'];
  /** The reviews, newest first. */
  reviews: ReviewConnection;
};


/** A hotel, guest house or home to stay in. */
export type StayReviewsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A page of reviews. */
export type ReviewConnection = {
  /** The edges of this page, in the order of the list. */
  edges: Array<ReviewEdge>;
  /** The position of this page in the list. */
  pageInfo: PageInfo;
  /** The number of reviews in the whole list. */
  totalCount: Scalars['Int']['output'];
};

/** A review on a page, with its cursor. */
export type ReviewEdge = {
  /** The cursor of this position in the list. */
  cursor: Scalars['String']['output'];
  /** The review. */
  node: Review;
};

/** A guest's review of a stay. */
export type Review = {
  /** Its global id, such as rev_... */
  id: Scalars['ID']['output'];
  /** From 1 to 5. */
  rating: Scalars['Int']['output'];
  /** The guest's own words. */
  text: Scalars['String']['output'];
  /** When the guest stayed. */
  stayedOn: Scalars['Date']['output'];
};

/** A search: one way, one day, one party. */
export type ShoppingInput = {
  /** Where the journey starts. */
  origin: Scalars['AirportCode']['input'];
  /** Where the journey ends; not the origin. */
  destination: Scalars['AirportCode']['input'];
  /** The day of departure at the origin: today there, or up to 361 days ahead. */
  departureDate: Scalars['Date']['input'];
  /** The party; one adult by default. */
  travellers?: InputMaybe<Array<TravellerCount>>;
  /** ECONOMY by default. */
  cabin?: InputMaybe<Cabin>;
  /** The currency of the fares; by default the one in which the origin's country sells. Fares filed in another currency are neither converted nor shown. */
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
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

/** An exact amount of money in one currency. Amounts in different currencies are never added or compared. */
export type Money = {
  /** The amount in the currency's own decimals. */
  amount: Scalars['Decimal']['output'];
  /** The currency of the amount. */
  currency: Scalars['CurrencyCode']['output'];
};

/** How many travellers of one type. */
export type TravellerCount = {
  /** The type of traveller. */
  type: TravellerType;
  /** At least 1. A party has 1 to 9 travellers, at least one adult and no more infants than adults. */
  count: Scalars['Int']['input'];
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

/** Who travels, as fares tell them apart. */
export type TravellerType =
  /** 12 years or older on the day of departure. */
  | 'ADULT'
  /** 2 to 11 years old, on a seat. */
  | 'CHILD'
  /** Under 2 years old, on an adult's lap: one for each adult at most. */
  | 'INFANT';



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
  Airport: Airport;
  Sight: Sight;
  Stay: Stay;
  Review: Review;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Airport:
    ( { __typename: 'Airport' }
    & GraphQLRecursivePick<FederationTypes['Airport'], {"code":true}> );
  Sight:
    ( { __typename: 'Sight' }
    & GraphQLRecursivePick<FederationTypes['Sight'], {"id":true}> );
  Stay:
    ( { __typename: 'Stay' }
    & GraphQLRecursivePick<FederationTypes['Stay'], {"id":true}> );
  Review:
    ( { __typename: 'Review' }
    & GraphQLRecursivePick<FederationTypes['Review'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Shopping: ResolverTypeWrapper<Omit<Shopping, 'travel'> & { travel?: Maybe<ResolversTypes['TravelGuide']> }>;
  AirportConnection: ResolverTypeWrapper<AirportConnectionSource>;
  AirportEdge: ResolverTypeWrapper<Omit<AirportEdge, 'node'> & { node: ResolversTypes['Airport'] }>;
  Airport: ResolverTypeWrapper<AirportSource>;
  GeoPoint: ResolverTypeWrapper<GeoPoint>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  TravelGuide: ResolverTypeWrapper<TravelGuideSource>;
  SightConnection: ResolverTypeWrapper<SightConnectionSource>;
  SightEdge: ResolverTypeWrapper<Omit<SightEdge, 'node'> & { node: ResolversTypes['Sight'] }>;
  SightKind: SightKind;
  Sight: ResolverTypeWrapper<SightSource>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  StayConnection: ResolverTypeWrapper<StayConnectionSource>;
  StayEdge: ResolverTypeWrapper<Omit<StayEdge, 'node'> & { node: ResolversTypes['Stay'] }>;
  Stay: ResolverTypeWrapper<StaySource>;
  ReviewConnection: ResolverTypeWrapper<ReviewConnectionSource>;
  ReviewEdge: ResolverTypeWrapper<Omit<ReviewEdge, 'node'> & { node: ResolversTypes['Review'] }>;
  Review: ResolverTypeWrapper<ReviewSource>;
  ShoppingInput: ShoppingInput;
  AirportCode: ResolverTypeWrapper<Scalars['AirportCode']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Money: ResolverTypeWrapper<Money>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  TravellerCount: TravellerCount;
  Cabin: Cabin;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  TravellerType: TravellerType;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  Shopping: Omit<Shopping, 'travel'> & { travel?: Maybe<ResolversParentTypes['TravelGuide']> };
  AirportConnection: AirportConnectionSource;
  AirportEdge: Omit<AirportEdge, 'node'> & { node: ResolversParentTypes['Airport'] };
  Airport: AirportSource;
  GeoPoint: GeoPoint;
  Float: Scalars['Float']['output'];
  TravelGuide: TravelGuideSource;
  SightConnection: SightConnectionSource;
  SightEdge: Omit<SightEdge, 'node'> & { node: ResolversParentTypes['Sight'] };
  Sight: SightSource;
  ID: Scalars['ID']['output'];
  StayConnection: StayConnectionSource;
  StayEdge: Omit<StayEdge, 'node'> & { node: ResolversParentTypes['Stay'] };
  Stay: StaySource;
  ReviewConnection: ReviewConnectionSource;
  ReviewEdge: Omit<ReviewEdge, 'node'> & { node: ResolversParentTypes['Review'] };
  Review: ReviewSource;
  ShoppingInput: ShoppingInput;
  AirportCode: Scalars['AirportCode']['output'];
  PageInfo: PageInfo;
  Money: Money;
  Date: Scalars['Date']['output'];
  TravellerCount: TravellerCount;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Decimal: Scalars['Decimal']['output'];
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
  shopping?: Resolver<Maybe<ResolversTypes['Shopping']>, ParentType, ContextType, RequireFields<QueryShoppingArgs, 'input'>>;
  airport?: Resolver<Maybe<ResolversTypes['Airport']>, ParentType, ContextType, RequireFields<QueryAirportArgs, 'code'>>;
  airports?: Resolver<Maybe<ResolversTypes['AirportConnection']>, ParentType, ContextType, Partial<QueryAirportsArgs>>;
};

export type ShoppingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Shopping'] = ResolversParentTypes['Shopping']> = {
  travel?: Resolver<Maybe<ResolversTypes['TravelGuide']>, ParentType, ContextType>;
};

export type AirportConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AirportConnection'] = ResolversParentTypes['AirportConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AirportEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AirportEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AirportEdge'] = ResolversParentTypes['AirportEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
};

export type AirportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Airport'] = ResolversParentTypes['Airport'], FederationReferenceType extends FederationReferenceTypes['Airport'] = FederationReferenceTypes['Airport']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Airport']> | FederationReferenceType, FederationReferenceType, ContextType>;
  code?: Resolver<ResolversTypes['AirportCode'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['GeoPoint']>, ParentType, ContextType>;
  guide?: Resolver<Maybe<ResolversTypes['TravelGuide']>, ParentType, ContextType>;
};

export type GeoPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GeoPoint'] = ResolversParentTypes['GeoPoint']> = {
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type TravelGuideResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TravelGuide'] = ResolversParentTypes['TravelGuide']> = {
  airport?: Resolver<ResolversTypes['Airport'], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sights?: Resolver<ResolversTypes['SightConnection'], ParentType, ContextType, Partial<TravelGuideSightsArgs>>;
  stays?: Resolver<ResolversTypes['StayConnection'], ParentType, ContextType, Partial<TravelGuideStaysArgs>>;
};

export type SightConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SightConnection'] = ResolversParentTypes['SightConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SightEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SightEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SightEdge'] = ResolversParentTypes['SightEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Sight'], ParentType, ContextType>;
};

export type SightResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Sight'] = ResolversParentTypes['Sight'], FederationReferenceType extends FederationReferenceTypes['Sight'] = FederationReferenceTypes['Sight']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Sight']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SightKind'], ParentType, ContextType>;
  rating?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type StayConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StayConnection'] = ResolversParentTypes['StayConnection']> = {
  edges?: Resolver<Array<ResolversTypes['StayEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StayEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StayEdge'] = ResolversParentTypes['StayEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Stay'], ParentType, ContextType>;
};

export type StayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Stay'] = ResolversParentTypes['Stay'], FederationReferenceType extends FederationReferenceTypes['Stay'] = FederationReferenceTypes['Stay']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Stay']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nightlyPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  rating?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  reviewCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reviews?: Resolver<ResolversTypes['ReviewConnection'], ParentType, ContextType, Partial<StayReviewsArgs>>;
};

export type ReviewConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewConnection'] = ResolversParentTypes['ReviewConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReviewEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReviewEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewEdge'] = ResolversParentTypes['ReviewEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Review'], ParentType, ContextType>;
};

export type ReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Review'] = ResolversParentTypes['Review'], FederationReferenceType extends FederationReferenceTypes['Review'] = FederationReferenceTypes['Review']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Review']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stayedOn?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export interface AirportCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['AirportCode'], any> {
  name: 'AirportCode';
}

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type Resolvers<ContextType = Context> = {
  Query?: QueryResolvers<ContextType>;
  Shopping?: ShoppingResolvers<ContextType>;
  AirportConnection?: AirportConnectionResolvers<ContextType>;
  AirportEdge?: AirportEdgeResolvers<ContextType>;
  Airport?: AirportResolvers<ContextType>;
  GeoPoint?: GeoPointResolvers<ContextType>;
  TravelGuide?: TravelGuideResolvers<ContextType>;
  SightConnection?: SightConnectionResolvers<ContextType>;
  SightEdge?: SightEdgeResolvers<ContextType>;
  Sight?: SightResolvers<ContextType>;
  StayConnection?: StayConnectionResolvers<ContextType>;
  StayEdge?: StayEdgeResolvers<ContextType>;
  Stay?: StayResolvers<ContextType>;
  ReviewConnection?: ReviewConnectionResolvers<ContextType>;
  ReviewEdge?: ReviewEdgeResolvers<ContextType>;
  Review?: ReviewResolvers<ContextType>;
  AirportCode?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Date?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
};

export type DirectiveResolvers<ContextType = Context> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
