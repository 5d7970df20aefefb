// Seats of a departure: which changes of the seats on sale are announced, and how many seats are shown.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { after, newsOf, type SeatNews, seatsShown } from '../../subgraphs/stock/rules/seats.ts';

describe('seats on sale', () => {
  const changes: [before: number, now: number, news: SeatNews[]][] = [
    [1, 0, ['stock.sold-out']],
    [10, 0, ['stock.sold-out']],
    [0, 0, []],
    [0, 1, ['stock.back-on-sale']],
    [0, 10, ['stock.back-on-sale']],
    [10, 10, []],
    [11, 10, []],
    [10, 9, ['stock.low']],
    [10, 1, ['stock.low']],
    [9, 8, []],
    [2, 1, []],
    [9, 10, []],
  ];
  for (const [before, now, news] of changes) {
    test(`from ${before} to ${now} are announced as ${news.join() || 'nothing'}`, () =>
      assert.deepEqual(newsOf(before, now), news));
  }

  test('are shown up to nine', () => assert.deepEqual([0, 1, 8, 9, 10, 150].map(seatsShown), [0, 1, 8, 9, 9, 9]));
});

test('the total follows from the counters, and none of them falls below zero', () => {
  const seats = { total: 6, available: 1, held: 2, sold: 3, revision: 4 };
  const empty = { total: 0, available: 0, held: 0, sold: 0, revision: 5 };
  assert.deepEqual(after(seats, { available: -1, held: -2, sold: -3 }), empty);
  for (const over of [
    { available: -2, held: 0, sold: 0 },
    { available: 0, held: -3, sold: 0 },
    { available: 0, held: 0, sold: -4 },
  ]) {
    assert.throws(() => after(seats, over), /seats cannot become/);
  }
});
