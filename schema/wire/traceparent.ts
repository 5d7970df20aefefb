// The W3C traceparent, which propagates a trace between programs, and from an event to its effects.

/** A valid traceparent of the only version: trace id, parent id and flags. */
export const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** A traceparent for a request of which only the trace id (32 hexadecimal digits) is known. */
export const traceparentOf = (traceId: string): string => `00-${traceId}-${traceId.slice(16)}-01`;

/** The trace id in a traceparent; null if it is invalid. */
export const traceIdOf = (traceparent: string | undefined): string | null =>
  TRACEPARENT.exec(traceparent ?? '')?.[1] ?? null;
