// The demo data, filed where it is not there yet.
import { demoDays } from '../../subgraphs/fare/demo.ts';
import { demoGuides } from '../../subgraphs/travel/demo.ts';
import type { House } from './services.ts';

/** Files guides, and fares of every day from today to 90 days ahead, unless they are there. */
export async function fileDemoData({ rooms, wiring: { config, now, log } }: House): Promise<void> {
  const [{ fares }, { travel }] = [await rooms.fare(), await rooms.travel()];
  if (await travel.isEmpty()) await travel.file(demoGuides(now()));
  const days = demoDays(now().toISOString().slice(0, 10), config.DEMO_SEED);
  if (await fares.isFiled(days.at(-1)!().at(-1)!)) return;
  const started = performance.now();
  let imported = 0;
  for (const filings of days) imported += (await fares.file(filings(), now())).imported;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log.info(`demo data: ${imported} fares filed in ${seconds} s`, { service: 'fare' });
}
