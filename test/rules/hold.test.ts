// The state machine of a hold: every transition, every refusal, and invariants under any sequence of commands.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Command,
  decide,
  type HoldDecision,
  type Hold,
  type HoldRefusal,
  type HoldState,
} from '../../subgraphs/stock/rules/hold.ts';
import { after, moves, newsOf, type Seats } from '../../subgraphs/stock/rules/seats.ts';

const seatsOf = (total: number): Seats => ({ total, available: total, held: 0, sold: 0, revision: 1 });
const seven = (id: string): Seats | undefined => (id === 'none' ? undefined : seatsOf(7));

const hold: Command = {
  act: 'hold',
  seats: [
    { departureId: 'b', seats: 2 },
    { departureId: 'a', seats: 1 },
  ],
};
const back = (returnId: string, b: number, a = 0): Command => ({
  act: 'return',
  returnId,
  seats: [
    { departureId: 'b', seats: b },
    { departureId: 'a', seats: a },
  ].filter(({ seats }) => seats),
});
const commands: Record<string, Command> = {
  hold,
  release: { act: 'release' },
  confirm: { act: 'confirm' },
  'return some': back('r2', 1),
  'return all': back('r2', 2, 1),
  'return again': back('r1', 1),
  'return too many': back('r2', 3),
  'return of another flight': { act: 'return', returnId: 'r2', seats: [{ departureId: 'c', seats: 1 }] },
};

const lines = [
  { departure: 'a', seats: 1, returned: 0 },
  { departure: 'b', seats: 2, returned: 0 },
];
const at = (state: HoldState, change: Partial<Hold> = {}): Hold => ({
  state,
  revision: 3,
  lines,
  returns: [],
  ...change,
});
const holds: Record<string, Hold | null> = {
  none: null,
  HELD: at('HELD'),
  CONFIRMED: at('CONFIRMED'),
  RELEASED: at('RELEASED'),
  TOMBSTONE: at('TOMBSTONE', { lines: [] }),
  RETURNED: at('RETURNED', { lines: lines.map((line) => ({ ...line, returned: line.seats })), returns: ['r1'] }),
};

/** The result of each command in each state: the next state, or a refusal in lower case. */
const table: Record<string, Record<keyof typeof commands, HoldState | Lowercase<HoldRefusal>>> = {
  none: row('HELD', 'TOMBSTONE', 'not_held', 'not_sold', 'not_sold', 'not_sold', 'not_sold', 'not_sold'),
  HELD: row(
    ...(['already_held', 'RELEASED', 'CONFIRMED', 'CONFIRMED', 'RETURNED'] as const),
    ...(['CONFIRMED', 'more_than_sold', 'more_than_sold'] as const),
  ),
  CONFIRMED: row(
    ...(['already_held', 'already_sold', 'already_sold', 'CONFIRMED', 'RETURNED'] as const),
    ...(['CONFIRMED', 'more_than_sold', 'more_than_sold'] as const), // r1 is new to this hold
  ),
  RELEASED: over(),
  TOMBSTONE: over(),
  RETURNED: row(
    ...(['already_held', 'already_sold', 'already_sold', 'more_than_sold', 'more_than_sold'] as const),
    ...(['returned_before', 'more_than_sold', 'more_than_sold'] as const),
  ),
};

type Cell = HoldState | Lowercase<HoldRefusal>;
function row(...cells: [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell]) {
  return Object.fromEntries(Object.keys(commands).map((name, i) => [name, cells[i]!]));
}
function over() {
  const nothing = ['not_sold', 'not_sold', 'not_sold', 'not_sold', 'not_sold'] as const;
  return row('released_before', 'already_released', 'not_held', ...nothing);
}

const outcome = (decision: HoldDecision): Cell =>
  'refused' in decision ? (decision.refused.toLowerCase() as Lowercase<HoldRefusal>) : decision.next.state;

