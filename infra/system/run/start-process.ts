// Starts one service alone, or all of them in this process, and stops in order on a signal.
import closeWithGrace from 'close-with-grace';
import { collectDefaultMetrics } from 'prom-client';
import { demoAccountsLine } from '../demo/demo-accounts.ts';
import { serviceOf } from '../service.ts';
import { whyNotAlone } from '../shared-parts.ts';
import { hostOf, welcome } from '../welcome.ts';
import { openClock } from '../../process/clock.ts';
import { drainDelayOf, logFormatOf, metricsPortOf, partnerPlace, partnersIn, portOf } from '../config/derived.ts';
import { describeAdapters } from '../commands/describe-adapters.ts';
import { type Config, readConfig } from '../config/config.ts';
import { type Health, healthRoutes } from '../../http/inside.ts';
import { drain, listen, type ListenAddress, type Listener, tryPorts } from '../../http/listen.ts';
import { openPlainServer } from '../../http/plain-server.ts';
import { type Log, openLog } from '../../logging/log.ts';
import { once } from '../../process/once.ts';
import type { Telemetry } from '../../tracing/telemetry.ts';
import { openWaiting, StoppedWaiting, type Waiting } from '../../process/waiting.ts';
import { letYoungGenerationGrow } from '../../process/young-generation.ts';

const STOP_WITHIN = 15_000; // ms; requests that are not finished by then are cut off

const pathOf = { gateway: 'graphql', subgraph: 'graphql', worker: 'readyz', partner: 'readyz' } as const;

/** The parts that run in this process. */
interface Running {
  app: Listener;
  internal?: Listener;
  stop(): Promise<void>;
}

async function everything(config: Config, log: Log, waiting: Waiting): Promise<Running> {
  const { startSystem } = await import('./together.ts');
  const { openWiring } = await import('../wiring.ts');
  const { gateway, internal, demoPassword, stop } = await startSystem(openWiring(config, log, { waiting }));
  if (demoPassword !== null) process.stdout.write(demoAccountsLine(demoPassword));
  return { app: gateway, internal, stop };
}

async function alone(name: string, config: Config, log: Log, waiting: Waiting): Promise<Running> {
  const { startAlone } = await import('./alone.ts');
  return startAlone(name, config, log, waiting);
}

const STOPS = ['SIGTERM', 'SIGINT', 'disconnect'] as const; // 'disconnect': the supervising process is gone

/**
 * Runs `start`. While it waits for a server, the process already answers on its port: it is alive, and not ready, with
 * the parts that it waits for. Resolves with null if it was stopped meanwhile.
 */
async function started(
  start: (waiting: Waiting) => Promise<Running>,
  at: { port: number; host: string },
  log: Log,
): Promise<Running | null> {
  const interim = once(() => {
    const app = openPlainServer((server) => healthRoutes(waitingFor(waiting), () => server.isDraining));
    const listening = at.port === 0 ? Promise.resolve(0) : listen(app, at);
    return {
      app,
      listening: listening.catch((error: unknown) => log.warn('cannot serve health checks while waiting', { error })),
    };
  });
  let isStarting = true; // later the service itself serves the port
  const waiting = openWaiting(log, () => isStarting && void interim());
  for (const event of STOPS) process.once(event, waiting.stop);
  try {
    const running = await start(waiting);
    if (!waiting.isStopped()) return running;
    await running.stop();
    return null;
  } catch (error) {
    if (error instanceof StoppedWaiting) return null;
    throw error;
  } finally {
    isStarting = false;
    for (const event of STOPS) process.off(event, waiting.stop);
    await interim.opened?.listening;
    await interim.opened?.app.close();
  }
}

/** The checks are the parts that it waits for at that moment. */
const waitingFor = ({ parts }: Waiting): Health => ({
  get checks() {
    return Object.fromEntries([...parts].map(([part, error]) => [part, () => Promise.reject(error)]));
  },
  enough: () => false,
});

/** Starts trace recording if there is a collector. */
async function recording(config: Config, service: string, log: Log): Promise<Telemetry | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, TRACE_SAMPLING: sampling } = config;
  if (endpoint === undefined) return undefined;
  const { openTelemetry } = await import('../../tracing/telemetry.ts');
  log.info(`traces go to ${new URL(endpoint).origin}`, { service: 'telemetry' });
  return openTelemetry({ endpoint, sampling, service, log });
}

/** Resolves when everything listens. Throws an Error with a sentence when it cannot start. */
export async function startProcess(name = 'all'): Promise<void> {
  const isAlone = name !== 'all';
  const service = serviceOf(isAlone ? name : 'gateway');
  const config = readConfig(process.env);
  const refusals = isAlone ? whyNotAlone(name, config) : [];
  if (refusals.length) throw new Error(refusals.join('\n'));
  const log = openLog({
    level: config.LOG_LEVEL,
    service: isAlone ? name : 'fareloom',
    json: logFormatOf(config) === 'json',
  });
  const isWorker = service.kind === 'worker'; // has no callers, so needs no drain delay

  collectDefaultMetrics();
  const telemetry = await recording(config, isAlone ? name : 'fareloom', log);
  const place: ListenAddress = { host: config.HOST, port: portOf(config, service) };
  const metrics: ListenAddress = {
    ...{ host: config.HOST, port: metricsPortOf(config) },
    ...{ of: 'metrics', variable: 'METRICS_PORT' },
  };
  await tryPorts([
    place,
    ...(service.kind === 'gateway' ? [metrics] : []),
    ...(!isAlone ? partnersIn(config).map((one) => partnerPlace(config, one)) : []),
  ]);
  const isSupervised = process.channel !== undefined; // the supervisor then prints the adapters, once for all processes
  if (!isSupervised) describeAdapters(config).forEach(({ service, line }) => log.info(line, { service }));
  const running = await started(
    (waiting) => (isAlone ? alone(name, config, log, waiting) : everything(config, log, waiting)),
    place,
    log,
  );
  if (!running) {
    log.info('stopped before it was ready', { service: service.name });
    await telemetry?.close();
    process.exit(0); // pending connection attempts would keep it alive
  }
  const { app, internal, stop } = running;
  const { close } = closeWithGrace({ delay: STOP_WITHIN }, async ({ err, signal }) => {
    log.info(err ? 'stopping after a fault' : `stopping on ${signal ?? 'request'}`, {
      service: service.name,
      ...(err && { error: err }),
    });
    await drain(app, err || isWorker ? 0 : drainDelayOf(config));
    await stop();
    await telemetry?.close();
  });
  process.once('disconnect', () => close()); // without a supervisor nothing would restart or stop this process
  if (!isWorker) letYoungGenerationGrow();
  const port = await listen(app, place);
  const metricsAt = internal && `http://${hostOf(config.HOST)}:${await listen(internal, metrics)}/metrics`;
  const address = `http://${hostOf(config.HOST)}:${port}`;
  const also = metricsAt === undefined ? '' : ` (metrics at ${metricsAt})`;
  log.info(`${address}/${pathOf[service.kind]}${also}`, { service: service.name });
  if (!isAlone) welcome(log, openClock(config.CLOCK).now(), address, config.NODE_ENV === 'production');
}
