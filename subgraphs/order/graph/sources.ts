// The parent value that the resolvers of each type receive: the row or value behind the type.
import type { Connection } from '../../../schema/terms/connection.ts';
import type { Money } from '../../../schema/terms/money.ts';
import type { Quote } from '../rules/cancellation.ts';
import type { Item, Order, OrderRefusal, Ticket, Traveller } from '../rules/order.ts';
import type { PlacingRefused } from '../rules/placing.ts';
import type { Cart, ItemInCart } from '../store/cart-store.ts';
import type { OrderMailRow, TimelineEntryRow } from '../store/tables.ts';

export type OrderSource = Order;
export type OrderConnectionSource = Connection<Order>;
export type OrderItemSource = { item: Item; order: Order };
export type OrderTravellerSource = { traveller: Traveller; order: Order };
export type OrderSliceSource = Item['offer']['slices'][number];
export type TicketSource = { ticket: Ticket; order: Order };
export type OrderMailSource = OrderMailRow;
export type OrderTimelineEntrySource = TimelineEntryRow;
export type OrderRefusalSource = OrderRefusal & Partial<PlacingRefused> & { order?: Order | null };
export type CancellationQuoteSource = { quote: Quote; order: Order };
export type CartSource = Cart;

/** `today` is the current price, if the gateway has fetched it from the fare subgraph. */
export type CartItemSource = ItemInCart & { today?: Money | null };
export type FareOfferSource = { id: string };
export type AccountSource = { id: string };
export type AirportSource = { code: string };
