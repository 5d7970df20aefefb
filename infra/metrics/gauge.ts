// Gauges that are read at scrape time: each source independently, with a timeout, and never twice at once.
import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../process/clock.ts';

/** One value of a gauge, with its labels. */
export type Reading = readonly [labels: Readonly<Record<string, string>>, value: number];

/** Reads a source; undefined if it does not answer in time. */
export type Look<T> = () => Promise<T | undefined>;

const LOOK_WITHIN = 1000; // ms; a scraper waits a few seconds, and gets the values known by then

/**
 * A gauge over sources that are added later; what adds one returns what removes it. A source that fails, or does not
 * answer in a second, is left out of that scrape.
 */
export function openGauge(
  registry: Registry,
  { name, help, labels }: { name: string; help: string; labels: readonly string[] },
): (look: Look<readonly Reading[]>) => () => void {
  const sources = new Set<Look<readonly Reading[]>>();
  new Gauge({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    async collect() {
      const readings = await Promise.all([...sources].map((look) => look()));
      this.reset();
      for (const [of, value] of readings.flatMap((some) => some ?? [])) this.set(of, value);
    },
  });
  return (look) => {
    sources.add(look);
    return () => void sources.delete(look);
  };
}

/**
 * The same look with a timeout of a second. Concurrent callers share one read, and its result is reused for `every` ms:
 * several scrapers do not load a slow or costly source more than one.
 */
export function patient<T>(look: () => Promise<T>, now: Clock, every = 0): Look<T> {
  let last: { at: number; answer: T } | undefined;
  let underWay: Promise<T> | undefined;

  async function refresh(): Promise<T> {
    const at = now().getTime();
    try {
      const answer = await look();
      last = { at, answer };
      return answer;
    } finally {
      underWay = undefined;
    }
  }

  return async () => {
    if (last && now().getTime() - last.at < every) return last.answer;
    return soon((underWay ??= refresh()));
  };
}

/** Converts the result of a look to readings. */
export const readAs =
  <T>(look: Look<T>, words: (found: T) => readonly Reading[]): Look<readonly Reading[]> =>
  async () => {
    const found = await look();
    return found === undefined ? undefined : words(found);
  };

/** The result of the promise; undefined if it rejects, or takes longer than the timeout. */
async function soon<T>(look: Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), LOOK_WITHIN);
  try {
    return await Promise.race([look, late.promise]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
