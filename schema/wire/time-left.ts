// The time that the gateway waits for a subgraph's answer. The header is signed with the identity.

/** The header's value is in ms from the moment of sending, so that no clocks are compared. */
export const TIME_LEFT_HEADER = 'x-fareloom-time-left';

/** Parses the header, in ms; Infinity without it. */
export const parseTimeLeft = (text: string | undefined): number =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : Infinity;
