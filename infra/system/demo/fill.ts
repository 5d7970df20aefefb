// Files the demo data unless it exists.
import { demoDates, demoDay, demoFilings } from '../../../subgraphs/fare/demo/demo.ts';
import type { Filing } from '../../../subgraphs/fare/rules/filing.ts';
import { routeOf } from '../../../subgraphs/fare/store/route-store.ts';
import { demoGuides } from '../../../subgraphs/travel/demo/demo.ts';
import type { House } from '../services.ts';

const AT_ONCE = 1000; // fares in one transaction

/** Files guides, and fares for every day from today to 90 days ahead, unless they exist. */
export async function fileDemoData({ rooms, wiring: { config, now, log } }: House): Promise<void> {
  const [{ fares }, { travel }] = [await rooms.fare(), await rooms.travel()];
  if (await travel.isEmpty()) await travel.file(demoGuides(now()));
  const today = now().toISOString().slice(0, 10);
  // the last fare to be filed: when it exists, all do
  const last = byRoute(demoDay(demoDates(today).at(-1)!, config.DEMO_SEED)).at(-1)!;
  if (await fares.isFiled(last)) return;
  const started = performance.now();
  const filings = byRoute(demoFilings(today, config.DEMO_SEED));
  let imported = 0;
  for (let i = 0; i < filings.length; i += AT_ONCE) {
    imported += (await fares.file(filings.slice(i, i + AT_ONCE), now())).imported;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log.info(`demo data: ${imported} fares filed in ${seconds} s`, { service: 'fare' });
}

/** The cost of a transaction grows with its routes: a route at a time is four times as fast as a day at a time. */
const byRoute = (filings: readonly Filing[]): Filing[] => [...Map.groupBy(filings, routeOf).values()].flat();
