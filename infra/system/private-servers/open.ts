// The servers of a real system as private child processes, for developers (npm run services) and for tests.
import { paired } from '../../../schema/values/paired.ts';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../process/command.ts';
import { engineOf, openByEngine } from './engine.ts';
import { kafka } from './kafka.ts';
import { mariadb } from './mariadb.ts';
import type { Lock } from './recipe.ts';
import { redis } from './redis.ts';
import { type Server, startServer } from './server.ts';

const recipes = { mariadb, redis, kafka };

export type ServerName = keyof typeof recipes;
export const serverNames = Object.keys(recipes) as ServerName[];

/** The requested servers, by name. Disposal stops all and deletes their folder. */
export type Services<Name extends ServerName = ServerName> = Record<Name, Server> & AsyncDisposable;

/** A sentence for each server whose program is missing on this machine, with the command that installs it. */
export const missingFor = (names: readonly ServerName[]): string[] =>
  names.flatMap((name) => recipes[name].missing() ?? []);

/**
 * Starts these servers in parallel, each on a free port of the loopback interface, in one folder that is deleted
 * afterwards; with a `lock` they accept only TLS and its login. Throws an Error that says what is missing.
 */
export async function openServices<Name extends ServerName>(
  names: readonly Name[],
  lock?: Lock,
): Promise<Services<Name>> {
  const missing = missingFor(names);
  if (missing.length) throw new Error(missing.join('\n'));
  const dir = await mkdtemp(join(tmpdir(), 'fareloom-services-'));
  const starting = await Promise.allSettled(names.map((name) => start(name, join(dir, name), lock)));
  const servers = starting.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));

  async function close(): Promise<void> {
    await Promise.all(servers.map((server) => server.kill())); // no graceful stop: their data is deleted anyway
    await rm(dir, { recursive: true, maxRetries: 3 });
  }

  const failed = starting.find((each) => each.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  const byName = Object.fromEntries(paired(names, servers)) as Record<Name, Server>;
  return { ...byName, [Symbol.asyncDispose]: close };
}

async function start(name: ServerName, dir: string, lock?: Lock): Promise<Server> {
  await mkdir(dir);
  return startServer(await recipes[name].prepare(dir, lock));
}

/** The environment variable for each server's URL. */
export const variableOf: Record<ServerName, string> = {
  mariadb: 'DATABASE_URL',
  redis: 'REDIS_URL',
  kafka: 'KAFKA_URL',
};

/** The URLs by variable, from the programs of this machine, else from a Docker engine. */
async function openOnThisMachine(): Promise<AsyncDisposable & { urls: Record<string, string> }> {
  if (missingFor(serverNames).length) {
    const docker = await engineOf();
    if (docker) return openByEngine(docker);
    process.stderr.write('Some programs are missing, and a Docker engine with Compose does not answer.\n');
  }
  const services = await openServices(serverNames);
  const urls = Object.fromEntries(serverNames.map((name) => [variableOf[name], services[name].url]));
  return { urls, [Symbol.asyncDispose]: services[Symbol.asyncDispose] };
}

const keyNames = ['OFFER_SIGNING_KEYS', 'INTERNAL_KEYS']; // required on a real database, and by each separate service
const KEY_BYTES = 32;

/** Prints the shell lines to paste, and stops the servers on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const started = performance.now();
  const services = await openOnThisMachine();
  const keys = Object.fromEntries(keyNames.map((name) => [name, randomBytes(KEY_BYTES).toString('base64')]));
  const stopped = Promise.withResolvers<void>(); // before the lines: a signal may come as soon as they are read
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.resolve());
  for (const [name, value] of Object.entries({ ...services.urls, ...keys })) {
    process.stdout.write(`export ${name}='${value}'\n`);
  }
  process.stderr.write(
    `Ready after ${((performance.now() - started) / 1000).toFixed(1)} s. Ctrl-C stops all three and deletes their data.\n`,
  );
  const alive = setInterval(() => undefined, 2 ** 30);
  await stopped.promise;
  clearInterval(alive);
  await services[Symbol.asyncDispose]();
}

if (import.meta.main) await runCommand(main);
