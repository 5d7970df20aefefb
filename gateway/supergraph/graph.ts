// One version of the supergraph: all that depends on it, from its schema and its planner to the calls of its subgraphs.
// Nothing of it changes once it is loaded; the next version is another graph.
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import type { Cache } from '../../infra/cache/cache.ts';
import type { Log } from '../../infra/logging/log.ts';
import { withDefer } from '../../schema/composition/defer.ts';
import { NODE_PART } from '../../schema/composition/nodes.ts';
import { ACCOUNT } from '../../schema/wire/browser-session.ts';
import { checkValues } from '../../schema/terms/scalars.ts';
import type { SupergraphArtifact } from '../../schema/wire/supergraph-artifact.ts';
import { judgeOwners } from '../access/judge-owners.ts';
import { refuseForbidden } from '../access/refuse-forbidden.ts';
import { hashOf } from '../documents/document-folder.ts';
import { codesIn } from '../errors/declared-codes.ts';
import { refuseBadVariables } from '../errors/bad-values.ts';
import { shareAnswers } from '../execution/answers.ts';
import type { PreparedOperation } from '../execution/compiled/compiled-executor.ts';
import type { Execute } from '../execution/executor.ts';
import type { Meter } from '../execution/metering.ts';
import { nodeSource } from '../execution/nodes.ts';
import { leaveParts } from '../execution/parts/answer-parts.ts';
import { type Prices, readPrices } from '../limits/prices.ts';
import type { Ask } from '../subgraph-client/ask.ts';
import { certainFields } from '../subgraph-client/reply.ts';
import { sourceOf } from '../subgraph-client/source.ts';
import type { Upstream } from '../subgraph-client/upstream.ts';
import { type ExecutorName, loadExecutor } from './load-executor.ts';
import type { Leased, Strangers } from './strangers.ts';

/** What all versions share. */
export interface GraphParts {
  executor: ExecutorName;
  /** The subgraphs of this system. */
  upstreamOf: (name: string) => Upstream;
  /** The subgraphs that others published. */
  strangers: Strangers;
  cache: Cache;
  production: boolean;
  answers: boolean;
  requestTimeout: number;
  meter: Meter;
  now: () => Date;
  log: Log;
}

export interface Graph {
  artifact: SupergraphArtifact;
  /** The API schema with @defer, which Apollo Server validates documents with. */
  schema: GraphQLSchema;
  /** The costs of its fields. */
  prices: Prices;
  /** Executes an operation that is valid under this schema. */
  execute: Execute;
  /** Plans and compiles an operation that is valid under this schema. Throws what the planner throws. */
  prepare: (operation: PreparedOperation) => void;
  /** Closes the connections that no other version uses. */
  close: () => Promise<void>;
}

/** Loads a version. Rejects, and leaves nothing open, if it cannot be served. */
export async function loadGraph(artifact: SupergraphArtifact, parts: GraphParts): Promise<Graph> {
  const { supergraphSdl } = artifact;
  const leased = leaseStrangers(artifact, parts.strangers);
  const close = async (): Promise<void> => {
    await Promise.all([...leased.values()].map(({ release }) => release()));
  };
  try {
    const upstreamOf = (name: string): Upstream => leased.get(name)?.upstream ?? parts.upstreamOf(name);
    const askOf = sourcesOf(artifact, upstreamOf, parts.meter);
    await othersTurn();
    const { apiSchema, execute, prepare } = await loadExecutor({ ...parts, supergraphSdl, askOf });
    // the supergraph only names its scalars: with their checks, invalid input is refused here instead of in every
    // subgraph
    checkValues(apiSchema);
    const prices = readPrices(supergraphSdl);
    return {
      artifact,
      schema: withDefer(apiSchema),
      prices,
      execute: guarded(execute, apiSchema, artifact, parts),
      prepare,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What an operation passes before it is executed, outermost last. */
function guarded(execute: Execute, schema: GraphQLSchema, artifact: SupergraphArtifact, parts: GraphParts): Execute {
  const { production, answers, meter, log } = parts;
  const checked = refuseBadVariables(execute, production);
  const shared = answers ? shareAnswers(checked, { ...parts, version: answersVersion(artifact) }) : checked;
  const allowed = refuseForbidden(artifact.permissions, schema, shared);
  const codesOf = codesIn(() => artifact);
  return leaveParts(allowed, { production, codesOf, count: meter.errors, log });
}

/**
 * What cached responses depend on, as gateways of different versions share the cache: the schema, the permissions,
 * and which subgraphs answer. A rollback finds the responses from before.
 */
const answersVersion = ({ supergraphSdl, permissions, subgraphs }: SupergraphArtifact): string =>
  hashOf(JSON.stringify([supergraphSdl, permissions, subgraphs]));

const leaseStrangers = ({ subgraphs }: SupergraphArtifact, strangers: Strangers): ReadonlyMap<string, Leased> =>
  new Map(
    Object.entries(subgraphs).flatMap(([name, each]) => (each.urls.length ? [[name, strangers(name, each)]] : [])),
  );

/** The source of each subgraph, and of the gateway's own part. */
function sourcesOf(
  { supergraphSdl, permissions }: SupergraphArtifact,
  upstreamOf: (name: string) => Upstream,
  meter: Meter,
): (name: string) => Ask {
  const certain = certainFields(supergraphSdl);
  const ask = perSubgraph((name) => meter.source(name, sourceOf({ upstream: upstreamOf(name), certain })));
  const node = nodeSource(supergraphSdl, ask);
  const judged = (name: string): Ask => (name === ACCOUNT ? ask(name) : judgeOwners(permissions, ask(name)));
  return perSubgraph((name) => (name === NODE_PART ? node : judged(name)));
}

function perSubgraph(open: (name: string) => Ask): (name: string) => Ask {
  const opened = new Map<string, Ask>();
  return (name) => {
    const known = opened.get(name) ?? open(name);
    opened.set(name, known);
    return known;
  };
}
