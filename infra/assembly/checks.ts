// Every check there is: what each room says must hold of its own rows, of any room's, and between rooms.
import { fareTables } from '../../subgraphs/fare/tables.ts';
import { orderChecks } from '../../subgraphs/order/checks-store.ts';
import { orderTables } from '../../subgraphs/order/tables.ts';
import { paymentChecks } from '../../subgraphs/payment/checks-store.ts';
import { paymentTables } from '../../subgraphs/payment/tables.ts';
import { stockChecks } from '../../subgraphs/stock/checks-store.ts';
import { stockTables } from '../../subgraphs/stock/tables.ts';
import type { Check } from '../audit.ts';
import { deadLetterChecks, eventChecks } from '../audit-events.ts';
import { deadLetterTables } from '../dead-letters/tables.ts';
import type { Wiring } from '../wiring.ts';
import { holdsFitOrders } from './checks-between.ts';
import { moneyFitsOrders } from './checks-money.ts';

/** The checks, on the databases that the configuration names. */
export async function checksOf({ database, now: clock }: Wiring): Promise<Check[]> {
  const now = clock();
  const [fare, stock] = [await database(fareTables), await database(stockTables)];
  const [order, payment] = [await database(orderTables), await database(paymentTables)];
  return [
    ...eventChecks('fare', fare, now),
    ...stockChecks(stock),
    ...eventChecks('stock', stock, now),
    ...orderChecks(order, now),
    ...eventChecks('order', order, now),
    ...paymentChecks(payment, now),
    ...eventChecks('payment', payment, now),
    ...holdsFitOrders(stock, order),
    ...moneyFitsOrders(order, payment),
    ...deadLetterChecks(await database(deadLetterTables)),
  ];
}
