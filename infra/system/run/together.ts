// Everything in one process: the gateway calls the subgraphs without a socket, by the same request path.
import type { FastifyInstance } from 'fastify';
import { setTimeout as wait } from 'node:timers/promises';
import type { Call } from '../../../gateway/subgraph-client/upstream.ts';
import { serve } from '../../../subgraphs/runtime/serve.ts';
import { isEmbedded } from '../../config/adapter-url.ts';
import { serveHealth } from '../../http/http-server.ts';
import { openMetricsServer } from '../../metrics/http.ts';
import { backlog } from '../../database/outbox.ts';
import type { Wiring } from '../wiring.ts';
import { atTheRightTime } from './at-the-right-time.ts';
import { openDemoAccounts } from '../demo/demo-accounts.ts';
import { fileDemoData } from '../demo/fill.ts';
import { openGateway } from '../gateway.ts';
import { databasesOf, healthOf } from '../health.ts';
import { openRooms, type RoomName, type Rooms } from '../rooms.ts';
import { type House, services } from '../services.ts';
import { watchRoom } from '../watched.ts';

/** The running system. */
export interface System {
  gateway: FastifyInstance;
  /** Where its metrics are served: the gateway is open to the world. */
  internal: FastifyInstance;
  rooms: Rooms;
  /** What the demo accounts that were opened just now sign in with; null where there were accounts already. */
  demoPassword: string | null;
  /** Stops everything in order: no new requests, those in flight answered, workers drained, adapters closed. */
  stop(): Promise<void>;
}

/** Starts everything in this process; `between` may stand between the gateway and its subgraphs. */
export async function startSystem(
  wiring: Wiring,
  between: (name: string, call: Call) => Call = (_, call) => call,
): Promise<System> {
  const { config, log, now, clockSkew, metrics } = wiring;
  const house: House = { wiring, rooms: openRooms(wiring) };
  if (config.DEMO_DATA === 'on') await fileDemoData(house);
  const demoPassword = await openDemoAccounts(house);

  const calls: Record<string, Call> = {};
  const stops: (() => Promise<void>)[] = [];
  for (const [name, service] of Object.entries(services)) {
    if (service.kind === 'subgraph') {
      const served = await serve(await service.create(house), { keys: wiring.subgraphKeys(name), now, log, metrics });
      await watchRoom(name as RoomName, house);
      calls[name] = between(name, served.handle);
      stops.unshift(served.close);
    } else if (service.kind === 'worker')
      stops.unshift(await atTheRightTime(() => service.start(house), clockSkew, log.child({ service: name })));
    if (service.kind !== 'gateway') log.info('in process', { service: name });
  }
  await caughtUp(house);
  const internal = openMetricsServer(metrics);
  const gateway = await openGateway(wiring, calls, internal);
  const used = [...new Set(Object.values(services).flatMap(({ uses }) => uses))];
  const written = new Set(Object.values(services).flatMap((of) => ('onlyReads' in of ? [] : of.uses)));
  serveHealth(
    gateway,
    healthOf(house, used, databasesOf(used), (part) => written.has(part)),
  );

  return {
    gateway,
    internal,
    rooms: house.rooms,
    demoPassword,
    async stop() {
      await gateway.close();
      await internal.close();
      await Promise.all(stops.map((stop) => stop())); // side by side: none waits for what another has in hand
      await wiring.close();
    },
  };
}

const CATCH_UP_WITHIN = 5000; // ms; what is left then goes on behind the first answers

/**
 * Waits until the departures of fares that were filed while nothing ran, as by an import, are on sale: their offers
 * would not know their seats. Only where nobody else can be at work on them: a server's backlog may never be empty.
 */
async function caughtUp({ rooms, wiring: { bus, config } }: House): Promise<void> {
  if (!isEmbedded(config.DATABASE_URL) || !isEmbedded(config.KAFKA_URL)) return;
  const { db } = await rooms.fare();
  const until = performance.now() + CATCH_UP_WITHIN;
  const behind = async () => (await backlog(db.read())) > 0 || (await bus.backlog('open-departures')) > 0;
  while (performance.now() < until && (await behind().catch(() => false))) await wait(20); // a bus at fault is the workers' to report
}
