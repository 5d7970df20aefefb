// Runs everything in one process: the gateway calls the subgraphs without a socket, through the same request path.
import type { FastifyInstance } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import type { Call } from '../../../gateway/subgraph-client/upstream.ts';
import { isEmbedded } from '../../config/adapter-url.ts';
import { serveHealth } from '../../http/inside.ts';
import { openMetricsServer } from '../../metrics/metrics-server.ts';
import { backlog } from '../../database/outbox.ts';
import type { Wiring } from '../wiring.ts';
import { openDemoAccounts } from '../demo/demo-accounts.ts';
import { fileDemoData } from '../demo/fill.ts';
import { openGateway } from '../gateway.ts';
import { subgraphHealth } from '../health.ts';
import { services } from '../service.ts';
import { subgraphs } from '../services.ts';
import { type Shared, shareStores, type Stores } from '../stores.ts';
import { type BesideServer, listProcess, openBeside, serveSubgraph, startWorker } from './one-service.ts';

/** The running system. */
export interface System {
  gateway: FastifyInstance;
  /** The server of the metrics, apart from the gateway, which is public. */
  internal: FastifyInstance;
  /** The servers of subgraphs beside the graph, not listening. */
  beside: readonly BesideServer[];
  stores: Stores;
  /** The password of the demo accounts that this start created; null when there were accounts already. */
  demoPassword: string | null;
  /** Stops in order: rejects new requests, answers those in flight, drains the workers, closes the adapters. */
  stop(): Promise<void>;
}

/**
 * Starts everything in this process, except for the workers in `without`; `between` may intercept the gateway's calls to
 * its subgraphs.
 */
export async function startSystem(
  wiring: Wiring,
  between: (name: string, call: Call) => Call = (_, call) => call,
  without: readonly string[] = [],
): Promise<System> {
  const { config, log, metrics } = wiring;
  await using opening = new AsyncDisposableStack(); // closes what was opened if the start fails
  opening.defer(wiring.close);
  await using running = new AsyncDisposableStack();
  const shared = shareStores(wiring);
  if (config.DEMO_DATA === 'on') await fileDemoData(shared);
  const demoPassword = await openDemoAccounts(shared);

  const calls: Record<string, Call> = {};
  const stops: (() => Promise<void>)[] = [];
  const beside: BesideServer[] = [];
  running.defer(async () => {
    await Promise.all(stops.map((stop) => stop())); // in parallel: none waits for another's work in progress
  });
  for (const service of services) {
    const { name } = service;
    if (without.includes(name)) continue;
    if (service.kind === 'subgraph') {
      const served = await serveSubgraph(service.definition, shared);
      calls[name] = between(name, served.handle);
      stops.push(served.close);
      beside.push(...(await openBeside(service.definition, shared)));
    } else if (service.kind === 'worker') stops.push(await startWorker(service.definition, shared));
    if (service.kind !== 'gateway') log.info('in process', { service: name });
  }
  await caughtUp(shared);
  const internal = openMetricsServer(metrics);
  running.defer(() => internal.close());
  const gateway = await openGateway(wiring, calls, internal, true);
  running.defer(() => gateway.close());
  const uses = [...new Set(services.flatMap((service) => service.uses))];
  serveHealth(gateway, subgraphHealth(shared, { databases: subgraphs, uses }));

  opening.defer(listProcess(wiring, 'fareloom', 'SYSTEM'));
  opening.use(running.move());
  const closing = opening.move();
  return { gateway, internal, beside, stores: shared.stores, demoPassword, stop: () => closing.disposeAsync() };
}

const CATCH_UP_WITHIN = 5000; // ms; any remaining work continues in the background

/**
 * Waits until the departures of fares that were filed while nothing ran, for example by an import, are on sale:
 * otherwise their offers would lack their seats. Only with embedded adapters: with several processes the backlog may
 * never be empty.
 */
async function caughtUp({ stores, wiring: { bus, config } }: Shared): Promise<void> {
  if (!isEmbedded(config.DATABASE_URL) || !isEmbedded(config.KAFKA_URL)) return;
  const { db } = await stores.fare();
  const until = performance.now() + CATCH_UP_WITHIN;
  const behind = async () => (await backlog(db.read())) > 0 || (await bus.backlog('open-departures')) > 0;
  while (performance.now() < until && (await behind().catch(() => false))) await wait(20); // the workers report a faulty bus
}
