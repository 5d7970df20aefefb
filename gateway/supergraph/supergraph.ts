// The supergraph of a gateway: what it serves first, and how that changes while it runs.
import { typeidUnboxed } from 'typeid-js';
import { POLL_WITHIN, REGISTRY } from '../../schema/wire/registry-routes.ts';
import { artifactKeys, type SupergraphArtifact } from '../../schema/wire/supergraph-artifact.ts';
import type { DocumentFolder } from '../documents/document-folder.ts';
import type { Call } from '../subgraph-client/upstream.ts';
import { openAskedMost } from './asked-most.ts';
import { changeGraph } from './change-graph.ts';
import { openFollower, type RegistryFollower } from './follow-registry.ts';
import { type Graph, type GraphParts, loadGraph } from './graph.ts';
import { type LastGood, openLastGood } from './last-good.ts';
import { openReceived, type Received } from './received.ts';
import { openServedGraph, type ServedGraph } from './served-graph.ts';
import { openUpstream, type Subgraphs } from './subgraphs.ts';

/** The registry that a gateway follows. */
export interface RegistrySource {
  call: Call;
  /** The folder of the last supergraphs, which are believed with the signature of the master keys only. */
  folder: string;
}

export interface SupergraphOptions {
  parts: GraphParts;
  subgraphs: Subgraphs;
  /** The committed supergraph, which is served while there is no other. */
  artifact: SupergraphArtifact;
  /** Undefined for a gateway that serves the committed supergraph only. */
  registry: RegistrySource | undefined;
  documents: DocumentFolder;
}

export interface Supergraph {
  served: ServedGraph;
  /** Follows the registry, once Apollo Server runs, until the returned function is called. */
  follow: () => () => Promise<void>;
}

/**
 * Loads what the registry has; if it does not answer within two seconds, what it had last; else the committed
 * supergraph. Rejects if none of them can be loaded.
 */
export async function openSupergraph(options: SupergraphOptions): Promise<Supergraph> {
  const { parts, registry, documents } = options;
  const { log, requestTimeout } = parts;
  const source = registry && openSource(registry, options);
  const graph = (source && (await loadFrom(source, parts))) ?? (await loadGraph(options.artifact, parts));
  const served = openServedGraph(graph, requestTimeout, log);
  const askedMost = openAskedMost();
  served.onExecution(askedMost.note);
  const change = { served, parts, askedMost, documents, log };
  return {
    served,
    follow() {
      if (!source) return () => Promise.resolve();
      return source.follower.follow(async ({ artifact, signed }) => {
        await changeGraph(artifact, change);
        await source.lastGood.keep(signed);
      });
    },
  };
}

/** Where supergraphs come from. */
interface Source {
  follower: RegistryFollower;
  received: Received;
  lastGood: LastGood;
}

function openSource({ call, folder }: RegistrySource, { parts, subgraphs }: SupergraphOptions): Source {
  const { log, now } = parts;
  const keys = artifactKeys(subgraphs.keys);
  const received = openReceived(typeidUnboxed('gwy'), keys, log);
  const own = { ...subgraphs, timeouts: { [REGISTRY]: POLL_WITHIN }, bounds: { inFlight: 1, queue: 1 } };
  const upstream = openUpstream(REGISTRY, call, { ...parts, subgraphs: own });
  return {
    follower: openFollower({ registry: upstream, received, log }),
    received,
    lastGood: openLastGood(folder, keys, now, log),
  };
}

/** The graph that the registry has, or had last; undefined if there is none that can be loaded. */
async function loadFrom(source: Source, parts: GraphParts): Promise<Graph | undefined> {
  return (await loadFromRegistry(source, parts)) ?? loadFromDisk(source, parts);
}

async function loadFromRegistry({ follower, received, lastGood }: Source, parts: GraphParts) {
  const first = await follower.first();
  if (!first) return undefined;
  try {
    const graph = await loadGraph(first.artifact, parts);
    received.accept(first);
    parts.log.info(`serving version ${first.artifact.version} of the supergraph`);
    await lastGood.keep(first.signed);
    return graph;
  } catch (error) {
    received.refuse(first, error);
    return undefined;
  }
}

async function loadFromDisk({ received, lastGood }: Source, parts: GraphParts): Promise<Graph | undefined> {
  for (const kept of await lastGood.read()) {
    const { version } = kept.artifact;
    try {
      const graph = await loadGraph(kept.artifact, parts);
      received.accept(kept);
      parts.log.info(`serving version ${version} of the supergraph, from the disk`);
      return graph;
    } catch (error) {
      parts.log.warn('a kept supergraph cannot be loaded', { version, error });
    }
  }
  return undefined;
}
