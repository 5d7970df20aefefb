// How the gateway tells a subgraph how long its answer is waited for. It is signed with the identity.

/** The header that carries it: ms from the moment it is sent, so that no two clocks are compared. */
export const TIME_LEFT_HEADER = 'x-fareloom-time-left';

/** What the header says, in ms; Infinity where it says nothing. */
export const parseTimeLeft = (text: string | undefined): number =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : Infinity;
