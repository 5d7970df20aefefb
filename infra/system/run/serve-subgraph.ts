// Serves a subgraph of the list: its schema and resolvers on its stores, and its gauges.
import { readSdl, serve, type ServedSubgraph } from '../../../subgraphs/runtime/serve.ts';
import type { SubgraphDefinition } from '../../../subgraphs/runtime/definition.ts';
import type { Clock } from '../../process/clock.ts';
import { type Shared, storeParts } from '../stores.ts';

/** Starts the subgraph in this process. With `time` its replies carry the time of this process, for the gateway. */
export async function serveSubgraph(
  definition: SubgraphDefinition,
  { wiring, open }: Shared,
  time?: Clock,
): Promise<ServedSubgraph> {
  const { name, dir } = definition;
  const { now, log, metrics } = wiring;
  const { db, stores } = await open(definition);
  const graph = await definition.graph({ ...storeParts(definition, db, wiring), stores });
  const unhandled = (definition.routes ?? []).filter(
    (route) => !graph.routes?.some((handled) => handled.route === route),
  );
  if (unhandled.length)
    throw new Error(
      `${name} declares routes that it does not handle: ${unhandled.map(({ path }) => path).join(', ')}.`,
    );
  await metrics.watchOutbox(name, db);
  await definition.gauges?.({ db, platform: wiring });
  const keys = wiring.subgraphKeys(name);
  return serve({ name, typeDefs: readSdl(dir), ...graph }, { keys, now, log, metrics, ...(time && { time }) });
}
