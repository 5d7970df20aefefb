// The current trace, carried through all awaited work from the request to the last event. Uses only OpenTelemetry's API
// of a few kilobytes: without telemetry.ts nothing is recorded, and only the ids are passed on.
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
import { randomFillSync } from 'node:crypto';
import { TRACEPARENT, traceIdOf } from '../../schema/wire/traceparent.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager());

const SERVICE = createContextKey('the current service');
const ORDER = createContextKey('the current order');
const EVENTS = createContextKey('the current events, by their trace ids');

/** The service of the current work, as traces name it. */
export const serviceIn = (at: Context): string | undefined => at.getValue(SERVICE) as string | undefined;

/** Context fields of a log line: the trace and, while an order's event is handled, the order. */
export function whereabouts(): { traceId?: string; order?: string } {
  const traceId = spanHere()?.traceId;
  const order = context.active().getValue(ORDER) as string | undefined;
  return { ...(traceId !== undefined && { traceId }), ...(order !== undefined && { order }) };
}

const random = Buffer.alloc(4096); // filled at once: a call of the generator costs more than the bytes
let used = random.length;

/** A random id of this many bytes, in hexadecimal digits. */
export function newId(bytes: 8 | 16): string {
  if (used + bytes > random.length) {
    randomFillSync(random);
    used = 0;
  }
  return random.toString('hex', used, (used += bytes));
}

/** The current trace id, 32 hexadecimal digits; a new one without a current trace. */
export const traceIdHere = (): string => spanHere()?.traceId ?? newId(16);

/** The W3C traceparent for a call from here; undefined without a current trace. */
export function traceparentHere(): string | undefined {
  const here = spanHere();
  return here && spanTraceparent(here);
}

/** The current span, if any: one without a recorder and a parent has ids that are all zeros. */
function spanHere(): SpanContext | undefined {
  const here = trace.getSpanContext(context.active());
  return here && isSpanContextValid(here) ? here : undefined;
}

/** The traceparent of a span, for the calls that it makes. */
export const spanTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags & TraceFlags.SAMPLED ? '01' : '00'}`;

/** The traceparent for an event of this trace: of the current span, or the given one. */
export function continued(traceparent: string | undefined): string | undefined {
  const id = traceIdOf(traceparent);
  if (id === null) return traceparentHere();
  const here = context.active();
  const spans = [here, eventsIn(here)?.get(id)].map((at) => at && trace.getSpanContext(at));
  const mine = spans.find((span) => span?.traceId === id);
  return mine ? spanTraceparent(mine) : traceparent;
}

/**
 * The context in which a service's piece of work begins, as a child of its cause; drops everything else that was
 * carried along.
 */
export function startOf(service: string, traceparent?: string, order?: string): Context {
  const named = ROOT_CONTEXT.setValue(SERVICE, service);
  const about = order === undefined ? named : named.setValue(ORDER, order);
  const [, traceId, spanId, flags = ''] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (!traceId || !spanId) return about;
  return trace.setSpanContext(about, { traceId, spanId, traceFlags: parseInt(flags, 16), isRemote: true });
}

/** A context in which several events are handled, each with its own trace. */
export const takingIn = (at: Context, events: ReadonlyMap<string, Context>): Context => at.setValue(EVENTS, events);

const eventsIn = (at: Context) => at.getValue(EVENTS) as ReadonlyMap<string, Context> | undefined;

/** Runs the work in the trace of one of the events that are being handled. */
export function ofEvent<T>({ traceparent }: { traceparent?: string }, work: () => T): T {
  const at = eventsIn(context.active())?.get(traceIdOf(traceparent) ?? '');
  return at ? context.with(at, work) : work();
}

/** Runs the work outside of any trace: a loop that a request happens to start does not belong to that request. */
export const outsideTraces = <T>(work: () => T): T => context.with(ROOT_CONTEXT, work);
