// One worker or subgraph without the system: on the stores and adapters that a test gives it.
import type { Platform } from '../../infra/process/platform.ts';
import type { SettingsShape } from '../../infra/config/settings.ts';
import type { OpenStores, SubgraphDefinition, SubgraphParts } from '../../subgraphs/runtime/definition.ts';
import { readSdl, type Subgraph } from '../../subgraphs/runtime/serve.ts';
import type { WorkerDefinition } from '../../workers/engine/definition.ts';

/** Starts a worker on some of its subgraph's stores and some adapters: those that it uses in the test. */
export const startWorker = (worker: WorkerDefinition, stores: object, platform: Partial<Platform>) =>
  worker.start((async () => ({ stores })) as unknown as OpenStores, platform as Platform);

/** The subgraph on some of its stores and some adapters: those that it uses in the test. */
export async function subgraphOn<Shape extends SettingsShape, Stores extends object>(
  definition: SubgraphDefinition<string, Shape, Stores>,
  parts: { stores: Stores; platform: Partial<Platform>; settings?: SubgraphParts<Stores, Shape>['settings'] },
): Promise<Subgraph> {
  const { name, dir } = definition;
  const graph = await definition.graph(parts as SubgraphParts<Stores, Shape>);
  return { name, typeDefs: readSdl(dir), ...graph };
}
