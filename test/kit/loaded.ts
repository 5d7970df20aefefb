// What a service loads and how much memory it takes, when it runs as its own process.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServiceName } from '../../infra/system/services.ts';
import { freePorts } from '../../infra/system/private-servers/server.ts';
import { COMPILED } from '../../infra/process/lifecycle/supervisor.ts';
import type { Loaded } from './list-modules.ts';
import { spawned } from './spawned.ts';

const QUIET = '--disable-warning=TimeoutNegativeWarning';
/** The option of Node with which a process lists its modules in the file MODULES_FILE. */
export const LISTING = `--import ${pathToFileURL(join(import.meta.dirname, 'list-modules.ts')).href}`;
const MB = 1024; // in kB, the unit of the kernel

/** The modules that a process loaded, by package or by our folder. */
export type ModuleList = Readonly<Record<string, Loaded>>;

export interface Footprint {
  /** Memory in MB: with its share of the pages that processes share (undefined if the kernel does not say), and with all of them. */
  pss: number | undefined;
  rss: number | undefined;
  /** From spawn until /readyz is 200, in ms. */
  ready: number;
  loaded: ModuleList;
}

/** Starts the service until it is ready, and stops it. `dir` is a folder of its own. Throws an Error with its output. */
export async function footprintOf(
  name: ServiceName | 'all',
  env: Record<string, string>,
  dir: string,
): Promise<Footprint> {
  const [port] = (await freePorts(1)) as [number];
  const list = join(dir, `${name}.modules`);
  const more = { PORT: String(port), NODE_COMPILE_CACHE: COMPILED, NODE_OPTIONS: `${QUIET} ${LISTING}` };
  const began = performance.now();
  const args = ['node', 'infra/start.ts', ...(name === 'all' ? [] : [name])];
  await using service = spawned(name, args, { ...env, ...more, MODULES_FILE: list }, port);
  await service.ready();
  const ready = performance.now() - began;
  const memory = await memoryOf(service.pid);
  const code = await service.end('SIGTERM');
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${service.lines.join('\n')}`);
  return { ...memory, ready, loaded: JSON.parse(await readFile(list, 'utf8')) as ModuleList };
}

async function memoryOf(pid: number): Promise<Pick<Footprint, 'pss' | 'rss'>> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const of = (what: string): number | undefined => {
    const kB = new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
    return kB === undefined ? undefined : Number(kB) / MB;
  };
  return { pss: of('Pss'), rss: of('Rss') };
}

const key = Buffer.alloc(32, 7).toString('base64');

/** The environment of a service on these servers, except for the addresses of other services. */
export const onServers = (urls: { mariadb: string; redis: string; kafka: string }, dir: string) => ({
  ...{ DATABASE_URL: urls.mariadb, REDIS_URL: urls.redis, KAFKA_URL: urls.kafka },
  ...{ OFFER_SIGNING_KEYS: key, INTERNAL_KEYS: key },
  ...{ PAYMENT_PROVIDER_KEY: key, PAYMENT_WEBHOOK_SECRET: key, TICKET_ISSUER_KEY: key },
  ...{ MAIL_URL: `file:${dir}/mail`, TRUSTED_DOCUMENTS_FOLDER: `${dir}/documents`, DEMO_DATA: 'off' },
});
