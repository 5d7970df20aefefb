// What processes agree on about their clocks, so that one that is off harms no other.

/**
 * How much longer than it says a signed token is believed, in seconds: it was signed by another process, and that one's
 * clock says when it is over. Machines that keep time by NTP differ by far less.
 */
export const CLOCK_TOLERANCE = 30;

/** The reply header in which a subgraph says what time it is, in milliseconds since 1970: the gateway has no database to ask. */
export const TIME_HEADER = 'x-fareloom-time';
