// All checks: each subgraph's own, those that every subgraph has, and those across subgraphs.
import { accountTables } from '../../../subgraphs/account/store/tables.ts';
import { fareTables } from '../../../subgraphs/fare/store/tables.ts';
import { orderChecks } from '../../../subgraphs/order/store/checks-store.ts';
import { orderTables } from '../../../subgraphs/order/store/tables.ts';
import { paymentChecks } from '../../../subgraphs/payment/store/checks-store.ts';
import { paymentTables } from '../../../subgraphs/payment/store/tables.ts';
import { stockChecks } from '../../../subgraphs/stock/store/checks-store.ts';
import { stockTables } from '../../../subgraphs/stock/store/tables.ts';
import { travelTables } from '../../../subgraphs/travel/store/tables.ts';
import type { VerifyCheck } from '../../database/audit.ts';
import { deadLetterChecks, eventChecks } from './audit-events.ts';
import { deadLetterTables } from '../../dead-letters/tables.ts';
import { mailFolder } from '../partner-wiring.ts';
import type { Wiring } from '../wiring.ts';
import { holdsFitOrders } from './checks-between.ts';
import { markChecks } from './checks-marks.ts';
import { moneyFitsOrders } from './checks-money.ts';
import { partnersAgree } from './checks-partners.ts';
import { personalChecks } from './checks-personal.ts';

/** All checks, on the databases that the configuration names. */
export async function checksOf({
  config,
  database,
  keptMessages,
  now: clock,
  statements,
}: Wiring): Promise<VerifyCheck[]> {
  const [fare, stock] = [await database(fareTables), await database(stockTables)];
  const [order, payment] = [await database(orderTables), await database(paymentTables)];
  const [account, deadLetters] = [await database(accountTables), await database(deadLetterTables)];
  const now = clock(); // the databases' time once they are open
  return [
    ...eventChecks('account', account, now),
    ...eventChecks('travel', await database(travelTables), now),
    ...eventChecks('fare', fare, now),
    ...stockChecks(stock),
    ...eventChecks('stock', stock, now),
    ...markChecks('stock', stock, now),
    ...orderChecks(order, now),
    ...eventChecks('order', order, now),
    ...markChecks('order', order, now),
    ...paymentChecks(payment, now),
    ...eventChecks('payment', payment, now),
    ...markChecks('payment', payment, now),
    ...holdsFitOrders(stock, order),
    ...moneyFitsOrders(order, payment),
    ...partnersAgree(order, payment, statements),
    ...deadLetterChecks(deadLetters),
    ...personalChecks(
      {
        ...{ databases: { account, fare, stock, order, payment }, deadLetters },
        ...{ messages: keptMessages(), mailFolder: mailFolder(config.MAIL_URL) },
      },
      now,
    ),
  ];
}
