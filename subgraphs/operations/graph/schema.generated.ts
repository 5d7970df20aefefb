// Generated from schema.graphql by npm run compose; not edited by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { DeadLetterSource, DeadLetterRefusalSource, DeadLetterConnectionSource, ProcessSource, VerificationSource, VerificationCheckSource } from './sources.ts';
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
  /**
   * Messages between services that are not settled yet, oldest first: those that a consumer failed to process, and those
   * that wait behind them. Needs the role OPERATOR.
   */
  deadLetters?: Maybe<DeadLetterConnection>;
  /** A dead letter by its id, settled or not; null when none has this id. Needs the role OPERATOR. */
  deadLetter?: Maybe<DeadLetter>;
  /**
   * Recounts money, seats, tickets and personal data on the live system, as the command `npm run verify` does, and compares
   * them with the partners' statements. It only reads. Checks are made one after the other, as long as a request may take:
   * those that are not reached are UNKNOWN. One verification runs at a time: another one is the error IN_PROGRESS.
   * Needs the role OPERATOR.
   */
  verification?: Maybe<Verification>;
  /**
   * The processes of the system, by name: those that run, and for an hour those that were killed or crashed. A process
   * that was stopped in order is not in the list. Null with an error while the cache is not available.
   * Needs the role OPERATOR.
   */
  processes?: Maybe<Array<Process>>;
};


export type QueryDeadLettersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  group?: InputMaybe<Scalars['String']['input']>;
};


export type QueryDeadLetterArgs = {
  id: Scalars['ID']['input'];
};


export type QueryVerificationArgs = {
  checks?: InputMaybe<Array<Scalars['String']['input']>>;
};

export type Mutation = {
  /**
   * Hands a dead letter to its consumer again. Repeated calls hand it over once; those that wait behind it follow in order.
   * One that fails again is dead again, with its new cause. Needs the role OPERATOR.
   */
  replayDeadLetter?: Maybe<DeadLetterResult>;
  /**
   * Discards a dead letter for good: its consumer never sees it. Those that wait behind it follow in order.
   * Needs the role OPERATOR.
   */
  discardDeadLetter?: Maybe<DeadLetterResult>;
};


export type MutationReplayDeadLetterArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDiscardDeadLetterArgs = {
  id: Scalars['ID']['input'];
};

/** The dead letter after a replay or a discard, or why it was refused. */
export type DeadLetterResult = DeadLetter | DeadLetterRefusal;

/** Why a dead letter was neither replayed nor discarded. */
export type DeadLetterRefusal = Refusal & {
  /** For programs. */
  code: DeadLetterRefusalCode;
  /** For people: a sentence. */
  message: Scalars['String']['output'];
};

/** Why a dead letter was neither replayed nor discarded. */
export type DeadLetterRefusalCode =
  /** There is no dead letter with this id. */
  | 'NOT_FOUND'
  /** An earlier dead letter of its key comes first; this one follows automatically. */
  | 'WAITS_BEHIND'
  /** It is already being replayed. */
  | 'REPLAYING'
  /** It was already replayed or discarded. */
  | 'SETTLED';

/** The state of a dead letter. */
export type DeadLetterState =
  /** Its consumer failed to process it. */
  | 'DEAD'
  /** It waits behind an earlier dead letter of its key. */
  | 'BEHIND'
  /** Its consumer is processing it again. */
  | 'REPLAYING'
  /** Its consumer has processed it. */
  | 'REPLAYED'
  /** An operator discarded it. */
  | 'DISCARDED';

/** A page of dead letters. */
export type DeadLetterConnection = {
  /** The dead letters of this page. */
  edges: Array<DeadLetterEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
  /** How many the whole list has, whatever the page. */
  totalCount: Scalars['Int']['output'];
};

/** A dead letter on a page, with its cursor. */
export type DeadLetterEdge = {
  /** The cursor of this position in the list. */
  cursor: Scalars['String']['output'];
  /** The dead letter. */
  node: DeadLetter;
};

