// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PublishedSubgraphSource, SubgraphVersionSource, SupergraphVersionSource, SupergraphVersionConnectionSource, ServingGatewaySource } from './sources.ts';
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
  /** An instant with the offset of the place it is about, as 2026-03-24T22:20:00+05:30. */
  DateTime: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Query = {
  /** The subgraphs that are published, by name. Needs the role OPERATOR. */
  publishedSubgraphs?: Maybe<Array<PublishedSubgraph>>;
  /** A published subgraph by its name; null if there is none. Needs the role OPERATOR. */
  publishedSubgraph?: Maybe<PublishedSubgraph>;
  /** The supergraphs that were served, the latest first: it is the one that gateways serve. Needs the role OPERATOR. */
  supergraphVersions?: Maybe<SupergraphVersionConnection>;
  /** The gateway processes that reported within the last minute, and what they serve. Needs the role OPERATOR. */
  servingGateways?: Maybe<Array<ServingGateway>>;
};


export type QueryPublishedSubgraphArgs = {
  name: Scalars['String']['input'];
};


export type QuerySupergraphVersionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** A subgraph whose schema is published. */
export type PublishedSubgraph = {
  /** Its name. */
  name: Scalars['String']['output'];
  /** Its replicas; none of a subgraph of this system, which the gateways' configuration locates. */
  urls: Array<Scalars['String']['output']>;
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The version that is served; null if none is. */
  servedVersion?: Maybe<Scalars['Int']['output']>;
  /** Its versions, the latest first, at most 100. */
  versions: Array<SubgraphVersion>;
};

/** A version of a subgraph's schema. It never changes. */
export type SubgraphVersion = {
  /** The number of the version, from 1. */
  version: Scalars['Int']['output'];
  /** The SHA-256 of the schema, in base64url. */
  hash: Scalars['String']['output'];
  /** The commit that it was made from, as its team says. */
  commit?: Maybe<Scalars['String']['output']>;
  /** Who made it, as its team says. */
  author?: Maybe<Scalars['String']['output']>;
  /** When it was published. */
  publishedAt: Scalars['DateTime']['output'];
  /** The holder of the token that published it; `start` for a release of this system. */
  publishedBy: Scalars['String']['output'];
  /** The schema. */
  sdl: Scalars['String']['output'];
};

/** A page of supergraph versions. */
export type SupergraphVersionConnection = {
  /** The versions of this page. */
  edges: Array<SupergraphVersionEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
  /** How many the whole list has, whatever the page. */
  totalCount: Scalars['Int']['output'];
};

/** A supergraph version on a page, with its cursor. */
export type SupergraphVersionEdge = {
  /** The cursor of this position in the list. */
  cursor: Scalars['String']['output'];
  /** The version. */
  node: SupergraphVersion;
};

/** A supergraph that gateways serve, or served. */
export type SupergraphVersion = {
  /** The number of the version, from 1. */
  version: Scalars['Int']['output'];
  /** Why it came to be. */
  cause: SupergraphCause;
  /** The reason that an operator gave; null without one. */
  reason?: Maybe<Scalars['String']['output']>;
  /** When gateways began to serve it. */
  servedAt: Scalars['DateTime']['output'];
  /** Who decided it. */
  servedBy: Scalars['String']['output'];
  /** The version of each subgraph in it. */
  members: Array<SupergraphMember>;
  /** How many gateways serve it now. */
  gatewayCount: Scalars['Int']['output'];
};

/** Why a supergraph version came to be. */
export type SupergraphCause =
  /** A release of this system started. */
  | 'START'
  /** A team published a subgraph. */
  | 'PUBLISH'
  /** A subgraph was deleted. */
  | 'DELETE'
  /** An operator went back to an earlier version. */
  | 'ROLLBACK'
  /** Errors rose after a change, and the registry went back by itself. */
  | 'AUTOMATIC_ROLLBACK';

/** A subgraph in a supergraph version. */
export type SupergraphMember = {
  /** The subgraph's name. */
  subgraph: Scalars['String']['output'];
  /** The version of its schema. */
  version: Scalars['Int']['output'];
};

