// The promises of an order's trace, in one process or in many.
import assert from 'node:assert/strict';
import { type SpanSeen, wayTo } from '../kit/collector.ts';

/** A span as a trace viewer shows it. */
export const told = ({ service, name }: SpanSeen): string => `${service}: ${name}`;

/** The spans from the request that placed the order to the ticket, across all services. */
export function assertWayToTicket(spans: readonly SpanSeen[]): void {
  const ticket = spans.find(({ name }) => name === 'insert ticket');
  assert.ok(ticket, 'the trace contains the ticket');
  const way = wayTo(ticket, spans).map(told);
  const last = way.findIndex((step) => step.startsWith('issue-tickets: '));
  assert.deepEqual(
    // the event and the due row race for the ticket
    way.slice(0, last).filter((step) => step !== 'relay-outbox: publish order.paid'),
    [
      'gateway: POST /graphql',
      'gateway: ask order',
      'order: answer order',
      'order: mutation PlaceOrder__order__0',
      'order: graphql.resolve placeOrder',
      'relay-outbox: publish order.placed',
      'hold-stock: hold-stock order.placed',
      'relay-outbox: publish stock.held',
      'settle-orders: settle-orders stock.held',
      'relay-outbox: publish order.awaiting-payment',
      'payment: payment succeeded',
      'relay-outbox: publish payment.captured',
      'settle-orders: settle-orders payment.captured',
    ],
  );
}

/** One root, and no span whose parent is lost. */
export function assertWhole(spans: readonly SpanSeen[]): void {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  assert.deepEqual(spans.filter(({ parentSpanId }) => !parentSpanId).map(told), ['gateway: POST /graphql']);
  const lost = spans.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId));
  assert.deepEqual(lost.map(told), []);
}
