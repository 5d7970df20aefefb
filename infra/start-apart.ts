// Starts every service as a process of its own: npm run start:apart [-- fare=2 rebuild-fares=2]
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { services } from './assembly/services.ts';
import { whyNotAlone } from './assembly/shared-parts.ts';
import { readConfig } from './env.ts';
import { ports, type ServiceName } from './ports.ts';
import { keepRunning, type Program, runOnce, type Say } from './supervisor.ts';

/** Where the demo's own partners are for the others. */
const demoPartners = ['payment-provider', 'ticket-issuer'] as const;
type Partner = (typeof demoPartners)[number];
const urlOf = (partner: ServiceName) => `${partner.toUpperCase().replace('-', '_')}_URL`;

const NEXT_REPLICA = 1000; // ports further up; no two services are that far apart
const MOST = 9;
const LAST_PORT = 65_535;

/** What Node compiles once for all of the processes: it halves the time in which they start. */
const COMPILED = join(import.meta.dirname, '../node_modules/.cache/compiled');

const QUIET = '--disable-warning=TimeoutNegativeWarning'; // kafkajs's timers, a little late

const script = (file: string) => `${import.meta.dirname}/${file}`;
const names = Object.keys(services) as ServiceName[];

/** How many of each service: fare=2 starts two; one unless told. Throws an Error with a sentence. */
export function replicas(args: readonly string[]): Record<ServiceName, number> {
  const counts = Object.fromEntries(names.map((name) => [name, 1])) as Record<ServiceName, number>;
  for (const arg of args) {
    const [name = '', count = ''] = arg.split('=');
    if (!(name in ports)) throw new Error(`There is no service ${name}; there are ${names.join(', ')}.`);
    if (!/^\d$/.test(count) || Number(count) > MOST)
      throw new Error(`${arg}: give SERVICE=COUNT with a count from 0 to ${MOST}, as fare=2`);
    counts[name as ServiceName] = Number(count);
  }
  return counts;
}

/** Where each service listens when the gateway does so at `gateway`: as far from it as it usually is. */
export const portFrom = (gateway: number, name: ServiceName, replica = 0): number =>
  gateway + ports[name] - ports.gateway + replica * NEXT_REPLICA;

/** The programs of the system: each replica on a port of its own, and a gateway that knows all subgraphs' replicas. */
export function programs(
  counts: Record<ServiceName, number>,
  gateway: number = ports.gateway,
  demo: Record<Partner, string> = { 'payment-provider': 'demo:', 'ticket-issuer': 'demo:' },
): (Program & { service: ServiceName })[] {
  const furthest = Math.max(...names.filter((name) => counts[name]).map((name) => portFrom(0, name, counts[name] - 1)));
  if (!Number.isInteger(gateway) || gateway < 1 || gateway + furthest > LAST_PORT) {
    const most = LAST_PORT - furthest;
    throw new Error(`PORT: give a whole number from 1 to ${most}; the other services' are up to ${furthest} above it`);
  }
  const portsOf = (name: ServiceName) => Array.from({ length: counts[name] }, (_, n) => portFrom(gateway, name, n));
  const urls = Object.fromEntries(
    names
      .filter((name) => services[name].kind === 'subgraph' && counts[name])
      .map((name) => [
        `${name.toUpperCase()}_URL`,
        portsOf(name)
          .map((port) => `http://localhost:${port}`)
          .join(),
      ]),
  );
  return names.flatMap((service) =>
    portsOf(service).map((port, n) => ({
      service,
      name: counts[service] > 1 ? `${service}-${n + 1}` : service,
      args: [QUIET, script('start.ts'), service],
      env: {
        ...(service === 'gateway' && urls),
        ...(service in demo && { [urlOf(service)]: demo[service as Partner] }),
        PORT: String(port),
      },
    })),
  );
}

/** A line of a program under its name; JSON stays JSON. */
const say: Say = (name, line) =>
  process.stdout.write(line.startsWith('{') ? `${line}\n` : `${name.padEnd(18)}| ${line}\n`);

async function main(args: readonly string[]): Promise<void> {
  const { env } = process;
  const gateway = Number(env['PORT'] || ports.gateway);
  const elsewhere = demoPartners.filter((name) => /^https?:/.test(env[urlOf(name)] ?? ''));
  const demo = Object.fromEntries(demoPartners.map((name) => [name, env[urlOf(name)] || 'demo:']));
  const counts = replicas([...elsewhere.map((name) => `${name}=0`), ...args]);
  const all = programs(counts, gateway, demo as Record<Partner, string>);
  for (const name of demoPartners) {
    if (!elsewhere.includes(name)) env[urlOf(name)] = `http://localhost:${portFrom(gateway, name)}`;
  }
  env['PUBLIC_URL'] ||= `http://localhost:${gateway}`; // a service alone has another port
  env['NODE_COMPILE_CACHE'] ??= COMPILED;
  const keys = ['PAYMENT_PROVIDER_KEY', 'PAYMENT_WEBHOOK_SECRET', 'TICKET_ISSUER_KEY'];
  for (const name of ['OFFER_SIGNING_KEYS', 'INTERNAL_KEYS', ...keys]) {
    if (env[name] || env[`${name}_FILE`]) continue;
    env[name] = randomBytes(32).toString('base64'); // one for all of them, until they stop
  }
  const config = readConfig(env);
  const refusals = new Set(all.flatMap(({ service }) => whyNotAlone(service, config)));
  if (refusals.size) throw new Error([...refusals].join('\n'));

  await runOnce({ name: 'migrate', args: [script('migrate.ts')] }, say);
  if (config.DEMO_DATA === 'on') await runOnce({ name: 'demo-data', args: [QUIET, script('demo-data.ts')] }, say);
  const running = all.map((program) => ({ ...program, stop: keepRunning(program, say) }));

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    for (const kind of ['gateway', 'worker', 'subgraph', 'partner'] as const) {
      await Promise.all(running.filter(({ service }) => services[service].kind === kind).map((each) => each.stop()));
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void (stopped ??= stop()));
}

if (import.meta.main) {
  await main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