/** A message between services that a consumer failed to process, or that waits behind one. */
export type DeadLetter = {
  /** Its id, for replayDeadLetter and discardDeadLetter. */
  id: Scalars['ID']['output'];
  /** The consumer group that failed to process it. */
  group: Scalars['String']['output'];
  /** The topic it was published on. */
  topic: Scalars['String']['output'];
  /**
   * The subject of the message, such as an order's id; messages of one key stay in order. Null without one. Keys that are
   * not plain text are shown as base64 after "data:;base64,"; long keys are truncated.
   */
  key?: Maybe<Scalars['String']['output']>;
  /** Its state. */
  state: DeadLetterState;
  /** The consumer's last error. */
  cause: Scalars['String']['output'];
  /** The event as it was sent; null where the message is no event of this system. Events hold no personal data. */
  payload?: Maybe<Scalars['String']['output']>;
  /** When it became a dead letter. */
  parkedAt: Scalars['DateTime']['output'];
  /** When it was replayed or discarded; null while it waits. */
  settledAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The result of a verification: what each check found. */
export type Verification = {
  /** When it began. */
  startedAt: Scalars['DateTime']['output'];
  /** FAULT if a check found one, else UNKNOWN if a check could not be made. */
  outcome: VerificationOutcome;
  /** The checks, in the order in which they were made. */
  checks: Array<VerificationCheck>;
};

/** The outcome of a check, or of all of them. */
export type VerificationOutcome =
  /** What the check says holds. */
  | 'HOLDS'
  /** Rows violate it, and still did so when they were checked again, twice, a second apart. */
  | 'FAULT'
  /** The check could not be made. */
  | 'UNKNOWN';

/** A check of something that must always hold, and what it found. */
export type VerificationCheck = {
  /** Its name, for the argument `checks` of `verification`. */
  name: Scalars['String']['output'];
  /** What must hold. */
  sentence: Scalars['String']['output'];
  /** What it found. */
  outcome: VerificationOutcome;
  /** How many rows it looked at; null if it could not be made. */
  rows?: Maybe<Scalars['Int']['output']>;
  /** The ids of rows that violate it, or sentences about them, at most 100. Of a check that is UNKNOWN they are not confirmed. */
  offending: Array<Scalars['String']['output']>;
  /** Totals of the rows, a sentence each, such as captured money by currency. */
  totals: Array<Scalars['String']['output']>;
  /** Why it is UNKNOWN, for people; null otherwise. */
  because?: Maybe<Scalars['String']['output']>;
};

/** A process of the system. It reports itself every five seconds while it runs. */
export type Process = {
  /** Unique to this process, from its start to its end. */
  id: Scalars['ID']['output'];
  /** The name of its service, such as rebuild-fares; replicas have the same. A process that runs every service is fareloom. */
  name: Scalars['String']['output'];
  /** What it runs. */
  kind: ProcessKind;
  /** The version of its release. */
  version: Scalars['String']['output'];
  /** Whether it still reports itself. */
  state: ProcessState;
  /** When it started. */
  startedAt: Scalars['DateTime']['output'];
  /** When it last reported itself. */
  lastHeartbeatAt: Scalars['DateTime']['output'];
};

/** What a process runs. */
export type ProcessKind =
  /** Every service of the system. */
  | 'SYSTEM'
  /** A gateway. */
  | 'GATEWAY'
  /** A subgraph. */
  | 'SUBGRAPH'
  /** A worker. */
  | 'WORKER'
  /** A demo partner. */
  | 'PARTNER';

/** Whether a process runs. */
export type ProcessState =
  /** It reported itself within the last 15 seconds. */
  | 'RUNNING'
  /** It does not report itself any more: it was killed, it hangs, or it cannot reach the cache. */
  | 'GONE';

/** Why an operation was refused, in words. Each refusal type adds a `code` to branch on, with an enum of its own. */
export type Refusal = {
  /** For people to read. */
  message: Scalars['String']['output'];
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



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  DeadLetterResult:
    | ( DeadLetterSource )
    | ( DeadLetterRefusalSource )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Refusal: ( DeadLetterRefusalSource );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  DeadLetterResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeadLetterResult']>;
  DeadLetterRefusal: ResolverTypeWrapper<DeadLetterRefusalSource>;
  DeadLetterRefusalCode: DeadLetterRefusalCode;
  DeadLetterState: DeadLetterState;
  DeadLetterConnection: ResolverTypeWrapper<DeadLetterConnectionSource>;
  DeadLetterEdge: ResolverTypeWrapper<Omit<DeadLetterEdge, 'node'> & { node: ResolversTypes['DeadLetter'] }>;
  DeadLetter: ResolverTypeWrapper<DeadLetterSource>;
  Verification: ResolverTypeWrapper<VerificationSource>;
  VerificationOutcome: VerificationOutcome;
  VerificationCheck: ResolverTypeWrapper<VerificationCheckSource>;
  Process: ResolverTypeWrapper<ProcessSource>;
  ProcessKind: ProcessKind;
  ProcessState: ProcessState;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  DeadLetterResult: ResolversUnionTypes<ResolversParentTypes>['DeadLetterResult'];
  DeadLetterRefusal: DeadLetterRefusalSource;
  DeadLetterConnection: DeadLetterConnectionSource;
  DeadLetterEdge: Omit<DeadLetterEdge, 'node'> & { node: ResolversParentTypes['DeadLetter'] };
  DeadLetter: DeadLetterSource;
  Verification: VerificationSource;
  VerificationCheck: VerificationCheckSource;
  Process: ProcessSource;
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  PageInfo: PageInfo;
  DateTime: Scalars['DateTime']['output'];
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
  deadLetters?: Resolver<Maybe<ResolversTypes['DeadLetterConnection']>, ParentType, ContextType, Partial<QueryDeadLettersArgs>>;
  deadLetter?: Resolver<Maybe<ResolversTypes['DeadLetter']>, ParentType, ContextType, RequireFields<QueryDeadLetterArgs, 'id'>>;
  verification?: Resolver<Maybe<ResolversTypes['Verification']>, ParentType, ContextType, Partial<QueryVerificationArgs>>;
  processes?: Resolver<Maybe<Array<ResolversTypes['Process']>>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  replayDeadLetter?: Resolver<Maybe<ResolversTypes['DeadLetterResult']>, ParentType, ContextType, RequireFields<MutationReplayDeadLetterArgs, 'id'>>;
  discardDeadLetter?: Resolver<Maybe<ResolversTypes['DeadLetterResult']>, ParentType, ContextType, RequireFields<MutationDiscardDeadLetterArgs, 'id'>>;
};

export type DeadLetterResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterResult'] = ResolversParentTypes['DeadLetterResult']> = {
  __resolveType: TypeResolveFn<'DeadLetter' | 'DeadLetterRefusal', ParentType, ContextType>;
};

