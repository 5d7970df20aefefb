// Changes the graph that is served: the next one is loaded and prepared aside, and then takes over at once.
import type { Log } from '../../infra/logging/log.ts';
import type { SupergraphArtifact } from '../../schema/wire/supergraph-artifact.ts';
import type { DocumentFolder } from '../documents/document-folder.ts';
import type { AskedMost } from './asked-most.ts';
import { tellBrokenDocuments } from './broken-documents.ts';
import { type Graph, type GraphParts, loadGraph } from './graph.ts';
import { prepareOperations } from './prepare-operations.ts';
import type { ServedGraph } from './served-graph.ts';

/** ms; a version is to be served within two seconds of its publication. What is left is planned when it is asked. */
const PREPARE_WITHIN = 700;

export interface ChangeOptions {
  served: ServedGraph;
  parts: GraphParts;
  askedMost: AskedMost;
  documents: DocumentFolder;
  log: Log;
}

/**
 * Serves the artifact from now on. Rejects if it cannot be loaded: then the graph before stays. Requests pass while the
 * operations that are asked most are planned; only loading delays them.
 */
export async function changeGraph(artifact: SupergraphArtifact, options: ChangeOptions): Promise<void> {
  const { served, parts, askedMost, documents, log } = options;
  const since = performance.now();
  const next = await loadGraph(artifact, parts);
  const loaded = performance.now();
  const planned = await prepareOperations(next, askedMost.list(), PREPARE_WITHIN);
  takeOver(served, next);
  askedMost.age();
  const took = { load: Math.round(loaded - since), prepare: Math.round(performance.now() - loaded), planned };
  log.info(`now serving version ${artifact.version} of the supergraph`, took);
  void tellBrokenDocuments(documents, next.schema, log);
}

function takeOver(served: ServedGraph, next: Graph): void {
  try {
    served.serve(next);
  } catch (error) {
    void next.close();
    throw error;
  }
}
