// openWorld(): the whole system on embedded adapters in a folder of its own, with a set clock.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call } from '../gateway/upstream.ts';
import { readConfig } from '../infra/env.ts';
import { type Log, openLog } from '../infra/log.ts';
import { startSystem, type System } from '../infra/start.ts';
import { openWiring, type Substitutes } from '../infra/wiring.ts';
import type { Filing } from '../subgraphs/fare/filing.ts';

/** A clock that stands until it is moved. */
export class SetClock {
  #now: number;
  constructor(start: string) {
    this.#now = Date.parse(start);
  }
  now = (): Date => new Date(this.#now);
  advance(ms: number): void {
    this.#now += ms;
  }
}

export interface WorldOptions extends Omit<Substitutes, 'now'> {
  /** The instant at which the clock stands. */
  now?: string;
  env?: Record<string, string>;
  /** A folder that outlives the world; one of its own, deleted at the end, unless given. */
  folder?: string;
  between?: (name: string, call: Call) => Call;
  /** Where the world's log goes; nowhere, unless given or TEST_LOG names a level. */
  log?: Log;
}

export interface Answer<T = Record<string, unknown>> {
  status: number;
  data: T;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  text: string;
}

export const NOON = '2026-03-01T12:00:00Z';

const quiet = (): Log => openLog({ level: process.env['TEST_LOG'] ?? 'nothing', json: false });

export async function openWorld(options: WorldOptions = {}) {
  const { now = NOON, env, folder, between, log = quiet(), ...substitutes } = options;
  const dir = folder ?? (await mkdtemp(join(tmpdir(), 'fareloom-')));
  const clock = new SetClock(now);
  const config = readConfig({ DATABASE_URL: `sqlite:${dir}`, KAFKA_URL: `sqlite:${dir}`, DEMO_DATA: 'off', ...env });
  const wiring = openWiring(config, log, { now: clock.now, ...substitutes });
  const system: System = await startSystem(wiring, between);
  const { gateway, rooms } = system;
  const { fares } = await rooms.fare();

  async function graph<T = Record<string, unknown>>(
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await gateway.inject({ method: 'POST', url: '/graphql', payload: { query, variables }, headers });
    return { ...response.json<Omit<Answer<T>, 'status'>>(), status: response.statusCode, text: response.body };
  }

  return {
    clock,
    config,
    wiring,
    rooms,
    gateway,
    graph,
    file: (filings: readonly Filing[]) => fares.file(filings, clock.now()),
    [Symbol.asyncDispose]: async () => {
      await system.stop();
      if (!folder) await rm(dir, { recursive: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** A fare as tests file it: DEL to BLR on 24 March 2026 in the evening, one adult at 3,897.00 INR. */
export const aFare = (change: Partial<Filing> = {}): Filing => ({
  carrier: '6E',
  flightNumber: '2131',
  origin: 'DEL',
  destination: 'BLR',
  via: [],
  departs: '22:20',
  arrives: '01:10',
  arrivalDays: 1,
  cabin: 'ECONOMY',
  brand: 'STANDARD',
  travellerType: 'ADULT',
  firstDate: '2026-03-24',
  lastDate: '2026-03-24',
  fareBasis: null,
  amount: 389_700,
  currency: 'INR',
  note: null,
  capacity: null,
  ...change,
});

/** A fare that holds on one date. */
export const on = (date: string): Partial<Filing> => ({ firstDate: date, lastDate: date });