/** A gateway process. */
export type ServingGateway = {
  /** Its id, unique to the process. */
  id: Scalars['ID']['output'];
  /** The supergraph version that it serves; null before it has got one from the registry. */
  supergraph?: Maybe<Scalars['Int']['output']>;
  /** The version that it could not load; null if it loaded the latest. */
  failed?: Maybe<Scalars['Int']['output']>;
  /** When it last reported. */
  reportedAt: Scalars['DateTime']['output'];
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





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PublishedSubgraph: ResolverTypeWrapper<PublishedSubgraphSource>;
  SubgraphVersion: ResolverTypeWrapper<SubgraphVersionSource>;
  SupergraphVersionConnection: ResolverTypeWrapper<SupergraphVersionConnectionSource>;
  SupergraphVersionEdge: ResolverTypeWrapper<Omit<SupergraphVersionEdge, 'node'> & { node: ResolversTypes['SupergraphVersion'] }>;
  SupergraphVersion: ResolverTypeWrapper<SupergraphVersionSource>;
  SupergraphCause: SupergraphCause;
  SupergraphMember: ResolverTypeWrapper<SupergraphMember>;
  ServingGateway: ResolverTypeWrapper<ServingGatewaySource>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  PublishedSubgraph: PublishedSubgraphSource;
  SubgraphVersion: SubgraphVersionSource;
  SupergraphVersionConnection: SupergraphVersionConnectionSource;
  SupergraphVersionEdge: Omit<SupergraphVersionEdge, 'node'> & { node: ResolversParentTypes['SupergraphVersion'] };
  SupergraphVersion: SupergraphVersionSource;
  SupergraphMember: SupergraphMember;
  ServingGateway: ServingGatewaySource;
  ID: Scalars['ID']['output'];
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
  publishedSubgraphs?: Resolver<Maybe<Array<ResolversTypes['PublishedSubgraph']>>, ParentType, ContextType>;
  publishedSubgraph?: Resolver<Maybe<ResolversTypes['PublishedSubgraph']>, ParentType, ContextType, RequireFields<QueryPublishedSubgraphArgs, 'name'>>;
  supergraphVersions?: Resolver<Maybe<ResolversTypes['SupergraphVersionConnection']>, ParentType, ContextType, Partial<QuerySupergraphVersionsArgs>>;
  servingGateways?: Resolver<Maybe<Array<ResolversTypes['ServingGateway']>>, ParentType, ContextType>;
};

export type PublishedSubgraphResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishedSubgraph'] = ResolversParentTypes['PublishedSubgraph']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  urls?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  servedVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  versions?: Resolver<Array<ResolversTypes['SubgraphVersion']>, ParentType, ContextType>;
};

export type SubgraphVersionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubgraphVersion'] = ResolversParentTypes['SubgraphVersion']> = {
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  commit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  publishedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sdl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SupergraphVersionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupergraphVersionConnection'] = ResolversParentTypes['SupergraphVersionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SupergraphVersionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SupergraphVersionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupergraphVersionEdge'] = ResolversParentTypes['SupergraphVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SupergraphVersion'], ParentType, ContextType>;
};

export type SupergraphVersionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupergraphVersion'] = ResolversParentTypes['SupergraphVersion']> = {
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['SupergraphCause'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  servedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  servedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  members?: Resolver<Array<ResolversTypes['SupergraphMember']>, ParentType, ContextType>;
  gatewayCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SupergraphMemberResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SupergraphMember'] = ResolversParentTypes['SupergraphMember']> = {
  subgraph?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ServingGatewayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ServingGateway'] = ResolversParentTypes['ServingGateway']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  supergraph?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  failed?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reportedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
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
  PublishedSubgraph?: PublishedSubgraphResolvers<ContextType>;
  SubgraphVersion?: SubgraphVersionResolvers<ContextType>;
  SupergraphVersionConnection?: SupergraphVersionConnectionResolvers<ContextType>;
  SupergraphVersionEdge?: SupergraphVersionEdgeResolvers<ContextType>;
  SupergraphVersion?: SupergraphVersionResolvers<ContextType>;
  SupergraphMember?: SupergraphMemberResolvers<ContextType>;
  ServingGateway?: ServingGatewayResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  PageInfo?: PageInfoResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
