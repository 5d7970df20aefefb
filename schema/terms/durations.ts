// Durations in milliseconds, the unit of every duration in the code unless its comment names another.

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
