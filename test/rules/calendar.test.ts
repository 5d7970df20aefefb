// The price calendar: fifteen days, with the lowest price marked.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Party } from '../../schema/terms/fare-words.ts';
import type { Search } from '../../schema/terms/shopping.ts';
import { calendar, calendarDates } from '../../subgraphs/fare/rules/calendar.ts';
import type { DayLowest } from '../../subgraphs/fare/rules/day.ts';
import type { Amounts } from '../../subgraphs/fare/rules/pricing.ts';

const AS_OF = '2026-03-01T12:00:00.000Z';
const search = (date: string, party: Party = { ADULT: 1, CHILD: 0, INFANT: 0 }): Search => ({
  origin: 'DEL',
  destination: 'BLR',
  date,
  now: Date.parse(AS_OF),
  today: '2026-03-01',
  party,
  cabin: 'ECONOMY',
  currency: 'INR',
});
const days = (known: Record<string, readonly Amounts[]>): ReadonlyMap<string, DayLowest> =>
  new Map(Object.entries(known).map(([date, lowest]) => [date, { asOf: AS_OF, lowest }]));

describe('the dates of a calendar', () => {
  for (const [date, first, last, why] of [
    ['2026-03-24', '2026-03-17', '2026-03-31', 'within a month'],
    ['2026-12-28', '2026-12-21', '2027-01-04', 'over New Year'],
    ['2028-02-25', '2028-02-18', '2028-03-03', 'over a leap day'],
    ['2027-02-25', '2027-02-18', '2027-03-04', 'over a February without one'],
    ['2026-03-29', '2026-03-22', '2026-04-05', 'over a day of 23 hours in Europe'],
    ['2026-11-01', '2026-10-25', '2026-11-08', 'over a day of 25 hours in America'],
  ] as const) {
    test(`of ${date} are ${first} to ${last}: ${why}`, () => {
      const dates = calendarDates(search(date));
      assert.deepEqual([dates[0], dates[7], dates[14]], [first, date, last]);
      assert.equal(new Set(dates).size, 15);
      assert.deepEqual(dates, dates.toSorted());
    });
  }
});

describe('the days of a calendar', () => {
  test('show the lowest total for the party; null for a day without offers, and no asOf for a past day', () => {
    const found = calendar(
      search('2026-03-08', { ADULT: 1, CHILD: 1, INFANT: 0 }),
      days({ '2026-03-02': [], '2026-03-08': [[1000, 900, 100], [1100, 100, 110]], '2026-03-09': [[1300, 0, 0]] }), // prettier-ignore
    );
    const shown = (at: number) => [found[at]!.date, found[at]!.price, found[at]!.asOf];
    assert.deepEqual(shown(0), ['2026-03-01', null, null]);
    assert.deepEqual(shown(1), ['2026-03-02', null, AS_OF]);
    assert.deepEqual(shown(7), ['2026-03-08', 1200, AS_OF]);
    assert.deepEqual(shown(8), ['2026-03-09', 1300, AS_OF]);
  });

  test('that share the lowest price are all marked, and the chosen one alone is selected', () => {
    const found = calendar(
      search('2026-03-24'),
      days({ '2026-03-18': [[700, 1, 1]], '2026-03-24': [[900, 1, 1]], '2026-03-30': [[700, 9, 9]] }), // prettier-ignore
    );
    const marked = (mark: 'isLowest' | 'isSelected') => found.filter((day) => day[mark]).map(({ date }) => date);
    assert.deepEqual(marked('isLowest'), ['2026-03-18', '2026-03-30']);
    assert.deepEqual(marked('isSelected'), ['2026-03-24']);
  });

  test('without a price are never the lowest', () => {
    const found = calendar(search('2026-03-24'), days({ '2026-03-24': [] }));
    assert.equal(found.length, 15);
    assert.ok(found.every(({ price, isLowest }) => price === null && !isLowest));
  });

  test('that are free are the lowest', () => {
    const found = calendar(search('2026-03-24'), days({ '2026-03-24': [[0, 0, 0]], '2026-03-25': [[1, 1, 1]] })); // prettier-ignore
    assert.deepEqual(
      found.filter(({ isLowest }) => isLowest).map(({ date, price }) => [date, price]),
      [['2026-03-24', 0]],
    );
  });

  test('are marked exactly if no day is cheaper, for random prices', () => {
    const prices = fc.array(fc.option(fc.nat(5)), {
      minLength: 15,
      maxLength: 15,
    });
    fc.assert(
      fc.property(prices, (list) => {
        const of = search('2026-03-24');
        const known = calendarDates(of).map((date, i) => [date, list[i] === null ? [] : [[list[i], 0, 0]]]);
        const found = calendar(of, days(Object.fromEntries(known) as Record<string, Amounts[]>));
        for (const { price, isLowest } of found) {
          const cheaper = found.some((other) => other.price !== null && price !== null && other.price < price);
          assert.equal(isLowest, price !== null && !cheaper);
        }
      }),
    );
  });
});
