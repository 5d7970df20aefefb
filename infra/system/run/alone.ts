// Runs one service as its own process: it listens, serves its health, and shuts down gracefully.
import type { FastifyInstance } from 'fastify';
import { overHttp, type Replicas } from '../../../gateway/subgraph-client/over-http.ts';
import type { Call } from '../../../gateway/subgraph-client/upstream.ts';
import { TIME_HEADER } from '../../../schema/wire/clocks.ts';
import { serveOverHttp } from '../../../subgraphs/runtime/http.ts';
import { serve } from '../../../subgraphs/runtime/serve.ts';
import type { ClockSkew } from '../../process/clock-skew.ts';
import { onlyWithKey, serveDebug } from '../../process/debug-server.ts';
import type { Config } from '../../config/env.ts';
import { openServer, serveHealth } from '../../http/http-server.ts';
import type { Log } from '../../logging/log.ts';
import { openMetricsServer, serveMetrics } from '../../metrics/http.ts';
import type { Waiting } from '../../process/waiting.ts';
import { openWiring, type Wiring } from '../wiring.ts';
import { atTheRightTime } from './at-the-right-time.ts';
import { databasesOf, healthOf, workerHealth, writable } from '../health.ts';
import { poolsOfAll } from '../pools.ts';
import { openRooms, type RoomName } from '../rooms.ts';
import {
  type House,
  type PartnerService,
  relayOf,
  services,
  type SubgraphService,
  type WorkerService,
} from '../services.ts';
import type { ServiceName } from '../../config/ports.ts';
import { watchRoom } from '../watched.ts';

/** A started service, ready to listen. */
export interface Alone {
  app: FastifyInstance;
  /** The server of its metrics, when `app` is public. */
  internal?: FastifyInstance;
  /** Completes requests and work in progress, then closes the adapters. */
  stop(): Promise<void>;
}

const LARGEST_CALL = 3_000_000; // bytes; an entity call of a hundred offers has 10,000

/**
 * Starts one service without listening; with `waiting` it waits for the servers that it needs. The gateway has no
 * stores: it only calls subgraphs.
 */
export async function startAlone(name: ServiceName, config: Config, log: Log, waiting?: Waiting): Promise<Alone> {
  const service = services[name];
  const wiring = openWiring(config, log, { pools: poolsOfAll, ...(waiting && { waiting }) });
  if (service.kind === 'gateway') return gatewayAlone(wiring);
  const house: House = { wiring, rooms: openRooms(wiring) };
  const { app, stop } = await aloneBy(house, service);
  return {
    app,
    async stop() {
      await stop();
      await wiring.close();
    },
  };
}

function aloneBy(house: House, service: SubgraphService | WorkerService | PartnerService): Promise<Alone> {
  if (service.kind === 'subgraph') return subgraphAlone(house, service);
  return service.kind === 'worker' ? workerAlone(house, service) : partnerAlone(house, service);
}

/** The gateway stays ready while any subgraph is ready: the fields of the others are null meanwhile. */
async function gatewayAlone(wiring: Wiring): Promise<Alone> {
  const { config } = wiring;
  const urls = {
    account: config.ACCOUNT_URL,
    fare: config.FARE_URL,
    travel: config.TRAVEL_URL,
    stock: config.STOCK_URL,
    order: config.ORDER_URL,
    payment: config.PAYMENT_URL,
  };
  const subgraphs = Object.entries(urls).map(([name, of]): [string, Replicas] => [
    name,
    overHttp(of, config.SUBGRAPH_TIMEOUT[name as keyof typeof urls], config.SUBGRAPH_IN_FLIGHT),
  ]);
  for (const [name, { connections }] of subgraphs) wiring.metrics.gateway.watchConnections(name, connections);
  const { openGateway } = await import('../gateway.ts');
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
      await wiring.close();
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

async function subgraphAlone(house: House, { create, announces, uses, onlyReads }: SubgraphService): Promise<Alone> {
  const { subgraphKeys, now, clockSkew, log, metrics } = house.wiring;
  const subgraph = await create(house);
  const keys = subgraphKeys(subgraph.name);
  const served = await serve(subgraph, { keys, now, time: clockSkew.now, log, metrics });
  await watchRoom(subgraph.name as RoomName, house);
  const stopRelay = announces && (await relayOf(announces, house));
  const app = openServer(LARGEST_CALL);
  house.wiring.metrics.requests(app);
  serveOverHttp(app, served, LARGEST_CALL);
  serveHealth(
    app,
    healthOf(house, uses, databasesOf(uses), () => !onlyReads),
  );
  await showInside(app, house);
  return {
    app,
    async stop() {
      await app.close();
      await served.close();
      await stopRelay?.();
    },
  };
}

async function workerAlone(house: House, { start, announces, uses, onlyReads }: WorkerService): Promise<Alone> {
  const { clockSkew, log } = house.wiring;
  const stopWork = await atTheRightTime(() => start(house), clockSkew, log);
  const stopRelay = announces && (await relayOf(announces, house));
  const app = openServer(LARGEST_CALL);
  house.wiring.metrics.requests(app);
  serveHealth(app, workerHealth(house, uses, !onlyReads));
  await showInside(app, house);
  return {
    app,
    async stop() {
      await stopWork();
      await stopRelay?.();
      await app.close();
    },
  };
}

/**
 * Serves metrics and profiles on a port for operators only. The process cannot check the OPERATOR role: profiles need a
 * key.
 */
async function showInside(app: FastifyInstance, { wiring: { metrics, config } }: House): Promise<void> {
  serveMetrics(app, metrics);
  const { DEBUG_KEY } = config;
  if (DEBUG_KEY === undefined) return;
  await app.register(async (scope) => {
    onlyWithKey(scope, DEBUG_KEY);
    serveDebug(scope);
  });
}

/** A demo partner depends on no part: it is always ready. */
async function partnerAlone(house: House, { open }: PartnerService): Promise<Alone> {
  const { app } = open(house);
  serveHealth(app, { checks: {}, enough: () => true });
  return { app, stop: async () => void (await app.close()) };
}
