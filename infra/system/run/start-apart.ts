// Starts every service as its own process: npm run start:apart [-- fare=2 rebuild-fares=2]
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { urlVariable } from '../../../gateway/settings.ts';
import { serviceOf, services } from '../service.ts';
import { gateway, partners, type PartnerName, type ServiceName } from '../services.ts';
import { whyNotAlone } from '../shared-parts.ts';
import { hostOf, welcome } from '../welcome.ts';
import { runCommand } from '../../process/command.ts';
import { openClock } from '../../process/clock.ts';
import { logFormatOf } from '../config/derived.ts';
import { describeAdapters } from '../commands/describe-adapters.ts';
import { type Config, readConfig } from '../config/config.ts';
import { type ListenAddress, tryPorts } from '../../http/listen.ts';
import { NAME_WIDTH, openLog } from '../../logging/log.ts';
import { distanceOf, LAST_PORT, metricsPort, portFrom } from '../config/ports.ts';
import { printableLine } from '../../logging/printable.ts';
import { COMPILED, keepRunning, type Program, runOnce, type Say } from './supervisor.ts';

const MOST = 9;

const QUIET = '--disable-warning=TimeoutNegativeWarning'; // kafkajs sets timers that are a little late

const script = (file: string) => join(import.meta.dirname, '../..', file);
const names = services.map(({ name }) => name);
const partnerNames = partners.map(({ name }) => name);

/** The address of each partner; demo: runs the demo's. */
const partnerAddresses = (of: (variable: string) => string | undefined) =>
  Object.fromEntries(partners.map(({ name, variable }) => [name, of(variable) || 'demo:'])) as Record<
    PartnerName,
    string
  >;

/** The number of replicas of each service: fare=2 starts two; the default is one. Throws an Error with a sentence. */
export function replicas(args: readonly string[]): Record<ServiceName, number> {
  const counts = Object.fromEntries(names.map((name) => [name, 1])) as Record<ServiceName, number>;
  for (const arg of args) {
    const [name = '', count = ''] = arg.split('=');
    const service = serviceOf(name);
    if (!/^\d$/.test(count) || Number(count) > MOST)
      throw new Error(`${arg}: give SERVICE=COUNT with a count from 0 to ${MOST}, as fare=2`);
    counts[service.name] = Number(count);
  }
  return counts;
}

/** The programs of the system: each replica on its own port, and a gateway that knows the replicas of all subgraphs. */
export function programs(
  counts: Record<ServiceName, number>,
  front: number = gateway.port,
  demo: Record<PartnerName, string> = partnerAddresses(() => undefined),
): (Program & { service: ServiceName; port: number })[] {
  const furthest = Math.max(
    ...services.filter(({ name }) => counts[name]).map((service) => distanceOf(service, counts[service.name] - 1)),
  );
  if (!Number.isInteger(front) || front < 1 || front + furthest > LAST_PORT) {
    const most = LAST_PORT - furthest;
    throw new Error(`PORT: give a whole number from 1 to ${most}; the other services' are up to ${furthest} above it`);
  }
  const portsOf = (name: ServiceName) =>
    Array.from({ length: counts[name] }, (_, n) => portFrom(front, serviceOf(name), n));
  const urls = Object.fromEntries(
    names
      .filter((name) => serviceOf(name).kind === 'subgraph' && counts[name])
      .map((name) => [
        urlVariable(name),
        portsOf(name)
          .map((port) => `http://localhost:${port}`)
          .join(),
      ]),
  );
  return names.flatMap((service) =>
    portsOf(service).map((port, n) => ({
      service,
      port,
      name: counts[service] > 1 ? `${service}-${n + 1}` : service,
      args: [QUIET, script('start.ts'), service],
      env: {
        ...(service === 'gateway' && urls),
        ...(service in demo && { [urlVariable(service)]: demo[service as PartnerName] }),
        PORT: String(port),
      },
    })),
  );
}

/** The addresses on which the programs listen, including the gateways' metrics. */
const placesOf = (all: ReturnType<typeof programs>, config: Config): ListenAddress[] =>
  all.flatMap(({ name, service, port }) => {
    const metrics = { host: config.HOST, port: config.METRICS_PORT ?? metricsPort(port), of: `metrics of ${name}` };
    return [{ host: config.HOST, port, of: name }, ...(service === 'gateway' ? [metrics] : [])];
  });

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

async function main(args: readonly string[]): Promise<void> {
  const { env } = process;
  const front = Number(env['PORT'] || gateway.port);
  const elsewhere = partnerNames.filter((name) => /^https?:/.test(env[urlVariable(name)] ?? ''));
  const demo = partnerAddresses((variable) => env[variable]);
  const counts = replicas([...elsewhere.map((name) => `${name}=0`), ...args]);
  const all = programs(counts, front, demo);
  for (const name of partnerNames) {
    if (!elsewhere.includes(name)) env[urlVariable(name)] = `http://localhost:${portFrom(front, serviceOf(name))}`;
  }
  env['PUBLIC_URL'] ||= `http://localhost:${front}`; // a service in its own process has another port
  env['NODE_COMPILE_CACHE'] ??= COMPILED;
  const keys = ['PAYMENT_PROVIDER_KEY', 'PAYMENT_WEBHOOK_SECRET', 'TICKET_ISSUER_KEY'];
  for (const name of ['OFFER_SIGNING_KEYS', 'INTERNAL_KEYS', ...keys]) {
    if (env[name] || env[`${name}_FILE`]) continue;
    env[name] = randomBytes(32).toString('base64'); // the same for all processes of this run
  }
  const config = readConfig(env);
  const refusals = new Set(all.flatMap(({ service }) => whyNotAlone(service, config)));
  if (refusals.size) throw new Error([...refusals].join('\n'));

  const log = openLog({ level: config.LOG_LEVEL, json: logFormatOf(config) === 'json' });
  await tryPorts(placesOf(all, config));
  describeAdapters(config).forEach(({ service, line }) => log.info(line, { service }));

  await runOnce({ name: 'migrate', args: [script('system/commands/migrate.ts')] }, say);
  if (config.DEMO_DATA === 'on')
    await runOnce({ name: 'demo-data', args: [QUIET, script('system/demo/demo-data.ts')] }, say);
  const running = all.map((program) => ({ ...program, stop: keepRunning(program, say) }));

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    for (const kind of ['gateway', 'worker', 'subgraph', 'partner'] as const) {
      await Promise.all(running.filter(({ service }) => serviceOf(service).kind === kind).map((each) => each.stop()));
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void (stopped ??= stop()));

  const addressOf = (port: number) => `http://${hostOf(config.HOST)}:${port}`;
  await Promise.all(all.map(({ port }) => ready(addressOf(port), () => stopped !== undefined)));
  if (stopped) return;
  const gateways = all.filter(({ service }) => service === 'gateway');
  if (gateways[0])
    welcome(log, openClock(config.CLOCK).now(), addressOf(gateways[0].port), config.NODE_ENV === 'production');
  else log.info('all services are ready');
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2)));
