// Builds one service as its own process, and what stops it; infra/start.ts listens and handles the signals.
import type { Replicas } from '../../../gateway/subgraph-client/over-http.ts';
import type { SubgraphDefinition } from '../../../subgraphs/runtime/definition.ts';
import type { Call } from '../../../gateway/subgraph-client/upstream.ts';
import { TIME_HEADER } from '../../../schema/wire/clocks.ts';
import type { ClockSkew } from '../../process/clock-skew.ts';
import { type Config, subgraphAddresses } from '../config/config.ts';
import { healthRoutes, type InsideRoutes, serveHealth, serveInside } from '../../http/inside.ts';
import type { Listener } from '../../http/listen.ts';
import { openPlainServer } from '../../http/plain-server.ts';
import type { Log } from '../../logging/log.ts';
import { metricsRoutes } from '../../metrics/http.ts';
import { startHeartbeat } from '../../process/heartbeat.ts';
import { readVersion } from '../../process/version.ts';
import type { Waiting } from '../../process/waiting.ts';
import { openWiring, type Wiring } from '../wiring.ts';
import { atTheRightTime } from './at-the-right-time.ts';
import { subgraphHealth, workerHealth, writable } from '../health.ts';
import { poolsOfAll } from '../pools.ts';
import { type Service, serviceOf } from '../service.ts';
import type { PartnerName } from '../services.ts';
import { type Shared, shareStores } from '../stores.ts';

/** A started service, ready to listen. */
export interface Alone {
  app: Listener;
  /** The server of its metrics, when `app` is public. */
  internal?: Listener;
  /** Completes requests and work in progress, then closes the adapters. */
  stop(): Promise<void>;
}

const LARGEST_CALL = 3_000_000; // bytes; an entity call of a hundred offers has 10,000

/**
 * Starts one service without listening; with `waiting` it waits for the servers that it needs. The gateway has no
 * stores: it only calls subgraphs.
 */
export async function startAlone(name: string, config: Config, log: Log, waiting?: Waiting): Promise<Alone> {
  const service = serviceOf(name);
  const wiring = openWiring(config, log, { pools: poolsOfAll, ...(waiting && { waiting }) });
  const running = await aloneBy(shareStores(wiring), service);
  const { cache, now } = wiring;
  const process = { name, kind: kinds[service.kind], version: readVersion() };
  const stopHeartbeat = startHeartbeat({ process, cache, now, log });
  return {
    ...running,
    async stop() {
      await running.stop();
      await stopHeartbeat();
      await wiring.close();
    },
  };
}

const kinds = { gateway: 'GATEWAY', subgraph: 'SUBGRAPH', worker: 'WORKER', partner: 'PARTNER' } as const;

function aloneBy(shared: Shared, service: Service): Promise<Alone> {
  if (service.kind === 'gateway') return gatewayAlone(shared.wiring);
  if (service.kind === 'subgraph') return subgraphAlone(shared, service);
  return service.kind === 'worker' ? workerAlone(shared, service) : partnerAlone(shared, service.partner);
}

/** The gateway stays ready while any subgraph is ready: the fields of the others are null meanwhile. */
async function gatewayAlone(wiring: Wiring): Promise<Alone> {
  const { overHttp } = await import('../../../gateway/subgraph-client/over-http.ts');
  const { openGateway } = await import('../gateway.ts');
  const { openMetricsServer } = await import('../../metrics/metrics-server.ts');
  const { config } = wiring;
  const subgraphs = subgraphAddresses(config).map(([name, urls]): [string, Replicas] => [
    name,
    overHttp(urls, config.SUBGRAPH_TIMEOUT[name]!, config.SUBGRAPH_IN_FLIGHT),
  ]);
  for (const [name, { connections }] of subgraphs) wiring.metrics.gateway.watchConnections(name, connections);
  const internal = openMetricsServer(wiring.metrics);
  const calls = Object.fromEntries(subgraphs.map(([name, { call }]) => [name, heard(call, wiring.clockSkew)]));
  const app = await openGateway(wiring, calls, internal);
  serveHealth(app, {
    checks: {
      ...Object.fromEntries(subgraphs.map(([name, { ready }]) => [name, ready])),
      cache: () => writable(wiring.cache), // reported only: without the cache, orders are delayed and reads still work
    },
    enough: (answering) => subgraphs.some(([name]) => answering.has(name)),
  });
  return {
    app,
    internal,
    async stop() {
      await app.close();
      await internal.close();
      for (const [, { close }] of subgraphs) await close();
    },
  };
}

