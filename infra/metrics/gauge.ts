// Gauges that are looked at when somebody asks: each source by itself, in its time, and never twice at once.
import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../process/clock.ts';

/** One number, under the labels of its gauge. */
export type Reading = readonly [labels: Readonly<Record<string, string>>, value: number];

/** A look at a source; undefined where there is no answer in time. */
export type Look<T> = () => Promise<T | undefined>;

const LOOK_WITHIN = 1000; // ms; who scrapes waits a few seconds, and gets what is known by then

/**
 * A gauge over sources that are added later. One that fails, or does not answer in a second, is left out of that answer;
 * the others are there.
 */
export function openGauge(
  registry: Registry,
  { name, help, labels }: { name: string; help: string; labels: readonly string[] },
): (look: Look<readonly Reading[]>) => void {
  const sources: Look<readonly Reading[]>[] = [];
  new Gauge({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    async collect() {
      const readings = await Promise.all(sources.map((look) => look()));
      this.reset();
      for (const [of, value] of readings.flatMap((some) => some ?? [])) this.set(of, value);
    },
  });
  return (look) => void sources.push(look);
}

/**
 * The same look with a second's patience. Whoever asks while it is under way shares it, and its answer serves for
 * `every` ms: a source that is slow, or costly, is not asked more often for being watched by many.
 */
export function patient<T>(look: () => Promise<T>, now: Clock, every = 0): Look<T> {
  let last: { at: number; answer: T } | undefined;
  let underWay: Promise<T> | undefined;

  async function anew(): Promise<T> {
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
    return soon((underWay ??= anew()));
  };
}

/** What a look finds, put into other words. */
export const readAs =
  <T>(look: Look<T>, words: (found: T) => readonly Reading[]): Look<readonly Reading[]> =>
  async () => {
    const found = await look();
    return found === undefined ? undefined : words(found);
  };

/** What it resolves to; undefined where it fails, or takes too long for who waits. */
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
