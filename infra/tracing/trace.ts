// Which trace is being worked on: carried along all that is awaited, from the request to the last event.
// OpenTelemetry's API alone, which is a few kilobytes: without telemetry.ts nothing is recorded, and only the ids go on.
import {
  context,
  type Context,
  createContextKey,
  isSpanContextValid,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { randomBytes } from 'node:crypto';
import { TRACEPARENT, traceIdOf } from '../../schema/wire/traceparent.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager());

const SERVICE = createContextKey('the service at work');
const ORDER = createContextKey('the order that is worked on');
const EVENTS = createContextKey('the events that are taken in, by their trace ids');

/** The service at work, as traces name it. */
export const serviceIn = (at: Context): string | undefined => at.getValue(SERVICE) as string | undefined;

/** What a log line says of where it was written: the trace and, where an event of an order is taken in, the order. */
export function whereabouts(): { traceId?: string; order?: string } {
  const traceId = spanHere()?.traceId;
  const order = context.active().getValue(ORDER) as string | undefined;
  return { ...(traceId !== undefined && { traceId }), ...(order !== undefined && { order }) };
}

/** An id of so many bytes, in hexadecimal digits. */
export const newId = (bytes: 8 | 16): string => randomBytes(bytes).toString('hex');

/** The trace id here, 32 hexadecimal digits; one of its own where no trace is being worked on. */
export const traceIdHere = (): string => spanHere()?.traceId ?? newId(16);

/** The W3C traceparent for whoever is called from here; undefined where no trace is being worked on. */
export function traceparentHere(): string | undefined {
  const here = spanHere();
  return here && traceparentOf(here);
}

/** The span at work, if any: what nobody records and nothing caused has one whose ids are all zeros. */
function spanHere(): SpanContext | undefined {
  const here = trace.getSpanContext(context.active());
  return here && isSpanContextValid(here) ? here : undefined;
}

/** The traceparent that a span gives to whoever it calls. */
export const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags & TraceFlags.SAMPLED ? '01' : '00'}`;

/** The traceparent that an event of this trace goes on with: of the span here that works on it, or the one that was given. */
export function continued(traceparent: string | undefined): string | undefined {
  const id = traceIdOf(traceparent);
  if (id === null) return traceparentHere();
  const here = context.active();
  const spans = [here, eventsIn(here)?.get(id)].map((at) => at && trace.getSpanContext(at));
  const mine = spans.find((span) => span?.traceId === id);
  return mine ? traceparentOf(mine) : traceparent;
}

/** Where a service's own piece of work begins, after its cause: whatever else was carried along ends there. */
export function startOf(service: string, traceparent?: string, order?: string): Context {
  const named = ROOT_CONTEXT.setValue(SERVICE, service);
  const about = order === undefined ? named : named.setValue(ORDER, order);
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (!traceId || !spanId) return about;
  return trace.setSpanContext(about, { traceId, spanId, traceFlags: parseInt(flags!, 16), isRemote: true });
}

/** Several events are taken in here, each of a trace of its own. */
export const takingIn = (at: Context, events: ReadonlyMap<string, Context>): Context => at.setValue(EVENTS, events);

const eventsIn = (at: Context) => at.getValue(EVENTS) as ReadonlyMap<string, Context> | undefined;

/** Does the work in the trace of one of the events that are being taken in. */
export function ofEvent<T>({ traceparent }: { traceparent?: string }, work: () => T): T {
  const at = eventsIn(context.active())?.get(traceIdOf(traceparent) ?? '');
  return at ? context.with(at, work) : work();
}

/** Does the work outside of any trace: a loop that a request happens to start is not that request's. */
export const outsideTraces = <T>(work: () => T): T => context.with(ROOT_CONTEXT, work);
