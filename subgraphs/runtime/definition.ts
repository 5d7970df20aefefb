// The manifest of a subgraph: what it is called, what it needs, and how each of its parts is made. It imports resolvers,
// stores and demo data only when they are needed: every process loads every manifest.
import type { FastifyInstance } from 'fastify';
import type { SettingsOf, SettingsShape } from '../../infra/config/settings.ts';
import type { VerifyCheck } from '../../infra/database/audit.ts';
import type { Database, Tables } from '../../infra/database/database.ts';
import type { AdapterName, Platform } from '../../infra/process/platform.ts';
import type { EventType } from '../../schema/events.ts';
import type { SubgraphRoute } from '../../schema/wire/route.ts';
import type { RouteHandler } from './routes.ts';
import type { Subgraph } from './serve.ts';

/** What the stores of a subgraph are made of. */
export interface StoreParts<Shape extends SettingsShape = SettingsShape> {
  db: Database;
  settings: SettingsOf<Shape>;
  /** The time limit that the gateway sets for the subgraph, in ms. */
  timeout: number;
  platform: Platform;
}

/** What a running subgraph works with. */
export interface SubgraphParts<Stores, Shape extends SettingsShape = SettingsShape> extends StoreParts<Shape> {
  stores: Stores;
}

/** Routes, each with what opens its handler. */
export type HandledBy<Stores, Shape extends SettingsShape = SettingsShape> = readonly (SubgraphRoute & {
  handler(parts: SubgraphParts<Stores, Shape>): Promise<RouteHandler>;
})[];

/** A server beside the graph: it listens on the port that the variable sets, by default one above the subgraph's. */
export interface OwnServer<Stores, Shape extends SettingsShape = SettingsShape> {
  /** What it serves, for the log. */
  readonly serves: string;
  readonly variable: keyof Shape & string;
  open(parts: SubgraphParts<Stores, Shape>): Promise<FastifyInstance>;
}

export interface SubgraphDefinition<
  Name extends string = string,
  Shape extends SettingsShape = SettingsShape,
  Stores extends object = object,
> {
  /** Also the name of its service and of its part of the supergraph. Its database is named by its tables. */
  readonly name: Name;
  /** What it owns, as Markdown for the table in subgraphs/README.md. */
  readonly owns: string;
  /** Its folder, which has schema.graphql. */
  readonly dir: string;
  /** The default port of a process of its own. */
  readonly port: number;
  /** The default time limit of the gateway's calls, in ms. */
  readonly timeout: number;
  /** The adapters that it uses beside its database. It is ready, and answers, without them. */
  readonly uses: readonly AdapterName[];
  /** Its own variables. */
  readonly settings: Shape;
  /** The HTTP routes that it answers beside GraphQL. */
  readonly routes?: HandledBy<Stores, Shape>;
  /** A server of its own beside the graph, for callers that are no gateway. */
  readonly server?: OwnServer<Stores, Shape>;
  /** Whether it needs the master keys, from which it derives those of other subgraphs. */
  readonly derivesKeys?: boolean;
  /** Whether it never writes to its database: it is then ready while that is read-only. */
  readonly onlyReads?: boolean;
  /** The events that it publishes, most of them through its outbox. */
  readonly publishes: readonly EventType[];
  tables(): Promise<Tables>;
  stores(parts: StoreParts<Shape>): Promise<Stores>;
  /** Its resolvers and the context of a request. */
  graph(parts: SubgraphParts<Stores, Shape>): Promise<Pick<Subgraph, 'resolvers' | 'context'>>;
  /** Files demo data unless it exists. */
  demo?(parts: SubgraphParts<Stores, Shape>): Promise<void>;
  /** Works off what a start has to do once its stores are open, before it answers. */
  atStart?(parts: SubgraphParts<Stores, Shape>): Promise<void>;
  /** Ends what callers wait for, before the server closes: it answers every request first. */
  endWaits?(stores: Stores): void;
  /** Deletes what it keeps only for a time; called every hour. */
  forget?(stores: Stores): Promise<void>;
  /** Checks of its own invariants, for `npm run verify`; those of outbox and inbox come by themselves. */
  checks?(db: Database, now: Date): Promise<VerifyCheck[]>;
  /** Adds gauges of its database to the metrics; those of its outbox come by themselves. */
  gauges?(parts: Pick<StoreParts, 'db' | 'platform'>): Promise<void>;
}

/** The manifest, with the types of its settings and stores inferred. */
export const defineSubgraph = <const Name extends string, Shape extends SettingsShape, Stores extends object>(
  definition: SubgraphDefinition<Name, Shape, Stores>,
): SubgraphDefinition<Name, Shape, Stores> => definition;

/** Opens a subgraph's stores on its database, once a process. Resolvers and workers get the stores alone. */
export type OpenStores = <Stores extends object>(
  definition: SubgraphDefinition<string, SettingsShape, Stores>,
) => Promise<{ db: Database; stores: Stores }>;
