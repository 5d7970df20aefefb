// The system under crashes: one process on embedded adapters, or one for each service on real servers; killed and
// restarted with the same data, under a clock that runs and can jump.
import { randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames, serviceOf } from '../../infra/system/service.ts';
import type { JournalEntry as Paid } from '../../infra/partners/payment-provider/journal.ts';
import type { IssuerLogEntry as Issued } from '../../infra/partners/ticket-issuer/log.ts';
import type { ServiceName } from '../../infra/system/services.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { verify } from '../../infra/system/checks/verify.ts';
import { eventually } from '../kit/eventually.ts';
import { runToEnd, type Spawned, spawned, UNHURRIED } from '../kit/spawned.ts';
import { entriesIn, lettersIn, NOON } from '../kit/world.ts';
import { AHEAD_FILE } from '../kit/process-clock.ts';
import type { Told } from './told-by-signal.ts';

const PRELOADS = ['told-by-signal.ts', '../kit/process-clock.ts'].map((file) => join(import.meta.dirname, file));
const NOWHERE = 'none:nowhere';
const DAYS = 300; // with one flight each
export const SEATS = 2; // of a flight: an order of two sells it out
const DAY = 86_400_000;
const FIRST_DAY = Date.parse('2026-05-01'); // long after all jumps

/** A day on which there is one flight. */
export const dayOf = (n: number): string => new Date(FIRST_DAY + (n % DAYS) * DAY).toISOString().slice(0, 10);

const fares = [
  'carrier,flightNumber,origin,destination,via,departsLocal,arrivesLocal,cabin,travellerType,amount,currency,note,capacity',
  ...Array.from({ length: DAYS }, (_, n) => dayOf(n)).map(
    (day) => `6E,2131,DEL,BLR,,${day}T10:00,${day}T12:50,ECONOMY,ADULT,3897.00,INR,,${SEATS}`,
  ),
].join('\n');

/** A process: one service, or all of them. */
export type ProcessName = ServiceName | 'all';

interface Process {
  name: ProcessName;
  port: number;
  running: Spawned;
  isDead: boolean;
}

export interface CrashSystem extends AsyncDisposable {
  /** The address for customers. */
  url: string;
  /** The current time of its clock. */
  now(): Date;
  /** The clock jumps by this number of ms; armed failpoints stay armed. */
  jump(ms: number): void;
  /** Arms a failpoint in the process of its service; with `show` all processes log the failpoints that they pass. */
  arm(at: string): Promise<void>;
  /** Whether a process has died; when this resolves, all processes run again and no failpoint is armed. */
  revive(): Promise<boolean>;
  /** Kills a process as a power cut would. */
  kill(name?: ProcessName): Promise<void>;
  /** The output of its processes since their last start. */
  lines(): readonly string[];
  verify(): ReturnType<typeof verify>;
  /** The independent records: those of the payment provider and the issuer, and the mails. */
  paid(): Promise<Paid[]>;
  issued(): Promise<Issued[]>;
  letters(): Promise<string[]>;
}

/** The servers it runs on; by default the adapters are embedded. */
export type Real = Record<'DATABASE_URL' | 'REDIS_URL' | 'KAFKA_URL', string>;

/** Waits three times as long as usual, which a start of everything can take on a shared machine. */
const patiently = (ready: () => Promise<void>): Promise<void> => ready().catch(ready).catch(ready);

const key = () => randomBytes(32).toString('base64');

