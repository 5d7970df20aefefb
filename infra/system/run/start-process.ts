// Starts one service alone, or all of them in this process, and stops in order on a signal.
import closeWithGrace from 'close-with-grace';
import { collectDefaultMetrics } from 'prom-client';
import { drain, listen, type ListenAddress, tryPorts } from '../../http/listen.ts';
import { type Log, openLog } from '../../logging/log.ts';
import { openClock } from '../../process/clock.ts';
import { started } from '../../process/lifecycle/starting.ts';
import type { StopSignals } from '../../process/lifecycle/stop-signals.ts';
import type { Waiting } from '../../process/waiting.ts';
import { letYoungGenerationGrow } from '../../process/young-generation.ts';
import type { Telemetry } from '../../tracing/telemetry.ts';
import { describeAdapters } from '../commands/describe-adapters.ts';
import { type Config, readConfig } from '../config/config.ts';
import { portFrom } from '../config/ports.ts';
import type { SubgraphDefinition } from '../../../subgraphs/runtime/definition.ts';
import { present } from '../../../schema/values/present.ts';
import {
  besidePlaces,
  drainDelayOf,
  logFormatOf,
  metricsPortOf,
  partnerPlace,
  partnersIn,
  portOf,
} from '../config/derived.ts';
import { demoAccountsLine } from '../demo/demo-accounts.ts';
import { type Service, serviceOf } from '../service.ts';
import { subgraphs } from '../services.ts';
import { whyNotAlone } from '../shared-parts.ts';
import { hostOf, welcome } from '../welcome.ts';
import type { Running } from './one-service.ts';

const STOP_WITHIN = 15_000; // ms; requests that are not finished by then are cut off

async function everything(config: Config, log: Log, waiting: Waiting): Promise<Running> {
  const { startSystem } = await import('./together.ts');
  const { openWiring } = await import('../wiring.ts');
  const { gateway, internal, beside, demoPassword, stop } = await startSystem(openWiring(config, log, { waiting }));
  if (demoPassword !== null) process.stdout.write(demoAccountsLine(demoPassword));
  return { app: gateway, internal, beside, stop };
}

/** The subgraphs that a process runs. */
const definitionsIn = (service: Service, isAlone: boolean): readonly SubgraphDefinition[] =>
  isAlone ? (service.kind === 'subgraph' ? [service.definition] : []) : subgraphs;

/** Starts trace recording if there is a collector. */
async function recording(config: Config, service: string, log: Log): Promise<Telemetry | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, TRACE_SAMPLING: sampling } = config;
  if (endpoint === undefined) return undefined;
  const { openTelemetry } = await import('../../tracing/telemetry.ts');
  log.info(`traces go to ${new URL(endpoint).origin}`, { service: 'telemetry' });
  return openTelemetry({ endpoint, sampling, service, log });
}

/** Resolves when everything listens. Throws an Error with a sentence when it cannot start. */
export async function startProcess(signals: StopSignals, name = 'all'): Promise<void> {
  const isAlone = name !== 'all';
  const service = serviceOf(isAlone ? name : 'gateway');
  const config = readConfig(process.env);
  const refusals = isAlone ? whyNotAlone(name, config) : [];
  if (refusals.length) throw new Error(refusals.join('\n'));
  const logName = isAlone ? name : 'fareloom';
  const log = openLog({ level: config.LOG_LEVEL, service: logName, json: logFormatOf(config) === 'json' });
  const ofService = { service: service.name };
  const isWorker = service.kind === 'worker'; // has no callers, so needs no drain delay

  collectDefaultMetrics();
  const telemetry = await recording(config, logName, log);
  const { HOST: host } = config;
  const place: ListenAddress = { host, port: portOf(config, service) };
  const metrics: ListenAddress = { host, port: metricsPortOf(config), of: 'metrics', variable: 'METRICS_PORT' };
  const ownPort = (of: { port: number }): number => (isAlone ? place.port : portFrom(place.port, of));
  const besidePlacesHere = besidePlaces(config, definitionsIn(service, isAlone), ownPort);
  await tryPorts([
    place,
    ...besidePlacesHere.values(),
    ...(service.kind === 'gateway' ? [metrics] : []),
    ...(isAlone ? [] : partnersIn(config).map((partner) => partnerPlace(config, partner))),
  ]);
  const isSupervised = process.channel !== undefined; // the supervisor then prints the adapters, once for all processes
  if (!isSupervised) describeAdapters(config).forEach(({ service, line }) => log.info(line, { service }));
  const start = async (waiting: Waiting) =>
    isAlone ? (await import('./alone.ts')).startAlone(name, config, log, waiting) : everything(config, log, waiting);
  const running = await started(start, place, signals, log);
  if (!running) {
    log.info('stopped before it was ready', ofService);
    await telemetry?.close();
    process.exit(0); // pending connection attempts would keep it alive
  }
  const { app, internal, beside = [], stop } = running;
  const { close } = closeWithGrace({ delay: STOP_WITHIN }, async ({ err, signal }) => {
    const event = err ? 'stopping after a fault' : `stopping on ${signal ?? 'request'}`;
    log.info(event, { ...ofService, ...(err && { error: err }) });
    await drain(app, err || isWorker ? 0 : drainDelayOf(config));
    await stop();
    await telemetry?.close();
  });
  if (signals.end()) {
    close();
    return;
  }
  process.once('disconnect', () => close()); // without a supervisor nothing would restart or stop this process
  if (!isWorker) letYoungGenerationGrow();
  const addressOf = (port: number) => `http://${hostOf(host)}:${port}`;
  const address = addressOf(await listen(app, place));
  const also = internal ? [`metrics at ${addressOf(await listen(internal, metrics))}/metrics`] : [];
  for (const [of, server] of beside) {
    const at = present(besidePlacesHere.get(of), 'A server has no place.');
    const line = `${at.of} at ${addressOf(await listen(server, at))}`;
    if (isAlone) also.push(line);
    else log.info(line, { service: of });
  }
  const path = service.kind === 'gateway' || service.kind === 'subgraph' ? 'graphql' : 'readyz';
  log.info(`${address}/${path}${also.length ? ` (${also.join(', ')})` : ''}`, ofService);
  if (!isAlone) welcome(log, openClock(config.CLOCK).now(), address, config.NODE_ENV === 'production');
}
