// Validation of a search: defaults, limits, and errors that say what is wrong and what is allowed.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GraphQLError } from 'graphql';
import { addDays } from '../../schema/values/days.ts';
import { search, type ShoppingInput } from '../../schema/terms/shopping.ts';
import type { TravellerType } from '../../schema/terms/fare-words.ts';

const NOW = new Date('2026-03-01T12:00:00Z'); // 17:30 in Delhi
const input = (change: Partial<ShoppingInput> = {}): ShoppingInput => ({
  origin: 'DEL',
  destination: 'BLR',
  departureDate: '2026-03-24',
  ...change,
});

type Fault = { argument: string; message: string };

function refusal(change: Partial<ShoppingInput>, now = NOW) {
  try {
    search(input(change), now);
  } catch (error) {
    const { message, extensions } = error as GraphQLError;
    return {
      message,
      ...(extensions as { code: string; argument: string; faults: Fault[] }),
    };
  }
  return undefined;
}

/** A party as "2 1 0": adults, children, infants. */
const party = (counts: string) =>
  counts
    .split(' ')
    .map((count, i) => ({
      type: (['ADULT', 'CHILD', 'INFANT'] as const)[i]!,
      count: Number(count),
    }))
    .filter(({ count }) => count);

describe('a search', () => {
  test('is for one adult in economy, in the currency of the origin, by default', () => {
    assert.deepEqual(search(input(), NOW), {
      origin: 'DEL',
      destination: 'BLR',
      date: '2026-03-24',
      now: NOW.getTime(),
      today: '2026-03-01',
      party: { ADULT: 1, CHILD: 0, INFANT: 0 },
      cabin: 'ECONOMY',
      currency: 'INR',
    });
    assert.deepEqual(search(input({ travellers: null, cabin: null, currency: null }), NOW), search(input(), NOW));
  });

  for (const [origin, currency] of [
    ['NRT', 'JPY'],
    ['KWI', 'KWD'],
    ['LHR', 'GBP'],
    ['CDG', 'EUR'],
    ['JFK', 'USD'],
  ] as const) {
    // prettier-ignore
    test(`from ${origin} is in ${currency}`, () => {
      assert.equal(search(input({ origin }), NOW).currency, currency);
    });
  }

  test('accepts explicit values', () => {
    const found = search(input({ cabin: 'FIRST', currency: 'USD', travellers: party('2 1 1') }), NOW);
    assert.deepEqual([found.cabin, found.currency], ['FIRST', 'USD']);
    assert.deepEqual(found.party, { ADULT: 2, CHILD: 1, INFANT: 1 });
  });

  test('adds up a type that is given twice', () => {
    const twice = [...party('1 0 0'), ...party('2 1 0')];
    assert.deepEqual(search(input({ travellers: twice }), NOW).party, {
      ADULT: 3,
      CHILD: 1,
      INFANT: 0,
    });
  });

  for (const counts of ['1 0 0', '9 0 0', '1 8 0', '4 1 4', '1 0 1']) {
    test(`for ${counts} adults, children and infants is possible`, () => {
      assert.equal(refusal({ travellers: party(counts) }), undefined);
    });
  }
});

describe('the departure date of a search', () => {
  for (const [origin, now, first] of [
    ['DEL', '2026-03-01T12:00:00Z', '2026-03-01'],
    ['DEL', '2026-03-01T18:29:59Z', '2026-03-01'],
    ['DEL', '2026-03-01T18:30:00Z', '2026-03-02'],
    ['AKL', '2026-03-01T12:00:00Z', '2026-03-02'],
    ['HNL', '2026-03-01T09:59:00Z', '2026-02-28'],
  ] as const) {
    test(`is today from ${origin} at ${now} when it is ${first}, and 361 days ahead are the limit`, () => {
      const at = new Date(now);
      const last = addDays(first, 361);
      for (const departureDate of [first, last]) assert.equal(refusal({ origin, departureDate }, at), undefined);
      const allowed = `give ${first} to ${last}.`;
      const [yesterday, tooFar] = [addDays(first, -1), addDays(last, 1)];
      assert.equal(
        refusal({ origin, departureDate: yesterday }, at)!.message,
        `input.departureDate: ${yesterday} is past at the origin; ${allowed}`,
      );
      assert.equal(
        refusal({ origin, departureDate: tooFar }, at)!.message,
        `input.departureDate: ${tooFar} is more than 361 days ahead; ${allowed}`,
      );
    });
  }

  for (const [date, days, result] of [
    ['2026-03-28', 2, '2026-03-30'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2026-03-01', 361, '2027-02-25'],
  ] as const) {
    test(`${days} days from ${date} is ${result}`, () => {
      assert.equal(addDays(date, days), result);
    });
  }
});

describe('an invalid search is refused', () => {
  const noTravellers: { type: TravellerType; count: number }[] = [];
  for (const [what, change, argument, message] of [
    ['an unknown origin', { origin: 'QQQ' }, 'origin', /no airport QQQ; give the IATA code of one, as DEL/],
    ['an unknown destination', { destination: 'ZZZ' }, 'destination', /no airport ZZZ; give the IATA code/],
    ['the origin as destination', { destination: 'DEL' }, 'destination', /the origin DEL; give another airport/],
    [
      'a day that does not exist',
      { departureDate: '2026-02-30' },
      'departureDate',
      /2026-02-30 is no day; give .*YYYY-MM-DD/,
    ],
    ['a day in another notation', { departureDate: '24.3.2026' }, 'departureDate', /is no day; give .*YYYY-MM-DD/],
    ['no traveller', { travellers: noTravellers }, 'travellers', /0 travellers are not possible; 1 to 9 are allowed/],
    [
      'ten travellers',
      { travellers: party('5 4 1') },
      'travellers',
      /10 travellers are not possible; 1 to 9 are allowed/,
    ],
    ['a count of zero', { travellers: [{ type: 'CHILD', count: 0 }] }, 'travellers', /0 of CHILD .* at least 1/],
    ['a negative count', { travellers: [...party('3'), { type: 'CHILD', count: -1 }] }, 'travellers', /-1 of CHILD/],
    ['children alone', { travellers: party('0 2 0') }, 'travellers', /add at least one ADULT/],
    ['infants alone', { travellers: party('0 0 1') }, 'travellers', /add at least one ADULT/],
    [
      'more infants than adults',
      { travellers: party('2 1 3') },
      'travellers',
      /3 infants .* 2 adults; one INFANT for each ADULT/,
    ],
  ] as [string, Partial<ShoppingInput>, string, RegExp][]) {
    // prettier-ignore
    test(`for ${what}: it names ${argument} and says what is allowed`, () => {
      const { code, faults, ...refused } = refusal(change)!;
      assert.equal(code, 'BAD_USER_INPUT');
      assert.deepEqual(
        faults.map((fault) => fault.argument),
        [`input.${argument}`],
      );
      assert.equal(refused.argument, `input.${argument}`);
      assert.match(refused.message, message);
      assert.equal(refused.message, `input.${argument}: ${faults[0]!.message}`);
    });
  }

  test('with every fault at once', () => {
    const all = {
      origin: 'QQQ',
      destination: 'QQQ',
      departureDate: '2026-01-01',
      travellers: noTravellers,
    };
    const { message, argument, faults } = refusal(all)!;
    const named = ['origin', 'destination', 'departureDate', 'travellers'].map((name) => `input.${name}`);
    assert.deepEqual(
      faults.map((fault) => fault.argument),
      named,
    );
    assert.equal(argument, named[0]);
    for (const { argument, message: text } of faults) assert.ok(message.includes(`${argument}: ${text}`), message);
  });
});
