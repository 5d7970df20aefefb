// Spans for events: one where an event is published and one where it is handled, each in the event's own trace.
import { type Context, isSpanContextValid, type Span, SpanKind, trace } from '@opentelemetry/api';
import type { NonEmpty } from '../../schema/values/non-empty.ts';
import { ended, tracer, within } from './spans.ts';
import { startOf, takingIn, spanTraceparent } from './trace.ts';

/** The properties of an event that tracing uses. */
export interface TracedEvent {
  type: string;
  traceparent?: string;
  data: object;
}

/**
 * Runs the handling of events as spans of their own traces. Several events are handled together in a batch trace,
 * linked with theirs; `ofEvent` leads back into one of them.
 */
export function inConsumerSpan<T>(consumer: string, events: NonEmpty<TracedEvent>, work: () => Promise<T>): Promise<T> {
  const [first, ...others] = events;
  if (!others.length) {
    const { span, at } = beginEvent(consumer, first);
    return within(span, at, work);
  }
  const begun = events.filter((event) => event.traceparent !== undefined).map((event) => beginEvent(consumer, event));
  const byTrace = new Map(begun.map(({ span, at }) => [span.spanContext().traceId, at]));
  const start = takingIn(startOf(consumer), byTrace);
  const links = begun.map(({ span }) => ({ context: span.spanContext() }));
  const attributes = { 'messaging.batch.message_count': events.length };
  const batch = tracer.startSpan(`${consumer} batch`, { kind: SpanKind.CONSUMER, attributes, links }, start);
  const done = within(batch, start, work);
  endWith(
    done,
    begun.map(({ span }) => span),
  );
  return done;
}

function beginEvent(consumer: string, { type, traceparent, data }: TracedEvent): { span: Span; at: Context } {
  const { orderId: order } = data as { orderId?: string };
  const start = startOf(consumer, traceparent, order);
  const attributes = { 'messaging.consumer.group.name': consumer, ...(order !== undefined && { 'order.id': order }) };
  const span = tracer.startSpan(`${consumer} ${type}`, { kind: SpanKind.CONSUMER, attributes }, start);
  return { span, at: trace.setSpan(start, span) };
}

/** Publishes events, each as a span of its own trace, which the consumers continue. */
export function handOn<E extends TracedEvent>(
  service: string,
  events: readonly E[],
  hand: (events: E[]) => Promise<void>,
) {
  const spans: Span[] = [];
  const handed = hand(
    events.map((event) => {
      if (event.traceparent === undefined) return event;
      const start = startOf(service, event.traceparent);
      const span = tracer.startSpan(`publish ${event.type}`, { kind: SpanKind.PRODUCER }, start);
      spans.push(span);
      const at = span.spanContext();
      return isSpanContextValid(at) ? { ...event, traceparent: spanTraceparent(at) } : event;
    }),
  );
  endWith(handed, spans);
  return handed;
}

/**
 * Adds a span to another trace that the current work affects, and links the two. Returns the traceparent of the new
 * span.
 */
export function crossed(name: string, service: string, traceparent: string): string {
  const here = trace.getActiveSpan();
  const links = here ? [{ context: here.spanContext() }] : [];
  const there = tracer.startSpan(name, { links }, startOf(service, traceparent));
  here?.addLink({ context: there.spanContext() });
  there.end();
  return isSpanContextValid(there.spanContext()) ? spanTraceparent(there.spanContext()) : traceparent;
}

/** Ends all spans with the work; its error is left to the caller who awaits it. */
function endWith(done: Promise<unknown>, spans: readonly Span[]): void {
  for (const span of spans) void ended(span, () => done).catch(() => undefined);
}