describe('a hold', () => {
  for (const [state, cells] of Object.entries(table)) {
    test(`that is ${state} has these transitions and no others`, () => {
      const found = Object.entries(commands).map(([name, command]) => [
        name,
        outcome(decide(holds[state]!, command, seven)),
      ]);
      assert.deepEqual(Object.fromEntries(found), cells);
    });
  }

  test('takes its seats on every departure, each once and in the order of the ids', () => {
    const twice: Command = { act: 'hold', seats: [...hold.seats, { departureId: 'b', seats: 3 }] };
    assert.deepEqual(decide(null, twice, seven), {
      next: {
        state: 'HELD',
        revision: 1,
        lines: [
          { departure: 'a', seats: 1, returned: 0 },
          { departure: 'b', seats: 5, returned: 0 },
        ],
        returns: [],
      },
      moves: [
        { departure: 'a', kind: 'HELD', seats: 1 },
        { departure: 'b', kind: 'HELD', seats: 5 },
      ],
    });
  });

  test('is refused as a whole, and the refusal names the departures that lack seats', () => {
    const asked = (b: number, c = 'c'): Command => ({
      act: 'hold',
      seats: [
        { departureId: 'a', seats: 7 },
        { departureId: 'b', seats: b },
        { departureId: 'b', seats: 4 },
        { departureId: c, seats: 1 },
      ],
    });
    assert.deepEqual(decide(null, asked(4), seven), { refused: 'SOLD_OUT', departures: ['b'] });
    assert.deepEqual(decide(null, asked(1, 'none'), seven), { refused: 'NOT_ON_SALE', departures: ['none'] });
    assert.equal(outcome(decide(null, asked(3), seven)), 'HELD');
  });

  test('is returned in parts, each return once, and is RETURNED with the last seat', () => {
    let current = at('CONFIRMED');
    const states = [back('r1', 1), back('r2', 0, 1), back('r1', 1), back('r3', 2), back('r4', 1)].map((command) => {
      const decision = decide(current, command, seven);
      if ('next' in decision) current = decision.next;
      return outcome(decision);
    });
    assert.deepEqual(states, ['CONFIRMED', 'CONFIRMED', 'returned_before', 'more_than_sold', 'RETURNED']);
    assert.deepEqual(current.returns, ['r1', 'r2', 'r4']);
  });
});

describe('any sequence of commands', () => {
  const departures = ['a', 'b', 'c'];
  const asked = fc.array(
    fc.record({ departureId: fc.constantFrom(...departures, 'none'), seats: fc.integer({ min: 1, max: 4 }) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  );
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.record({ act: fc.constant('hold' as const), seats: asked }),
    fc.constant({ act: 'release' as const }),
    fc.constant({ act: 'confirm' as const }),
    fc.record({ act: fc.constant('return' as const), returnId: fc.constantFrom('r1', 'r2', 'r3'), seats: asked }),
  );
  const story = fc.array(fc.record({ order: fc.constantFrom('o1', 'o2', 'o3', 'o4'), command }), { maxLength: 60 });

  interface State {
    seats: Map<string, Seats>;
    holds: Map<string, Hold>;
  }
  type Step = { order: string; command: Command };

  /** Runs the steps on three departures of seven seats; returns those that were not refused. `see` runs after each step. */
  function play(steps: readonly Step[], see = (_: State): void => undefined): State & { done: Step[] } {
    const state: State = { seats: new Map(departures.map((id) => [id, seatsOf(7)])), holds: new Map() };
    const done = steps.filter(({ order, command }) => {
      const decision = decide(state.holds.get(order) ?? null, command, (id) => state.seats.get(id));
      if ('refused' in decision) return false;
      state.holds.set(order, decision.next);
      for (const { departure, kind, seats } of decision.moves)
        state.seats.set(departure, after(state.seats.get(departure)!, moves[kind](seats)));
      see(state);
      return true;
    });
    return { ...state, done };
  }

  test('no counter is ever below zero; the counters add up to the total and match the holds', () => {
    fc.assert(
      fc.property(story, (steps) => {
        play(steps, ({ seats, holds }) => {
          for (const [id, { available, held, sold, total }] of seats) {
            const of = (state: HoldState) =>
              [...holds.values()]
                .filter((hold) => hold.state === state)
                .flatMap(({ lines }) => lines)
                .filter(({ departure }) => departure === id)
                .reduce((sum, line) => sum + line.seats - line.returned, 0);
            assert.ok(Math.min(available, held, sold) >= 0);
            assert.deepEqual([available + held + sold, held, sold], [total, of('HELD'), of('CONFIRMED')]);
          }
        });
      }),
    );
  });

  test('a repeated command changes nothing', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const once = play(steps);
        assert.deepEqual(play(once.done.flatMap((step) => [step, step])), once);
      }),
    );
  });
});

describe('seats', () => {
  test('that would fall below zero throw an error, whichever counter it is', () => {
    const seats: Seats = { total: 3, available: 1, held: 1, sold: 1, revision: 1 };
    for (const change of Object.values(moves)) {
      assert.equal(after(seats, change(1)).total, 3);
      assert.throws(() => after(seats, change(2)), /seats cannot become/);
    }
    assert.throws(() => after(seats, { available: -2, held: 0, sold: 0 }), /seats cannot become/);
  });

  const cases: [before: number, now: number, news: string[]][] = [
    [10, 9, ['stock.low']],
    [150, 3, ['stock.low']],
    [9, 8, []],
    [10, 0, ['stock.sold-out']],
    [1, 0, ['stock.sold-out']],
    [0, 0, []],
    [0, 1, ['stock.back-on-sale']],
    [0, 150, ['stock.back-on-sale']],
    [3, 12, []],
  ];
  for (const [before, now, news] of cases) {
    test(`from ${before} to ${now} are reported as ${news.join() || 'nothing'}`, () =>
      assert.deepEqual(newsOf(before, now), news));
  }
});
