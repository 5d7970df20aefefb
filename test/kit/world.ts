// openWorld(): the whole system in isolation, on embedded adapters or on servers, with a settable clock.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call } from '../../gateway/subgraph-client/upstream.ts';
import { startSystem, type System } from '../../infra/system/run/together.ts';
import { readConfig } from '../../infra/system/config/config.ts';
import { embeddedIn } from '../../infra/system/embedded.ts';
import { SetClock } from '../../infra/process/set-clock.ts';
import type { IssuerLogEntry } from '../../infra/partners/ticket-issuer/log.ts';
import { type Log, openLog } from '../../infra/logging/log.ts';
import { openWiring, type Substitutes } from '../../infra/system/wiring.ts';
import type { Filing } from '../../subgraphs/fare/rules/filing.ts';
import { watched } from './leaks.ts';

export interface WorldOptions extends Omit<Substitutes, 'now'> {
  /** The initial time of the clock. */
  now?: string;
  env?: Record<string, string>;
  /** The servers to use in place of the embedded adapters; by default TEST_DATABASE_URL and so on. */
  servers?: Servers;
  /** A folder that outlives the world; by default a new one, deleted at the end. */
  folder?: string;
  between?: (name: string, call: Call) => Call;
  /** The world's log; by default none, unless TEST_LOG names a level. */
  log?: Log;
}

/** URLs of servers by the variable that accepts them: some of the three or all. */
export type Servers = Partial<Record<'DATABASE_URL' | 'REDIS_URL' | 'KAFKA_URL', string>>;

const serversToTest = (): Servers =>
  Object.fromEntries(
    (['DATABASE_URL', 'REDIS_URL', 'KAFKA_URL'] as const).flatMap((name) => {
      const url = process.env[`TEST_${name}`];
      return url ? [[name, url]] : [];
    }),
  );

/** The same servers under a unique name: databases, keys, topics and groups that no other world has. */
function apart({ DATABASE_URL, REDIS_URL, KAFKA_URL }: Servers): Record<string, string> {
  const name = `w${randomBytes(4).toString('hex')}`;
  const withPrefix = (url: string) => `${url}${url.includes('?') ? '&' : '?'}prefix=${name}.`;
  return {
    ...(DATABASE_URL && {
      DATABASE_URL: DATABASE_URL.replace(/^(\w+:\/\/[^/?]+)[^?]*/, `$1/${name}`),
      OFFER_SIGNING_KEYS: randomBytes(32).toString('base64'),
    }),
    ...(REDIS_URL && { REDIS_URL: withPrefix(REDIS_URL) }),
    ...(KAFKA_URL && { KAFKA_URL: withPrefix(KAFKA_URL) }),
  };
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
  const { now = NOON, env, folder, between, servers = serversToTest(), log = quiet(), ...substitutes } = options;
  const dir = folder ?? (await mkdtemp(join(tmpdir(), 'fareloom-')));
  const clock = new SetClock(now);
  const embedded = {
    ...embeddedIn(dir),
    MAX_LOOP_DELAY: '60000', // a machine that is busy with other tests is not overloaded
    ANSWER_CACHE: 'off', // responses would never expire while the clock stands still
  };
  const config = readConfig({ ...embedded, DEMO_DATA: 'off', ...apart(servers), ...env });
  const wiring = openWiring(config, log, { now: clock.now, migrate: 'now', ...substitutes });
  const system: System = await startSystem(wiring, between);
  const stores = system.stores;
  const gateway = watched(system.gateway); // no response in any test may leak internal text
  const { fares } = await stores.fare();

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
    stores,
    gateway,
    /** The internal server: metrics, and operators' views. */
    internal: system.internal,
    /** The servers of subgraphs beside the graph, by subgraph. */
    beside: new Map(system.beside),
    /** The payment provider's own log, and its page: evidence that our own code does not write. */
    provider: await wiring.demos['payment-provider'](),
    graph,
    /** The issuer's actions, by its own log. */
    issued: () => entriesIn<IssuerLogEntry>(join(dir, 'ticket-issuer/log.jsonl')),
    /** The sent mails about orders, by their file. */
    letters: () => lettersIn(join(dir, 'mail'), 'ord_'),
    /** The sent mails about accounts, by their file. */
    accountMails: () => lettersIn(join(dir, 'mail'), 'acc_'),
    file: (filings: readonly Filing[]) => fares.file(filings, clock.now()),
    [Symbol.asyncDispose]: async () => {
      await system.stop();
      if (!folder) await rm(dir, { recursive: true });
    },
  };
}

/** The lines of a partner's log. */
export async function entriesIn<T>(file: string): Promise<T[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

/** The mails in a folder about subjects whose ids have this prefix, by their file. */
export async function lettersIn(folder: string, prefix = ''): Promise<Map<string, string>> {
  const names = (await readdir(folder).catch(() => [])).filter(
    (name) => name.startsWith(prefix) && name.endsWith('.eml'),
  );
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return new Map(names.map((name, i) => [name, texts[i]!]));
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** A fare for tests: DEL to BLR on 24 March 2026 in the evening, one adult at 3,897.00 INR. */
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

/** Limits a fare to one date. */
export const on = (date: string): Partial<Filing> => ({ firstDate: date, lastDate: date });
