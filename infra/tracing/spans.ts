// Pieces of work as spans: a request from outside, what a service does of it, and its steps.
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

/** Of the global provider, once there is one; until then its spans are empty. */
export const tracer = trace.getTracer('fareloom');

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

/** Does the work in the span, and ends it then. */
export const within = <T>(span: Span, at: Context, work: () => Promise<T>): Promise<T> =>
  context.with(trace.setSpan(at, span), () => ended(span, work));

/** The work, and at its end the span's. */
export async function ended<T>(span: Span, work: () => Promise<T>): Promise<T> {
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
