// The stores of the fare subgraph.
import type { StoreParts } from '../../runtime/definition.ts';
import { usualShares } from '../rules/pricing.ts';
import type { fareSettings } from '../settings.ts';
import { openAdministration } from './administration-store.ts';
import { openFareCache } from './fare-cache.ts';
import { openSoldOut } from './sold-out-store.ts';
import { openFares } from './store.ts';

export type FareStores = ReturnType<typeof openFareStores>;

export function openFareStores({ db, settings, platform }: StoreParts<typeof fareSettings>) {
  const { cache, bus, now, log } = platform;
  const fares = openFares(db);
  const shares = { ...usualShares, ...settings.TRAVELLER_SHARES };
  return {
    fares,
    administration: openAdministration(db),
    soldOut: openSoldOut(db),
    cache: openFareCache({ fares, cache, bus, shares, now, log }),
  };
}
