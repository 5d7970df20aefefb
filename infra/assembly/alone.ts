// One service in a process of its own: it listens, says how it is, and stops in order.
import type { FastifyInstance } from 'fastify';
import { overHttp, type Replicas } from '../../gateway/over-http.ts';
import { serve } from '../../subgraphs/serve.ts';
import { openClock } from '../clock.ts';
import type { Config } from '../env.ts';
import { openServer, serveHealth } from '../http-server.ts';
import type { Log } from '../log.ts';
import { openWiring } from '../wiring.ts';
import { databasesOf, healthOf } from './health.ts';
import { openRooms } from './rooms.ts';
import { type House, services, type SubgraphService, type WorkerService } from './services.ts';
import type { ServiceName } from '../ports.ts';
import { openGateway } from './together.ts';

/** A service, ready to listen. */
export interface Alone {
  app: FastifyInstance;
  /** Answers what is under way, finishes the work in hand, then lets go of the adapters. */
  stop(): Promise<void>;
}

const LARGEST_CALL = 1_000_000; // bytes; an entity call of a hundred offers has 10,000

/** Starts one service, without its port. The gateway has no part of its own: it only calls. */
export async function startAlone(name: ServiceName, config: Config, log: Log): Promise<Alone> {
  const service = services[name];
  if (service.kind === 'gateway') return gatewayAlone(config, log);
  const wiring = openWiring(config, log);
  const house: House = { wiring, rooms: openRooms(wiring) };
  const { app, stop } = await (service.kind === 'subgraph'
    ? subgraphAlone(house, service)
    : workerAlone(house, service));
  return {
    app,
    async stop() {
      await stop();
      await wiring.close();
    },
  };
}

/** It stays ready while any subgraph is: the others' fields are null meanwhile. */
async function gatewayAlone(config: Config, log: Log): Promise<Alone> {
  const { FARE_URL, TRAVEL_URL, STOCK_URL, SUBGRAPH_TIMEOUT } = config;
  const urls = { fare: FARE_URL, travel: TRAVEL_URL, stock: STOCK_URL };
  const subgraphs = Object.entries(urls).map(([name, of]): [string, Replicas] => [
    name,
    overHttp(of, SUBGRAPH_TIMEOUT),
  ]);
  const app = await openGateway(
    { config, log, now: openClock(config.CLOCK) },
    Object.fromEntries(subgraphs.map(([name, { call }]) => [name, call])),
  );
  serveHealth(app, {
    checks: Object.fromEntries(subgraphs.map(([name, { ready }]) => [name, ready])),
    enough: ({ size }) => size > 0,
  });
  return {
    app,
    async stop() {
      await app.close();
      for (const [, { close }] of subgraphs) await close();
    },
  };
}

async function subgraphAlone(house: House, { create, relay, uses }: SubgraphService): Promise<Alone> {
  const served = await serve(await create(house), house.wiring.log);
  const stopRelay = await relay?.(house);
  const app = openServer(LARGEST_CALL);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post<{ Body: string }>('/graphql', async ({ body, headers }, reply) => {
    const answer = await served.handle({ body, headers: headers as Record<string, string> });
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  });
  serveHealth(app, healthOf(house, uses, databasesOf(uses)));
  return {
    app,
    async stop() {
      await app.close();
      await served.close();
      await stopRelay?.();
    },
  };
}

async function workerAlone(house: House, { start, uses }: WorkerService): Promise<Alone> {
  const stopWork = await start(house);
  const app = openServer(LARGEST_CALL);
  serveHealth(app, healthOf(house, uses, uses));
  return {
    app,
    async stop() {
      await stopWork();
      await app.close();
    },
  };
}
