// The actions an owner may take on an order now, from the same table and rules that decide on them.
import { quote } from './cancellation.ts';
import { may, type Order } from './order.ts';

export type OrderAction = 'PAY' | 'CANCEL';

/** What the owner may do now. CANCEL is included if at least one traveller, or all of them together, can be cancelled. */
export function actions(order: Order, now: Date): OrderAction[] {
  const pay = may(order, 'PAID') && now.getTime() < order.payBy;
  const each = order.status === 'TICKETED' ? order.travellers.map(({ id }) => [id]) : [];
  const cancel = [null, ...each].some((travellers) => !('refused' in quote(order, travellers, now)));
  return [...(pay ? (['PAY'] as const) : []), ...(cancel ? (['CANCEL'] as const) : [])];
}
