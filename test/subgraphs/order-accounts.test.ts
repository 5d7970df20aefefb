// The accounts of an order, which verify balances against the payments: what its tickets are worth, which fees were
// kept, and which money is neither covered by a ticket nor paid back yet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancel } from '../../subgraphs/order/rules/cancellation.ts';
import type { OrderDecision, Order } from '../../subgraphs/order/rules/order.ts';
import { capture, confirmHold, paidBack } from '../../subgraphs/order/rules/settling.ts';
import { ticketsTakenBack } from '../../subgraphs/order/rules/ticketing.ts';
import { orderBooks } from '../../subgraphs/order/store/checks-store.ts';
import { openOrderSubgraph } from '../kit/order-subgraph.ts';
import { anOffer, family, forFamily } from '../kit/ordering.ts';

test('the accounts of an order follow its money, in each currency, until all of it is back or kept', async () => {
  await using subgraph = await openOrderSubgraph({ workers: false });
  const { id } = await subgraph.ordered({
    offers: [{ token: subgraph.tokenOf(anOffer(forFamily)), travellers: family }],
  });
  const change = async (rule: (order: Order, now: Date) => OrderDecision) => {
    await subgraph.orders.change(id, rule, { by: 'test' });
    const [accounts] = await orderBooks(subgraph.db, '', 10);
    return accounts!.of.map(({ currency, tickets, fees, underWay }) => ({ currency, tickets, fees, underWay }));
  };
  const pay = (paymentId: string, amount: number, currency: string) =>
    change((order, now) => capture(order, { paymentId, amount, currency }, now));
  const inr = (tickets: number, fees: number, underWay: number) => ({ currency: 'INR', tickets, fees, underWay });
  const eur = { currency: 'EUR', tickets: 0, fees: 0, underWay: 500 };

  assert.deepEqual(await change(confirmHold), [inr(0, 0, 0)]);
  assert.deepEqual(await pay('pay_1', 18_500, 'INR'), [inr(0, 0, 18_500)]);
  await subgraph.ticket(id);
  assert.deepEqual(await pay('pay_2', 500, 'EUR'), [inr(18_500, 0, 0), eur]);
  // the infant's 10.00, of which a quarter is kept
  const infant = (order: Order) => [order.travellers[2]!.id];
  assert.deepEqual(await change((order, now) => cancel(order, infant(order), null, now)), [inr(17_500, 250, 750), eur]);
  const back = (n: number) => change((order) => paidBack(order, { refundId: order.refunds[n]!.id }));
  assert.deepEqual(await back(0), [inr(17_500, 250, 750)]);
  await change((order, now) => ticketsTakenBack(order, order.cancellations[0]!.id, now));
  assert.deepEqual(await back(1), [inr(17_500, 250, 0)]);
});
