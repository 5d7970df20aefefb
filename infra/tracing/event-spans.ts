// Events as spans: where one is handed on and where it is taken in, each in its own trace.
import { type Context, isSpanContextValid, type Span, SpanKind, trace } from '@opentelemetry/api';
import { ended, tracer, within } from './spans.ts';
import { startOf, takingIn, traceparentOf } from './trace.ts';

/** An event as far as its trace goes. */
export interface TracedEvent {
  type: string;
  traceparent?: string;
  data: object;
}

/**
 * Takes events in as spans of their own traces. Several at a time share the work: it is a trace of its own, linked with
 * theirs, and `ofEvent` leads back into one of them.
 */
export function takeIn<T>(consumer: string, events: readonly TracedEvent[], work: () => Promise<T>): Promise<T> {
  if (events.length === 1) {
    const { span, at } = beginEvent(consumer, events[0]!);
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

/** Hands events on, each as a step of its own trace: whoever takes it in goes on from there. */
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
      return isSpanContextValid(at) ? { ...event, traceparent: traceparentOf(at) } : event;
    }),
  );
  endWith(handed, spans);
  return handed;
}

/**
 * Goes over into another trace: the work here has told of what goes on there. The two spans are linked; the answer is
 * the traceparent of the one that goes on.
 */
export function crossed(name: string, service: string, traceparent: string): string {
  const here = trace.getActiveSpan();
  const links = here ? [{ context: here.spanContext() }] : [];
  const there = tracer.startSpan(name, { links }, startOf(service, traceparent));
  here?.addLink({ context: there.spanContext() });
  there.end();
  return isSpanContextValid(there.spanContext()) ? traceparentOf(there.spanContext()) : traceparent;
}

/** The work's end is the end of all of them; who waits for it hears of what went wrong. */
function endWith(done: Promise<unknown>, spans: readonly Span[]): void {
  for (const span of spans) void ended(span, () => done).catch(() => undefined);
}
