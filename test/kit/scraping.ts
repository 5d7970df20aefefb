// A world whose metrics are scraped over HTTP, as Prometheus does.
import { listen } from '../../infra/http/listen.ts';
import { openMetricsServer } from '../../infra/metrics/metrics-server.ts';
import { openWorld, type WorldOptions } from './world.ts';

/** `number` reads a series by its text in the scrape, undefined if there is none; `text` is the whole scrape. */
export async function scraped(options: WorldOptions = {}) {
  const world = await openWorld(options);
  const app = openMetricsServer(world.wiring.metrics);
  const url = `http://127.0.0.1:${await listen(app, { host: '127.0.0.1', port: 0 })}/metrics`;
  const text = async () => (await fetch(url)).text();
  const number = async (series: string): Promise<number | undefined> => {
    const line = (await text()).split('\n').find((each) => each.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length));
  };
  const close = async () => {
    await app.close();
    await world[Symbol.asyncDispose]();
  };
  return { world, text, number, [Symbol.asyncDispose]: close };
}