/**
 * Wraps a call to read the time in its replies: the gateway follows the clock of its subgraphs, which is their
 * databases'.
 */
const heard =
  (call: Call, clockSkew: ClockSkew): Call =>
  async (request) => {
    const reply = await call(request);
    const time = Number(reply.headers[TIME_HEADER]);
    if (time) clockSkew.hear(new Date(time)); // accurate despite a long request: the subgraph sets the time last
    return reply;
  };

/** Publishes the events of a service as soon as it commits them. */
const publishAtOnce = async ({ wiring: { bus, log }, open }: Shared, subgraph: SubgraphDefinition) =>
  (await import('../../../workers/engine/relay.ts')).startRelayOutbox({
    ...{ bus, log, database: subgraph.name },
    db: (await open<object>(subgraph)).db,
  });

async function subgraphAlone(shared: Shared, service: Extract<Service, { kind: 'subgraph' }>): Promise<Alone> {
  const { openServer } = await import('../../http/http-server.ts');
  const { serveOverHttp } = await import('../../../subgraphs/runtime/http.ts');
  const { serveSubgraph } = await import('./serve-subgraph.ts');
  const { definition } = service;
  const served = await serveSubgraph(definition, shared, shared.wiring.clockSkew.now);
  const stopRelay = definition.publishes.length > 0 && (await publishAtOnce(shared, definition));
  const app = openServer(LARGEST_CALL);
  shared.wiring.metrics.requests(app);
  serveOverHttp(app, served, LARGEST_CALL);
  serveHealth(app, subgraphHealth(shared, service));
  serveInside(app, await insideRoutes(shared));
  return {
    app,
    async stop() {
      await app.close();
      await served.close();
      if (stopRelay) await stopRelay();
    },
  };
}

async function workerAlone(shared: Shared, service: Extract<Service, { kind: 'worker' }>): Promise<Alone> {
  const { wiring, open } = shared;
  const { definition } = service;
  const stopWork = await atTheRightTime(() => definition.start(open, wiring), wiring.clockSkew, wiring.log);
  const [own] = definition.subgraphs;
  const stopRelay = definition.publishes && own && (await publishAtOnce(shared, own));
  const health = workerHealth(shared, service, !definition.onlyReads);
  const inside = await insideRoutes(shared);
  const app = openPlainServer(
    (server) => ({ ...healthRoutes(health, () => server.isDraining), ...inside }),
    wiring.metrics.answered,
  );
  return {
    app,
    async stop() {
      await stopWork();
      if (stopRelay) await stopRelay();
      await app.close();
    },
  };
}

/**
 * Metrics and profiles, on a port for operators only. The process cannot check the OPERATOR role: profiles need a key.
 */
async function insideRoutes({ wiring: { metrics, config } }: Shared): Promise<InsideRoutes> {
  const { DEBUG_KEY } = config;
  if (DEBUG_KEY === undefined) return metricsRoutes(metrics);
  const { debugRoutes, onlyWithKey } = await import('../../process/debug-server.ts');
  return { ...metricsRoutes(metrics), ...onlyWithKey(DEBUG_KEY, debugRoutes()) };
}

/** A demo partner depends on no part: it is always ready. */
async function partnerAlone({ wiring }: Shared, partner: PartnerName): Promise<Alone> {
  const { app } = await wiring.demos[partner]();
  serveHealth(app, { checks: {}, enough: () => true });
  return { app, stop: () => app.close() };
}
