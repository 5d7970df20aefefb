// Starts the system: node infra/start.ts [NAME] runs one service alone, or all of them in this process.
import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics } from 'prom-client';
import { examples } from '../gateway/examples.ts';
import { demoAccountsLine } from './assembly/demo-accounts.ts';
import { services } from './assembly/services.ts';
import { whyNotAlone } from './assembly/shared-parts.ts';
import { openClock } from './clock.ts';
import { type Config, readConfig } from './env.ts';
import { drain, listen } from './http-server.ts';
import { type Log, openLog } from './log.ts';
import { metricsPort, ports, type ServiceName } from './ports.ts';
import type { Telemetry } from './telemetry.ts';

const OLDEST_NODE = 24;
const STOP_WITHIN = 15_000; // ms; what is not finished by then is cut off

const NOTICED_WITHIN = 2000; // ms; balancers ask every second or so, and gateways keep an idle connection for one

/** How long a process that is called goes on once it is not ready, in ms: where nobody balances, nobody has to notice. */
const drainDelay = ({ DRAIN_DELAY, NODE_ENV }: Config): number =>
  DRAIN_DELAY ?? (NODE_ENV === 'production' ? NOTICED_WITHIN : 0);

const pathOf = { gateway: 'graphql', subgraph: 'graphql', worker: 'readyz', partner: 'readyz' } as const;

/** What runs in this process. */
interface Running {
  app: FastifyInstance;
  internal?: FastifyInstance;
  stop(): Promise<void>;
}

/** The lines that tell a newcomer what to do now. */
function welcome(log: Log, now: Date, address: string, production: boolean): void {
  const { variables } = examples(now)[0]!;
  const { input } = JSON.parse(variables) as { input: object };
  const query =
    'query Shopping($input: ShoppingInput!) { shopping(input: $input) { price { total { amount currency } } ' +
    'calendar { lowest { date price { amount } } } travel { summary } } }';
  const invitation = production ? '' : ' (open it in a browser, or paste this)';
  log.info(`Fareloom is ready: ${address}/graphql${invitation}`);
  if (production) return;
  log.info(
    `curl -s ${address}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query, variables: { input } })}'`,
  );
}

/** How the host it listens on is written in an address; one that means all of them is reached by localhost. */
function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

async function everything(config: Config, log: Log): Promise<Running> {
  const { startSystem } = await import('./assembly/together.ts');
  const { openWiring } = await import('./wiring.ts');
  const { gateway, internal, demoPassword, stop } = await startSystem(openWiring(config, log));
  if (demoPassword !== null) process.stdout.write(demoAccountsLine(demoPassword));
  return { app: gateway, internal, stop };
}

async function alone(name: ServiceName, config: Config, log: Log): Promise<Running> {
  const { startAlone } = await import('./assembly/alone.ts');
  return startAlone(name, config, log);
}

/** Begins to record traces, where there is a collector: before anything loads GraphQL, whose steps are recorded, too. */
async function recording(config: Config, service: string, log: Log): Promise<Telemetry | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, TRACE_SAMPLING: sampling } = config;
  if (endpoint === undefined) return undefined;
  const { openTelemetry } = await import('./telemetry.ts');
  log.info(`traces go to ${new URL(endpoint).origin}`, { service: 'telemetry' });
  return openTelemetry({ endpoint, sampling, service, log });
}

function known(name: string): name is ServiceName | 'all' {
  return name === 'all' || name in ports;
}

async function main(name = 'all'): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Error(
      `Fareloom needs Node ${OLDEST_NODE} or newer and this is ${process.version}; npm start brings its own.`,
    );
  }
  if (!known(name)) throw new Error(`There is no service ${name}; there are ${Object.keys(ports).join(', ')} and all.`);
  const config = readConfig(process.env);
  const refusals = name === 'all' ? [] : whyNotAlone(name, config);
  if (refusals.length) throw new Error(refusals.join('\n'));
  const log = openLog({
    level: config.LOG_LEVEL,
    service: name === 'all' ? 'fareloom' : name,
    json: (config.LOG_FORMAT ?? (config.NODE_ENV === 'production' ? 'json' : 'text')) === 'json',
  });
  const service = name === 'all' ? 'gateway' : name;

  const isWorker = services[service].kind === 'worker'; // nobody calls it

  collectDefaultMetrics();
  const telemetry = await recording(config, name === 'all' ? 'fareloom' : name, log);
  const { app, internal, stop } = name === 'all' ? await everything(config, log) : await alone(name, config, log);
  const { close } = closeWithGrace({ delay: STOP_WITHIN }, async ({ err, signal }) => {
    log.info(err ? 'stopping after a fault' : `stopping on ${signal ?? 'request'}`, {
      service,
      ...(err && { error: err }),
    });
    await drain(app, err || isWorker ? 0 : drainDelay(config));
    await stop();
    await telemetry?.close();
  });
  process.once('disconnect', () => void close()); // who supervised it is gone: nobody would restart or stop it
  const wanted = config.PORT ?? ports[service];
  const port = await listen(app, { port: wanted, host: config.HOST });
  if (internal) {
    const at = { port: config.METRICS_PORT ?? metricsPort(wanted), host: config.HOST };
    log.info(`http://${hostOf(config.HOST)}:${await listen(internal, at, 'METRICS_PORT')}/metrics`, { service });
  }
  const address = `http://${hostOf(config.HOST)}:${port}`;
  log.info(`${address}/${pathOf[services[service].kind]}`, { service });
  if (name === 'all') welcome(log, openClock(config.CLOCK)(), address, config.NODE_ENV === 'production');
}

if (import.meta.main) {
  await main(process.argv[2]).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