export async function openCrashSystem(real?: Real): Promise<CrashSystem> {
  const dir = await mkdtemp(join(tmpdir(), 'fareloom-crash-'));
  const names: ProcessName[] = real ? [...serviceNames] : ['all'];
  const partnerPorts = { payments: 0, tickets: 0 };
  const free = await freePorts(names.length + 2);
  const portOf = new Map(names.map((name, n) => [name, free[n]!]));
  [partnerPorts.payments, partnerPorts.tickets] = free.slice(-2) as [number, number];
  const at = (name: ServiceName): string => `http://localhost:${portOf.get(name)}`;
  const url = `http://localhost:${portOf.get(real ? 'gateway' : 'all')}`;

  const demo = {
    'payment-provider': `demo:${join(dir, 'payment-provider')}?port=${partnerPorts.payments}`,
    'ticket-issuer': `demo:${join(dir, 'ticket-issuer')}?port=${partnerPorts.tickets}`,
  };
  const common = {
    ...(real ?? { DATABASE_URL: `sqlite:${dir}`, KAFKA_URL: `sqlite:${dir}` }),
    PAYMENT_PROVIDER_URL: real ? at('payment-provider') : demo['payment-provider'],
    TICKET_ISSUER_URL: real ? at('ticket-issuer') : demo['ticket-issuer'],
    MAIL_URL: `file:${join(dir, 'mail')}`,
    PUBLIC_URL: url,
    OFFER_SIGNING_KEYS: key(),
    ...{ INTERNAL_KEYS: key(), PAYMENT_PROVIDER_KEY: key(), PAYMENT_WEBHOOK_SECRET: key(), TICKET_ISSUER_KEY: key() },
    ...UNHURRIED,
    ...{
      DEMO_DATA: 'off',
      METRICS_PORT: '0',
      REGISTRY_PORT: '0',
      NODE_COMPILE_CACHE: join(tmpdir(), 'fareloom-compile-cache'),
    },
  };
  const stores = real && {
    ...{ ACCOUNT_URL: at('account'), FARE_URL: at('fare'), TRAVEL_URL: at('travel') },
    ...{ STOCK_URL: at('stock'), ORDER_URL: at('order'), PAYMENT_URL: at('payment') },
    ...{ OPERATIONS_URL: at('operations'), REGISTRY_URL: at('registry') },
  };

  let ahead = Date.parse(NOON) - Date.now();
  const now = () => new Date(Date.now() + ahead);
  const clock = () => ({ CLOCK: now().toISOString() }); // for programs that exit by themselves
  const aheadFile = join(dir, 'ahead');
  /** Moves the clocks of all processes at once, and with them their reading of the database's clock. */
  const move = (ms: number) => {
    ahead += ms;
    writeFileSync(`${aheadFile}.new`, String(ahead));
    renameSync(`${aheadFile}.new`, aheadFile); // atomic: a process reads either the old or the new value
  };
  move(0);

  const commands = (name: string) => join(dir, `${name}.told.json`);
  let told = 0;
  let armed: Process[] = [];

  function launch(name: ProcessName): Process {
    const port = portOf.get(name)!;
    const isPartner = name !== 'all' && serviceOf(name).kind === 'partner';
    const variable = `${name.toUpperCase().replace('-', '_')}_URL`;
    const env = {
      ...{ ...common, [AHEAD_FILE]: aheadFile, PORT: String(port), FAILPOINT: NOWHERE, ORDERS: commands(name) },
      ...(isPartner && { [variable]: demo[name as keyof typeof demo] }),
      ...(name === 'gateway' && stores),
    };
    const command = [
      'node',
      '--disable-warning=TimeoutNegativeWarning',
      ...PRELOADS.flatMap((file) => ['--import', file]),
      'infra/start.ts',
      name,
    ];
    const running = spawned(name, command, env, port);
    const process: Process = { name, port, running, isDead: false };
    void running.ended.then(() => (process.isDead = true));
    return process;
  }

  async function tell(process: Process, arm: string): Promise<void> {
    const n = ++told;
    writeFileSync(commands(process.name), JSON.stringify({ n, arm } satisfies Told));
    process.running.signal('SIGWINCH');
    await eventually(() => process.isDead || process.running.lines.includes(`told ${n}`));
  }

  await mkdir(join(dir, 'mail'));
  const file = join(dir, 'fares.csv');
  await writeFile(file, fares);
  if (real) await runToEnd('migrate', ['node', 'infra/system/commands/migrate.ts'], { ...common, ...clock() });
  await runToEnd('import', ['node', 'infra/system/import/import-fares.ts', file], { ...common, ...clock() });
  const running = new Map<ProcessName, Process>();
  const start = async (some: readonly ProcessName[]) => {
    const fresh = some.map(launch);
    for (const each of fresh) running.set(each.name, each);
    await Promise.all(fresh.map(({ running }) => patiently(running.ready)));
  };
  const isPartner = (name: ProcessName) => name !== 'all' && serviceOf(name).kind === 'partner';
  await start(names.filter(isPartner));
  await start(names.filter((name) => !isPartner(name)));

  return {
    url,
    now,
    jump: move,
    async arm(at) {
      const service = at.split(':')[0]!;
      // on real servers every committing process can relay: the one that holds the lease at that moment
      const isAnywhere = service === 'show' || service === 'relay-outbox';
      armed = isAnywhere ? [...running.values()] : [running.get(real ? (service as ServiceName) : 'all')!];
      for (const each of armed) await tell(each, at);
    },
    async revive() {
      const dead = () => [...running.values()].filter(({ isDead }) => isDead).map(({ name }) => name);
      if (!dead().length) return false;
      for (const each of armed) await tell(each, NOWHERE);
      armed = [];
      await start(dead());
      return true;
    },
    async kill(name = 'all') {
      await running.get(name)!.running.end('SIGKILL');
    },
    lines: () => [...running.values()].flatMap(({ running: { lines } }) => lines),
    verify: () => verify({ ...common, ...clock() }),
    paid: () => entriesIn<Paid>(join(dir, 'payment-provider/log.jsonl')),
    issued: () => entriesIn<Issued>(join(dir, 'ticket-issuer/log.jsonl')),
    letters: async () => [...(await lettersIn(join(dir, 'mail'))).keys()],
    async [Symbol.asyncDispose]() {
      await Promise.all([...running.values()].map((each) => each.running.end('SIGKILL')));
      await rm(dir, { recursive: true, maxRetries: 3 });
    },
  };
}
