// Files the demo fares unless they exist.
import type { Platform } from '../../../infra/process/platform.ts';
import type { Filing } from '../rules/filing.ts';
import { routeOf } from '../store/route-store.ts';
import type { Fares } from '../store/store.ts';
import { demoDates, demoDay, demoFilings } from './demo.ts';

const AT_ONCE = 1000; // fares in one transaction

/** Files fares for every day from today to 90 days ahead, unless they exist. */
export async function fileDemoFares(fares: Fares, seed: number, { now, log }: Platform): Promise<void> {
  const today = now().toISOString().slice(0, 10);
  // the last fare to be filed: when it exists, all do
  const last = demoDates(today)
    .slice(-1)
    .flatMap((date) => byRoute(demoDay(date, seed)))
    .at(-1);
  if (last && (await fares.isFiled(last))) return;
  const started = performance.now();
  const filings = byRoute(demoFilings(today, seed));
  let imported = 0;
  for (let i = 0; i < filings.length; i += AT_ONCE) {
    imported += (await fares.file(filings.slice(i, i + AT_ONCE), now())).imported;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log.info(`demo data: ${imported} fares filed in ${seconds} s`, { service: 'fare' });
}

/** The cost of a transaction grows with its routes: a route at a time is four times as fast as a day at a time. */
const byRoute = (filings: readonly Filing[]): Filing[] => [...Map.groupBy(filings, routeOf).values()].flat();
