// What a service does in its process, whether it runs there alone or with all others.
import type { ServedSubgraph } from '../../../subgraphs/runtime/serve.ts';
import type { SubgraphDefinition } from '../../../subgraphs/runtime/definition.ts';
import type { WorkerDefinition } from '../../../workers/engine/definition.ts';
import type { Listener } from '../../http/listen.ts';
import { atTheRightTime } from '../../process/lifecycle/at-the-right-time.ts';
import type { Clock } from '../../process/clock.ts';
import { type Heartbeat, startHeartbeat } from '../../process/heartbeat.ts';
import { readVersion } from '../../process/version.ts';
import { type Shared, storeParts } from '../stores.ts';
import type { Wiring } from '../wiring.ts';

/** A server beside the process's own, ready to listen. */
export type BesideServer = readonly [subgraph: string, app: Listener];

/** What runs in a process, ready to listen. */
export interface Running {
  app: Listener;
  /** The server of its metrics, when `app` is public. */
  internal?: Listener;
  /** The servers of subgraphs beside the graph. */
  beside?: readonly BesideServer[];
  /** Completes requests and work in progress, then closes the adapters. */
  stop(): Promise<void>;
}

/** Starts the subgraph in this process. With `time` its replies carry the time of this process, for the gateway. */
export async function serveSubgraph(
  definition: SubgraphDefinition,
  { wiring, open }: Shared,
  time?: Clock,
): Promise<ServedSubgraph> {
  const { readSdl, serve } = await import('../../../subgraphs/runtime/serve.ts');
  const { name, dir } = definition;
  const { now, log, metrics } = wiring;
  const { db, stores } = await open(definition);
  const parts = { ...storeParts(definition, db, wiring), stores };
  await definition.atStart?.(parts);
  const graph = await definition.graph(parts);
  const routes = await Promise.all(
    (definition.routes ?? []).map(async (route) => ({ route, handle: await route.handler(parts) })),
  );
  await metrics.watchOutbox(name, db);
  await definition.gauges?.({ db, platform: wiring });
  const keys = wiring.subgraphKeys(name);
  return serve({ name, typeDefs: readSdl(dir), ...graph, routes }, { keys, now, log, metrics, ...(time && { time }) });
}

/** Opens the server that a subgraph has beside the graph; the process closes it. */
export async function openBeside(definition: SubgraphDefinition, { wiring, open }: Shared): Promise<BesideServer[]> {
  const { name, server } = definition;
  if (!server) return [];
  const { db, stores } = await open(definition);
  const app = await server.open({ ...storeParts(definition, db, wiring), stores });
  wiring.onClose(() => app.close());
  return [[name, app]];
}

/** Starts the worker, which runs while the clock of this process is accurate. */
export const startWorker = (definition: WorkerDefinition, { wiring, open }: Shared) =>
  atTheRightTime(
    () => definition.start(open, wiring),
    wiring.clockSkew,
    wiring.log.child({ service: definition.name }),
  );

/** Reports this process to the list of processes; the returned function withdraws it. */
export const listProcess = ({ cache, now, log }: Wiring, name: string, kind: Heartbeat['process']['kind']) =>
  startHeartbeat({ process: { name, kind, version: readVersion() }, cache, now, log });
