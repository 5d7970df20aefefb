// A process while it starts: it answers on its port while it waits for servers, and may be stopped.
import { type Health, healthRoutes } from '../../http/inside.ts';
import { listen, type ListenAddress } from '../../http/listen.ts';
import { openPlainServer } from '../../http/plain-server.ts';
import type { Log } from '../../logging/log.ts';
import { once } from '../once.ts';
import type { StopSignals } from './stop-signals.ts';
import { openWaiting, StoppedWaiting, type Waiting } from '../waiting.ts';

/**
 * Runs `start`. While it waits for a server, the process already answers on its port: it is alive, and not ready, with
 * the parts that it waits for. Resolves with null if a signal stopped it meanwhile.
 */
export async function started<Running extends { stop(): Promise<void> }>(
  start: (waiting: Waiting) => Promise<Running>,
  at: ListenAddress,
  signals: StopSignals,
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
  signals.handle(waiting.stop);
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
