// Rules for clocks, so that a process with a wrong clock does not affect others.

/**
 * Seconds for which a signed token is accepted after its expiry: another process signed it, and that process' clock set
 * the expiry. Machines with NTP differ by far less.
 */
export const CLOCK_TOLERANCE = 30;

/**
 * The reply header with the subgraph's time, in milliseconds since 1970: the gateway has no database clock of its own.
 */
export const TIME_HEADER = 'x-fareloom-time';
