// The whole system in this process, on embedded adapters in a folder, with its clock in the developer's hand.
import { operation } from '../../../gateway/operations/operations.ts';
import { demoAccounts } from '../../../subgraphs/account/demo/demo.ts';
import { nearestName } from '../../config/nearest-name.ts';
import { readConfig } from '../config/config.ts';
import { listen } from '../../http/listen.ts';
import { openLog } from '../../logging/log.ts';
import { SetClock } from '../../process/set-clock.ts';
import { embeddedIn } from '../embedded.ts';
import { freePorts } from '../private-servers/server.ts';
import { startSystem } from '../run/together.ts';
import { workers } from '../services.ts';
import type { Stores } from '../stores.ts';
import { openWiring } from '../wiring.ts';
import { settling, watchMovements } from './settled.ts';

export interface WorkbenchOptions {
  /** The data folder. */
  folder: string;
  /** The initial time of the clock. */
  now: Date;
  /** Variables as npm start takes them; those that choose the adapters are ignored. */
  env?: Record<string, string | undefined>;
  /** Workers that do not run, so that what they would handle can be looked at. */
  without?: readonly string[];
}

/** The response to an operation. */
export interface Answered<T> {
  data: T;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** The stores of every subgraph. */
export type OpenedStores = { [Name in keyof Stores]: Awaited<ReturnType<Stores[Name]>> };

const WORKERS: readonly string[] = workers.map(({ name }) => name);

/** Starts the system. Throws an Error with a sentence when another process has the folder. */
export async function openWorkbench({ folder, now, env = {}, without = [] }: WorkbenchOptions) {
  for (const name of without) if (!WORKERS.includes(name)) throw new Error(noWorker(name));
  const [PORT] = (await freePorts(1)) as [number];
  const address = `http://localhost:${PORT}`;
  const own = { ...embeddedIn(folder), PORT: String(PORT), PAYMENT_WEBHOOK_URL: `${address}/webhooks/payments` };
  const given = Object.entries(env).filter(([name]) => !(name.replace(/_FILE$/, '') in own));
  const config = readConfig({
    PUBLIC_URL: address,
    LOG_LEVEL: 'warn',
    ANSWER_CACHE: 'off', // responses would never expire while the clock stands still
    RATE_LIMITS: 'off', // nor would a limit ever be restored
    MAX_LOOP_DELAY: '60000',
    ...Object.fromEntries(given),
    ...own,
  });
  const clock = new SetClock(now.toISOString());
  const movements = watchMovements();
  const log = openLog({ level: config.LOG_LEVEL, json: false, to: 'stderr' });
  const wiring = openWiring(config, log, { now: clock.now, migrate: 'now', bus: movements.around });
  const { gateway, stores: opening, stop } = await startSystem(wiring, undefined, without);
  await listen(gateway, { host: 'localhost', port: PORT });
  const stores = Object.fromEntries(
    await Promise.all(Object.entries(opening).map(async ([name, open]) => [name, await open()] as const)),
  ) as unknown as OpenedStores;
  const tokens = new Map<string, { token: string; expiresAt: number }>();

  async function post<T>(query: string, variables: object, headers: Record<string, string> = {}) {
    const response = await gateway.inject({ method: 'POST', url: '/graphql', payload: { query, variables }, headers });
    return response.json<Answered<T>>();
  }

  /** An access token of a demo account: a new one when the last one has expired. */
  async function tokenOf(email: string): Promise<string> {
    const known = tokens.get(email);
    if (known && known.expiresAt > clock.now().getTime()) return known.token;
    const input = { email, password: wiring.demoPassword() };
    const { data, errors } = await post<{ signIn: SignedIn } | null>(operation('sign-in'), { input });
    if (!data?.signIn.tokens)
      throw new Error(`${email} cannot sign in: ${data?.signIn.message ?? errors?.[0]?.message ?? 'no answer'}`);
    const { accessToken, expiresAt } = data.signIn.tokens;
    tokens.set(email, { token: accessToken, expiresAt: Date.parse(expiresAt) });
    return accessToken;
  }

  return {
    address,
    clock,
    config,
    stores,
    /** Runs an operation through the gateway, as a visitor or as a demo account: traveller, fare manager, operator, admin. */
    async graphql<T = Record<string, unknown>>(query: string, variables: object = {}, { as }: { as?: string } = {}) {
      const headers = as === undefined ? {} : { authorization: `Bearer ${await tokenOf(emailOf(as))}` };
      return post<T>(query, variables, headers);
    },
    /** Resolves once the workers have nothing left to do until the clock advances. */
    settled: settling({ wiring, stores: opening, without, movements }),
    async stop() {
      await stop();
      movements.close();
    },
  };
}

export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;

interface SignedIn {
  tokens?: { accessToken: string; expiresAt: string };
  message?: string;
}

/** The address of a demo account, by its name: operator, or fare manager in any spelling. */
function emailOf(name: string): string {
  const wanted = name.toLowerCase().replaceAll(/[\s_-]+/g, '.');
  const found = demoAccounts.find(({ email }) => email === wanted || email.split('@')[0] === wanted);
  if (found) return found.email;
  const names = demoAccounts.map(({ email }) => email.split('@')[0]!.replace('.', ' '));
  throw new Error(`There is no demo account ${name}; there are ${names.join(', ')}.`);
}

function noWorker(name: string): string {
  const near = nearestName(name, WORKERS);
  return `There is no worker ${name}; ${near ? `did you mean ${near}?` : `there are ${WORKERS.join(', ')}.`}`;
}
