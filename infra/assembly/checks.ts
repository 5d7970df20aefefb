// Every check there is: what each room says must hold of its own rows, of any room's, and between rooms.
import { fareTables } from '../../subgraphs/fare/tables.ts';
import { orderChecks } from '../../subgraphs/order/checks-store.ts';
import { orderTables } from '../../subgraphs/order/tables.ts';
import { stockChecks } from '../../subgraphs/stock/checks-store.ts';
import { stockTables } from '../../subgraphs/stock/tables.ts';
import type { Check } from '../audit.ts';
import { deadLetterChecks, eventChecks } from '../audit-events.ts';
import { deadLetterTables } from '../dead-letters/tables.ts';
import type { Wiring } from '../wiring.ts';
import { holdsFitOrders } from './checks-between.ts';

/** The checks, on the databases that the configuration names. */
export async function checksOf({ database, now: clock }: Wiring): Promise<Check[]> {
  const now = clock();
  const [fare, stock, order] = [await database(fareTables), await database(stockTables), await database(orderTables)];
  return [
    ...eventChecks('fare', fare, now),
    ...stockChecks(stock),
    ...eventChecks('stock', stock, now),
    ...orderChecks(order, now),
    ...eventChecks('order', order, now),
    ...holdsFitOrders(stock, order),
    ...deadLetterChecks(await database(deadLetterTables)),
  ];
}