export type DeadLetterRefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterRefusal'] = ResolversParentTypes['DeadLetterRefusal']> = {
  code?: Resolver<ResolversTypes['DeadLetterRefusalCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeadLetterConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterConnection'] = ResolversParentTypes['DeadLetterConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DeadLetterEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DeadLetterEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetterEdge'] = ResolversParentTypes['DeadLetterEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DeadLetter'], ParentType, ContextType>;
};

export type DeadLetterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeadLetter'] = ResolversParentTypes['DeadLetter']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  group?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  topic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['DeadLetterState'], ParentType, ContextType>;
  cause?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  payload?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  parkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  settledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VerificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Verification'] = ResolversParentTypes['Verification']> = {
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['VerificationOutcome'], ParentType, ContextType>;
  checks?: Resolver<Array<ResolversTypes['VerificationCheck']>, ParentType, ContextType>;
};

export type VerificationCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VerificationCheck'] = ResolversParentTypes['VerificationCheck']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sentence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['VerificationOutcome'], ParentType, ContextType>;
  rows?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  offending?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  totals?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  because?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProcessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Process'] = ResolversParentTypes['Process']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ProcessKind'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ProcessState'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastHeartbeatAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RefusalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal']> = {
  __resolveType: TypeResolveFn<'DeadLetterRefusal', ParentType, ContextType>;
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

export type Resolvers<ContextType = Context> = {
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  DeadLetterResult?: DeadLetterResultResolvers<ContextType>;
  DeadLetterRefusal?: DeadLetterRefusalResolvers<ContextType>;
  DeadLetterConnection?: DeadLetterConnectionResolvers<ContextType>;
  DeadLetterEdge?: DeadLetterEdgeResolvers<ContextType>;
  DeadLetter?: DeadLetterResolvers<ContextType>;
  Verification?: VerificationResolvers<ContextType>;
  VerificationCheck?: VerificationCheckResolvers<ContextType>;
  Process?: ProcessResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
};

export type DirectiveResolvers<ContextType = Context> = {
  access?: AccessDirectiveResolver<any, any, ContextType>;
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
