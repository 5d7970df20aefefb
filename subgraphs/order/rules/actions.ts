// What may be done with an order now, from the same table and rules that decide it.
import { quote } from './cancellation.ts';
import { may, type Order } from './order.ts';

export type OrderAction = 'PAY' | 'CANCEL';

/** What its owner may do now. CANCEL is there where at least one traveller could be cancelled alone or all together. */
export function actions(order: Order, now: Date): OrderAction[] {
  const pay = may(order, 'PAID') && now.getTime() < order.payBy;
  const each = order.status === 'TICKETED' ? order.travellers.map(({ id }) => [id]) : [];
  const cancel = [null, ...each].some((travellers) => !('refused' in quote(order, travellers, now)));
  return [...(pay ? (['PAY'] as const) : []), ...(cancel ? (['CANCEL'] as const) : [])];
}
