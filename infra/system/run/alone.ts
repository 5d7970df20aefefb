// Builds one service as its own process, and what stops it; infra/start.ts listens and handles the signals.
import type { Call } from '../../../gateway/subgraph-client/upstream.ts';
import { POLL_WITHIN, REGISTRY } from '../../../schema/wire/registry-routes.ts';
import type { SubgraphDefinition } from '../../../subgraphs/runtime/definition.ts';
import type { WorkerDefinition } from '../../../workers/engine/definition.ts';
import { healthRoutes, type InsideRoutes, serveHealth, serveInside } from '../../http/inside.ts';
import type { Listener } from '../../http/listen.ts';
import { openPlainServer } from '../../http/plain-server.ts';
import type { Log } from '../../logging/log.ts';
import { metricsRoutes } from '../../metrics/http.ts';
import type { Waiting } from '../../process/waiting.ts';
import { isEmbedded } from '../../config/adapter-url.ts';
import { type Config, subgraphAddresses } from '../config/config.ts';
import { subgraphHealth, workerHealth, writable } from '../health.ts';
import { poolsOfAll } from '../pools.ts';
import { type Service, serviceOf } from '../service.ts';
import type { PartnerName } from '../services.ts';
import { type Shared, shareStores } from '../stores.ts';
import { openWiring, type Wiring } from '../wiring.ts';
import { listProcess, openBeside, type Running, serveSubgraph, startWorker } from './one-service.ts';

const LARGEST_CALL = 3_000_000; // bytes; an entity call of a hundred offers has 10,000

/** The servers of a process. Each start of a service closes what it opened by the stack, in the opposite order. */
type Servers = Omit<Running, 'stop'>;
type Closing = AsyncDisposableStack;

/**
 * Starts one service without listening; with `waiting` it waits for the servers that it needs. The gateway has no
 * stores: it only calls subgraphs.
 */
export async function startAlone(name: string, config: Config, log: Log, waiting?: Waiting): Promise<Running> {
  const service = serviceOf(name);
  await using opening = new AsyncDisposableStack(); // closes what was opened if the start fails
  const wiring = openWiring(config, log, { pools: poolsOfAll, ...(waiting && { waiting }) });
  opening.defer(wiring.close);
  await using running = new AsyncDisposableStack();
  const servers = await serversOf(service, shareStores(wiring), running);
  opening.defer(listProcess(wiring, name, service.kind.toUpperCase() as Uppercase<Service['kind']>));
  opening.use(running.move());
  const closing = opening.move();
  return { ...servers, stop: () => closing.disposeAsync() };
}

function serversOf(service: Service, shared: Shared, closing: Closing): Promise<Servers> {
  if (service.kind === 'gateway') return gatewayAlone(shared.wiring, closing);
  if (service.kind === 'subgraph') return subgraphAlone(service, shared, closing);
  return service.kind === 'worker' ? workerAlone(service, shared, closing) : partnerAlone(service.name, shared.wiring);
}

/** The gateway stays ready while any subgraph is ready: the fields of the others are null meanwhile. */
async function gatewayAlone(wiring: Wiring, closing: Closing): Promise<Servers> {
  const { overHttp } = await import('../../../gateway/subgraph-client/over-http.ts');
  const { followingClock } = await import('../../../gateway/subgraph-client/following-clock.ts');
  const { openGateway } = await import('../gateway.ts');
  const { openMetricsServer } = await import('../../metrics/metrics-server.ts');
  const { config, metrics, clockSkew, cache, log } = wiring;
  const calls: Record<string, Call> = {};
  const readiness: Record<string, () => Promise<unknown>> = {};
  for (const [name, urls] of subgraphAddresses(config)) {
    const timeout = name === REGISTRY ? POLL_WITHIN : (config.SUBGRAPH_TIMEOUT[name] ?? config.REQUEST_TIMEOUT);
    const replicas = overHttp(urls, timeout, config.SUBGRAPH_IN_FLIGHT, { log });
    closing.defer(replicas.close);
    metrics.gateway.watchConnections(name, replicas.connections);
    calls[name] = followingClock(replicas.call, clockSkew);
    readiness[name] = replicas.ready;
  }
  const internal = openMetricsServer(metrics);
  closing.defer(() => internal.close());
  const app = await openGateway(wiring, calls, internal, !isEmbedded(config.KAFKA_URL));
  closing.defer(() => app.close());
  serveHealth(app, {
    checks: { ...readiness, cache: () => writable(cache) }, // the cache is reported only: without it reads still work
    enough: (answering) => Object.keys(readiness).some((name) => answering.has(name)),
  });
  return { app, internal };
}

/** Publishes the events of the subgraph as soon as this process commits them. */
async function publishAtOnce(subgraph: SubgraphDefinition, { wiring: { bus, log }, open }: Shared, closing: Closing) {
  const { startRelayOutbox } = await import('../../../workers/engine/relay.ts');
  closing.defer(await startRelayOutbox({ bus, log, database: subgraph.name, db: (await open<object>(subgraph)).db }));
}

async function subgraphAlone(
  { definition, ...used }: Service & { definition: SubgraphDefinition },
  shared: Shared,
  closing: Closing,
): Promise<Servers> {
  const { openServer } = await import('../../http/http-server.ts');
  const { serveOverHttp } = await import('../../../subgraphs/runtime/http.ts');
  if (definition.publishes.length) await publishAtOnce(definition, shared, closing);
  const served = await serveSubgraph(definition, shared, shared.wiring.clockSkew.now);
  closing.defer(served.close);
  const app = openServer(LARGEST_CALL);
  closing.defer(() => app.close());
  const { stores } = await shared.open<object>(definition);
  closing.defer(() => definition.endWaits?.(stores));
  shared.wiring.metrics.requests(app);
  serveOverHttp(app, served, LARGEST_CALL);
  serveHealth(app, subgraphHealth(shared, used));
  serveInside(app, await insideRoutes(shared.wiring));
  return { app, beside: await openBeside(definition, shared) };
}

async function workerAlone(
  { definition, ...used }: Service & { definition: WorkerDefinition },
  shared: Shared,
  closing: Closing,
): Promise<Servers> {
  const { metrics } = shared.wiring;
  const [own] = definition.subgraphs;
  const health = workerHealth(shared, used, !definition.onlyReads);
  const inside = await insideRoutes(shared.wiring);
  const routes = (server: Listener) => ({ ...healthRoutes(health, () => server.isDraining), ...inside });
  const app = openPlainServer(routes, metrics.answered);
  closing.defer(async () => {
    await app.close();
  });
  if (definition.publishes && own) await publishAtOnce(own, shared, closing);
  closing.defer(await startWorker(definition, shared));
  return { app };
}

/**
 * Metrics and profiles, on a port for operators only. The process cannot check the OPERATOR role: profiles need a key.
 */
async function insideRoutes({ metrics, config: { DEBUG_KEY } }: Wiring): Promise<InsideRoutes> {
  if (DEBUG_KEY === undefined) return metricsRoutes(metrics);
  const { debugRoutes, onlyWithKey } = await import('../../process/debug-server.ts');
  return { ...metricsRoutes(metrics), ...onlyWithKey(DEBUG_KEY, debugRoutes()) };
}

/** A demo's partner depends on no part: it is always ready. The wiring closes it. */
async function partnerAlone(name: PartnerName, { demos }: Wiring): Promise<Servers> {
  const { app } = await demos[name]();
  serveHealth(app, { checks: {}, enough: () => true });
  return { app };
}
