// Work as spans: a request from outside, the part of a service in it, and its steps.
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
import { newId, startOf } from './trace.ts';

/** From the global provider, once it is registered; until then spans are empty. */
export const tracer = trace.getTracer('fareloom');

const OUTSIDE = createContextKey('the parent is a client');

/** Whether the parent in this context was sent by a client. */
export const isFromOutside = (at: Context): boolean => at.getValue(OUTSIDE) === true;

/** A request from outside that is not answered yet. */
export interface OpenRequest {
  traceId: string;
  /** Continues the request in its trace. */
  goOn(next: () => void): void;
  end(status: number): void;
}

/**
 * Begins the trace of a request from outside, or continues the client's. From the client only the two ids are used: we
 * decide whether to record the trace, and ignore its baggage.
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
  /** The traceparent of its cause; without one it begins a trace. */
  cause: string | undefined;
  attributes?: Attributes;
  /** Whether the cause waits for the result. */
  isAsked?: boolean;
}

/** Runs a piece of work as a span of its cause's trace, whatever the current trace is. */
export function inSpan<T>(name: string, { service, cause, attributes = {}, isAsked }: Piece, work: () => Promise<T>) {
  const kind = isAsked ? SpanKind.SERVER : SpanKind.INTERNAL;
  const start = startOf(service, cause);
  return within(tracer.startSpan(name, { kind, attributes }, start), start, work);
}

/** Runs a step of the current work as a span; if the current trace is not recorded, only runs it. */
export function step<T>(name: string, attributes: Attributes, work: (span?: Span) => Promise<T>): Promise<T> {
  if (!trace.getActiveSpan()?.isRecording()) return work();
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes });
  return within(span, context.active(), () => work(span));
}

/** Records a step that has just ended, after `took` ms. */
export function stepDone(name: string, attributes: Attributes, took: number): void {
  if (!trace.getActiveSpan()?.isRecording()) return;
  const now = performance.now();
  tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime: now - took }).end(now);
}

/** Runs the work in the span, then ends the span. */
export const within = <T>(span: Span, at: Context, work: () => Promise<T>): Promise<T> =>
  context.with(trace.setSpan(at, span), () => ended(span, work));

/** Awaits the work, then ends the span. */
export async function ended<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // its name, not its message, which may contain anything
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
  }
}
