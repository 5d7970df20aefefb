// Starts every service as its own process: npm run start:apart [-- fare=2 rebuild-fares=2]
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { urlVariable } from '../../../gateway/settings.ts';
import { isEmbedded } from '../../config/adapter-url.ts';
import { tryPorts } from '../../http/listen.ts';
import { NAME_WIDTH, openLog } from '../../logging/log.ts';
import { printableLine } from '../../logging/printable.ts';
import { openClock } from '../../process/clock.ts';
import { runCommand } from '../../process/command.ts';
import { COMPILED, keepRunning, type Program, runOnce, type Say } from '../../process/lifecycle/supervisor.ts';
import { describeAdapters } from '../commands/describe-adapters.ts';
import { readConfig } from '../config/config.ts';
import { logFormatOf } from '../config/derived.ts';
import { distanceOf, LAST_PORT, metricsPort, portFrom } from '../config/ports.ts';
import { type Service, serviceOf, services } from '../service.ts';
import { gateway, partners, type ServiceName } from '../services.ts';
import { whyNotApart } from '../shared-parts.ts';
import { hostOf, welcome } from '../welcome.ts';

const MOST = 9;
const QUIET = '--disable-warning=TimeoutNegativeWarning'; // kafkajs sets timers that are a little late

const script = (file: string) => join(import.meta.dirname, '../..', file);

/** The number of replicas of each service: fare=2 starts two; the default is one. Throws an Error with a sentence. */
export function replicas(args: readonly string[]): Record<ServiceName, number> {
  const counts = Object.fromEntries(services.map(({ name }) => [name, 1])) as Record<ServiceName, number>;
  for (const arg of args) {
    const [name = '', count = ''] = arg.split('=');
    const service = serviceOf(name);
    if (!/^\d$/.test(count) || Number(count) > MOST)
      throw new Error(`${arg}: give SERVICE=COUNT with a count from 0 to ${MOST}, as fare=2`);
    counts[service.name] = Number(count);
  }
  return counts;
}

/**
 * The programs of the system: each replica on its own port, a gateway that knows the replicas of all subgraphs, and the
 * demo's partners as `given` addresses them.
 */
export function programs(
  counts: Record<ServiceName, number>,
  front: number = gateway.port,
  given: Readonly<Record<string, string | undefined>> = {},
): (Program & { service: Service; port: number })[] {
  const furthest = Math.max(
    ...services.filter(({ name }) => counts[name]).map((service) => distanceOf(service, counts[service.name] - 1)),
  );
  if (!Number.isInteger(front) || front < 1 || front + furthest > LAST_PORT) {
    const most = LAST_PORT - furthest;
    throw new Error(`PORT: give a whole number from 1 to ${most}; the other services' are up to ${furthest} above it`);
  }
  const portsOf = (service: Service) =>
    Array.from({ length: counts[service.name] }, (_, n) => portFrom(front, service, n));
  const urlsOf = (service: Service) => portsOf(service).map((port) => `http://localhost:${port}`);
  const called = services.filter(({ kind, name }) => kind === 'subgraph' && counts[name]);
  const own: Readonly<Record<string, Record<string, string>>> = {
    gateway: Object.fromEntries(called.map((service) => [urlVariable(service.name), urlsOf(service).join()])),
    ...Object.fromEntries(partners.map(({ name, variable }) => [name, { [variable]: given[variable] || 'demo:' }])),
  };
  return services.flatMap((service) =>
    portsOf(service).map((port, n) => ({
      ...{ service, port },
      name: counts[service.name] > 1 ? `${service.name}-${n + 1}` : service.name,
      args: [QUIET, script('start.ts'), service.name],
      env: { ...own[service.name], PORT: String(port) },
    })),
  );
}

const LOOK_EVERY = 250; // ms
const ANSWERS_WITHIN = 2000; // ms; a probe itself takes a second at most

/** Resolves when the service at the address is ready, or once `isOver`. */
async function ready(address: string, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(ANSWERS_WITHIN) }).catch(
      () => undefined,
    ); // it does not listen yet
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await wait(LOOK_EVERY);
  }
}

/** Prints a program's line with its name; a JSON line stays unchanged. */
const say: Say = (name, line) =>
  process.stdout.write(line.startsWith('{') ? `${line}\n` : `${name.padEnd(NAME_WIDTH)}| ${printableLine(line)}\n`);

/** Sets what all processes of this run share where it is not set. */
function shareAmongProcesses(env: NodeJS.ProcessEnv, front: number): void {
  env['PUBLIC_URL'] ||= `http://localhost:${front}`; // a service in its own process has another port
  env['NODE_COMPILE_CACHE'] ??= COMPILED;
  const secrets = partners.flatMap((partner) => Object.keys(partner.secrets));
  for (const name of ['OFFER_SIGNING_KEYS', 'INTERNAL_KEYS', ...secrets]) {
    if (!env[name] && !env[`${name}_FILE`]) env[name] = randomBytes(32).toString('base64');
  }
}

async function main(args: readonly string[]): Promise<void> {
  const { env } = process;
  const front = Number(env['PORT'] || gateway.port);
  const demos = partners.filter(({ variable }) => isEmbedded(env[variable] || 'demo:')).map(({ name }) => name);
  const elsewhere = partners.filter(({ name }) => !demos.includes(name));
  const counts = replicas([...elsewhere.map(({ name }) => `${name}=0`), ...args]);
  const all = programs(counts, front, env);
  for (const name of demos) env[urlVariable(name)] = `http://localhost:${portFrom(front, serviceOf(name))}`;
  shareAmongProcesses(env, front);
  const config = readConfig(env);
  const refusal = whyNotApart(
    all.map(({ service }) => service.name),
    config,
  );
  if (refusal !== undefined) throw new Error(refusal);

  const log = openLog({ level: config.LOG_LEVEL, json: logFormatOf(config) === 'json' });
  const { HOST: host, METRICS_PORT } = config;
  const places = all.flatMap(({ name, service, port }) => {
    const metrics = { host, port: METRICS_PORT ?? metricsPort(port), of: `metrics of ${name}` };
    return [{ host, port, of: name }, ...(service.kind === 'gateway' ? [metrics] : [])];
  });
  await tryPorts(places);
  describeAdapters(config).forEach(({ service, line }) => log.info(line, { service }));

  await runOnce({ name: 'migrate', args: [script('system/commands/migrate.ts')] }, say);
  if (config.DEMO_DATA === 'on')
    await runOnce({ name: 'demo-data', args: [QUIET, script('system/demo/demo-data.ts')] }, say);
  const running = all.map((program) => ({ ...program, stop: keepRunning(program, say) }));

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    for (const kind of ['gateway', 'worker', 'subgraph', 'partner'] as const)
      await Promise.all(running.filter(({ service }) => service.kind === kind).map((program) => program.stop()));
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void (stopped ??= stop()));

  const addressOf = (port: number) => `http://${hostOf(host)}:${port}`;
  await Promise.all(all.map(({ port }) => ready(addressOf(port), () => stopped !== undefined)));
  if (stopped) return;
  const first = all.find(({ service }) => service.kind === 'gateway');
  if (first) welcome(log, openClock(config.CLOCK).now(), addressOf(first.port), config.NODE_ENV === 'production');
  else log.info('all services are ready');
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2)));
