// The stores of the stock subgraph.
import type { StoreParts } from '../../runtime/definition.ts';
import type { stockSettings } from '../settings.ts';
import { openDepartures } from './departure-store.ts';
import { openHolds } from './hold-store.ts';
import { openStock } from './store.ts';

export type StockStores = ReturnType<typeof openStockStores>;

export const openStockStores = ({ db, settings }: StoreParts<typeof stockSettings>) => ({
  stock: openStock(db, settings.CAPACITY),
  holds: openHolds(db),
  departures: openDepartures(db),
});
