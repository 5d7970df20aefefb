// The W3C traceparent: how a trace goes on from one program to the next, and from an event to what it causes.

/** A good one of the version that there is: the trace's id, the parent's, and the flags. */
export const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The traceparent of a request of which no more is known than its trace id (32 hexadecimal digits). */
export const traceparentOf = (traceId: string): string => `00-${traceId}-${traceId.slice(16)}-01`;

/** The trace id in a traceparent; null without a good one. */
export const traceIdOf = (traceparent: string | undefined): string | null =>
  TRACEPARENT.exec(traceparent ?? '')?.[1] ?? null;
