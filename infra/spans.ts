// Pieces of work as spans: a request, what a service does of it, its steps, the events it takes in.
import {
  type Attributes,
  context,
  type Context,
  createContextKey,
  isSpanContextValid,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { newId, startOf, takingIn, traceparentOf } from './trace.ts';

const tracer = trace.getTracer('fareloom'); // of the global provider, once there is one; until then its spans are empty

const OUTSIDE = createContextKey('the parent is a client');

/** Whether the parent in this context is a client's word. */
export const isFromOutside = (at: Context): boolean => at.getValue(OUTSIDE) === true;

/** A request that came in from outside, until it is answered. */
export interface OpenRequest {
  traceId: string;
  /** Goes on with the request in its trace. */
  goOn(next: () => void): void;
  end(status: number): void;
}

/**
 * Begins the trace of a request from outside, or its part of the client's. Of what a client says only the two ids are
 * taken: whether the trace is recorded is ours to decide, and its baggage stays outside.
 */
export function openRequest(service: string, name: string, traceparent: unknown, attributes: Attributes): OpenRequest {
  const start = startOf(service, String(traceparent)).setValue(OUTSIDE, true);
  const begun = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, start);
  const own = { traceId: newId(16), spanId: newId(8), traceFlags: TraceFlags.NONE };
  const span = isSpanContextValid(begun.spanContext()) ? begun : trace.wrapSpanContext(own);
  const at = trace.setSpan(start, span);
  return {
    traceId: span.spanContext().traceId,
    goOn: (next) => context.with(at, next),
    end(status) {
      span.setAttribute('http.response.status_code', status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** A piece of work of a service. */
export interface Piece {
  service: string;
  /** The traceparent of what caused it; without one it begins a trace. */
  cause: string | undefined;
  attributes?: Attributes;
  /** Whoever caused it waits for its answer. */
  isAsked?: boolean;
}

/** Does a piece of work as a span of the trace that caused it, whatever trace is being worked on here. */
export function inSpan<T>(name: string, { service, cause, attributes = {}, isAsked }: Piece, work: () => Promise<T>) {
  const kind = isAsked ? SpanKind.SERVER : SpanKind.INTERNAL;
  const start = startOf(service, cause);
  return within(tracer.startSpan(name, { kind, attributes }, start), start, work);
}

/** A step of the work here as a span; nothing but the work where no trace is being worked on. */
export function step<T>(name: string, attributes: Attributes, work: (span?: Span) => Promise<T>): Promise<T> {
  if (!trace.getActiveSpan()) return work();
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes });
  return within(span, context.active(), () => work(span));
}

/** Notes a step that has ended just now, after so many ms. */
export function stepDone(name: string, attributes: Attributes, took: number): void {
  if (!trace.getActiveSpan()?.isRecording()) return;
  const now = performance.now();
  tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime: now - took }).end(now);
}

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
      return { ...event, traceparent: traceparentOf(span.spanContext()) };
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
  return traceparentOf(there.spanContext());
}

/** The work's end is the end of all of them; who waits for it hears of what went wrong. */
function endWith(done: Promise<unknown>, spans: readonly Span[]): void {
  for (const span of spans) void ended(span, () => done).catch(() => undefined);
}

const within = <T>(span: Span, at: Context, work: () => Promise<T>): Promise<T> =>
  context.with(trace.setSpan(at, span), () => ended(span, work));

/** The work, and at its end the span's. */
async function ended<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // its name, not its message: that may tell anything
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
  }
}
