// A hold's life: none -> HELD -> CONFIRMED | RELEASED, CONFIRMED -> RETURNED in parts. A release that arrives before its
// hold leaves a TOMBSTONE; a return that arrives before its payment sells the seats first. Only events of the order
// change a hold: it has no timer of its own.
import { isRefused, type Refused } from '../../../schema/errors.ts';
import type { Event, Payload } from '../../../schema/events.ts';
import type { Seats, SeatMove } from './seats.ts';

export type HoldState = 'HELD' | 'CONFIRMED' | 'RELEASED' | 'TOMBSTONE' | 'RETURNED';

/** The seats of a hold on one departure; `returned` of them were sold and came back. */
export interface HoldLine {
  departure: string;
  seats: number;
  returned: number;
}

/** All the seats of one order. */
export interface Hold {
  state: HoldState;
  /** Starts at 1; each change adds one. */
  revision: number;
  /** One line per departure. None on a tombstone. */
  lines: readonly HoldLine[];
  /** The ids of the returns already made. */
  returns: readonly string[];
}

/** The order events that change a hold. */
export const orderNews = [
  'order.placed',
  'order.rejected',
  'order.closing',
  'order.paid',
  'order.seats-given-back',
] as const;
export type OrderNews = { [K in (typeof orderNews)[number]]: Event<K> }[(typeof orderNews)[number]];

type Asked = Payload<'order.placed'>['seats'];

/** A request of an order about its seats. */
export type Command =
  | { act: 'hold'; seats: Asked }
  | { act: 'release' }
  | { act: 'confirm' }
  | { act: 'return'; returnId: string; seats: Asked };

/** Why a hold does not change. */
export type HoldRefusal =
  | Payload<'stock.refused'>['because']
  | 'ALREADY_HELD'
  | 'ALREADY_RELEASED'
  | 'ALREADY_SOLD'
  | 'NOT_HELD'
  | 'NOT_SOLD'
  | 'RETURNED_BEFORE'
  | 'MORE_THAN_SOLD';

/** Seats of one departure that change state. */
export interface Moved {
  departure: string;
  kind: SeatMove;
  seats: number;
}

export type HoldDecision =
  | { next: Hold; moves: readonly Moved[] }
  /** `departures` are those that caused the refusal. */
  | (Refused<HoldRefusal> & { departures: readonly string[] });

/** Decides a command on an order's hold, which is null before the first. `on` gives the seats of a departure on sale. */
export function decide(
  hold: Hold | null,
  command: Command,
  on: (departure: string) => Seats | undefined,
): HoldDecision {
  switch (command.act) {
    case 'hold':
      return take(hold, command.seats, on);
    case 'release':
      return release(hold);
    case 'confirm':
      return confirm(hold);
    case 'return':
      return giveBack(hold, command);
  }
}

/** Holds all of the seats or none. */
function take(hold: Hold | null, asked: Asked, on: (departure: string) => Seats | undefined): HoldDecision {
  if (hold) return refuse(isOver(hold) ? 'RELEASED_BEFORE' : 'ALREADY_HELD');
  const lines = linesOf(asked);
  const wanted = lines.map((line) => ({ line, available: on(line.departure)?.available }));
  const unknown = wanted.filter(({ available }) => available === undefined).map(({ line }) => line);
  if (unknown.length) return refuse('NOT_ON_SALE', unknown);
  const short = wanted.filter(({ line, available = 0 }) => available < line.seats).map(({ line }) => line);
  if (short.length) return refuse('SOLD_OUT', short);
  return { next: { state: 'HELD', revision: 1, lines, returns: [] }, moves: moving('HELD', lines) };
}

function release(hold: Hold | null): HoldDecision {
  if (!hold) return { next: { state: 'TOMBSTONE', revision: 1, lines: [], returns: [] }, moves: [] };
  if (isOver(hold)) return refuse('ALREADY_RELEASED');
  if (hold.state !== 'HELD') return refuse('ALREADY_SOLD');
  return { next: step(hold, { state: 'RELEASED' }), moves: moving('RELEASED', hold.lines) };
}

function confirm(hold: Hold | null): HoldDecision {
  if (!hold || isOver(hold)) return refuse('NOT_HELD');
  if (hold.state !== 'HELD') return refuse('ALREADY_SOLD');
  return { next: step(hold, { state: 'CONFIRMED' }), moves: moving('CONFIRMED', hold.lines) };
}

/** Returns some or all of the sold seats, each return once. Only paid orders return seats, so a hold still HELD is confirmed first. */
function giveBack(hold: Hold | null, command: Extract<Command, { act: 'return' }>): HoldDecision {
  const { returnId, seats } = command;
  if (hold?.returns.includes(returnId)) return refuse('RETURNED_BEFORE');
  if (hold?.state === 'HELD') return inTurn(confirm(hold), (sold) => giveBack(sold, command));
  if (hold?.state !== 'CONFIRMED') return refuse(hold?.state === 'RETURNED' ? 'MORE_THAN_SOLD' : 'NOT_SOLD');
  const back = linesOf(seats);
  const beyond = back.filter(({ departure, seats }) => {
    const line = hold.lines.find((each) => each.departure === departure);
    return !line || line.returned + seats > line.seats;
  });
  if (beyond.length) return refuse('MORE_THAN_SOLD', beyond);
  const lines = hold.lines.map((line) => {
    const seats = back.find(({ departure }) => departure === line.departure)?.seats ?? 0;
    return { ...line, returned: line.returned + seats };
  });
  const state = lines.every(({ seats, returned }) => seats === returned) ? 'RETURNED' : 'CONFIRMED';
  return { next: step(hold, { state, lines, returns: [...hold.returns, returnId] }), moves: moving('RETURNED', back) };
}

/** Combines two decisions: both apply or neither. */
function inTurn(first: HoldDecision, then: (next: Hold) => HoldDecision): HoldDecision {
  if (isRefused(first)) return first;
  const second = then(first.next);
  return isRefused(second) ? second : { next: second.next, moves: [...first.moves, ...second.moves] };
}

/** Whether the hold ended before a sale: its seats were released, or will never be held. */
const isOver = ({ state }: Hold): boolean => state === 'RELEASED' || state === 'TOMBSTONE';

const step = (hold: Hold, change: Partial<Hold>): Hold => ({ ...hold, ...change, revision: hold.revision + 1 });

const refuse = (refused: HoldRefusal, lines: readonly HoldLine[] = []): HoldDecision => ({
  refused,
  departures: lines.map(({ departure }) => departure),
});

const moving = (kind: SeatMove, lines: readonly HoldLine[]): Moved[] =>
  lines.map(({ departure, seats }) => ({ departure, kind, seats }));

/** One line per departure, in the order of ids: two offers of one order may be for the same flight. */
function linesOf(asked: Asked): HoldLine[] {
  const byDeparture = Map.groupBy(asked, ({ departureId }) => departureId);
  return [...byDeparture]
    .map(([departure, some]) => ({ departure, seats: some.reduce((sum, { seats }) => sum + seats, 0), returned: 0 }))
    .sort((a, b) => (a.departure < b.departure ? -1 : 1));
}
