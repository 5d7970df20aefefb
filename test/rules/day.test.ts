// The offers of a day, computed from the fares that apply on it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { dayName, dayOf, type DayOf, type FareOnDay, lowestOf, marketOf } from '../../subgraphs/fare/rules/day.ts';
import { usualShares } from '../../subgraphs/fare/rules/pricing.ts';

const AS_OF = '2026-03-01T12:00:00.000Z';
const shares = { ...usualShares, AI: { CHILD: 50, INFANT: 0 } };

const fare = (change: Partial<FareOnDay> = {}): FareOnDay => ({
  flight: 'f1',
  carrier: '6E',
  flightNumber: '2131',
  via: [],
  departs: '22:20',
  arrives: '01:10',
  arrivalDays: 1,
  brand: 'STANDARD',
  travellerType: 'ADULT',
  amount: 1000,
  note: null,
  ...change,
});

const day = (...fares: FareOnDay[]) => dayOf(fares, shares, AS_OF);
/** The prices of the only flight. */
const prices = (...fares: FareOnDay[]) => day(...fares).flights[0]?.prices;

describe('a day computed from fares', () => {
  test('no fares result in a day without flights', () => {
    assert.deepEqual(day(), { asOf: AS_OF, flights: [] });
  });

  test('a fare results in a flight with a price, times and route', () => {
    assert.deepEqual(day(fare({ via: ['BOM'], note: 'no meal' })), {
      asOf: AS_OF,
      flights: [
        {
          id: 'f1',
          carrier: '6E',
          flightNumber: '2131',
          via: ['BOM'],
          departs: '22:20',
          arrives: '01:10',
          arrivalDays: 1,
          prices: [{ brand: 'STANDARD', amounts: [1000, 750, 100], note: 'no meal' }],
        },
      ],
    });
  });

  test('of several fares for the same flight, brand and type, the lowest applies to each type', () => {
    const [price] = prices(
      fare({ amount: 1200 }),
      fare({ amount: 1000 }),
      fare({ travellerType: 'CHILD', amount: 600 }),
      fare({ travellerType: 'CHILD', amount: 650 }),
      fare({ travellerType: 'INFANT', amount: 40 }),
      fare({ amount: 1100 }),
    )!;
    assert.deepEqual(price!.amounts, [1000, 600, 40]);
  });

  test('the share of a child is computed from the lowest adult fare', () => {
    assert.deepEqual(prices(fare({ amount: 2000 }), fare({ amount: 1000 }))![0]!.amounts, [1000, 750, 100]);
  });

  test('a carrier can have shares of its own; the others have the default ones', () => {
    const { flights } = day(fare({ flight: 'a', carrier: 'AI' }), fare({ flight: 'b', carrier: 'UK' }));
    assert.deepEqual(
      flights.map((flight) => flight.prices[0]!.amounts),
      [
        [1000, 500, 0],
        [1000, 750, 100],
      ],
    );
  });

  test('a fare of one brand or flight does not affect another', () => {
    const { flights } = day(
      fare({ brand: 'LIGHT', amount: 800 }),
      fare({ brand: 'FLEX', amount: 1500 }),
      fare({ brand: 'FLEX', travellerType: 'CHILD', amount: 1 }),
      fare({ flight: 'f2', brand: 'LIGHT', amount: 700 }),
    );
    assert.deepEqual(
      flights.map(({ id, prices }) => [id, prices.map(({ brand, amounts }) => [brand, ...amounts])]),
      [
        ['f1', [['LIGHT', 800, 600, 80], ['FLEX', 1500, 1, 150]]], // prettier-ignore
        ['f2', [['LIGHT', 700, 525, 70]]],
      ],
    );
  });

  test('a brand without an adult fare is not offered, and a flight without a brand is not listed', () => {
    assert.deepEqual(
      prices(fare(), fare({ brand: 'LIGHT', travellerType: 'CHILD' }))!.map(({ brand }) => brand),
      ['STANDARD'],
    );
    assert.deepEqual(day(fare({ travellerType: 'INFANT' })).flights, []);
  });

  test('the note is that of the applied adult fare; between equal amounts, the alphabetically first', () => {
    const noted = (amount: number, note: string | null) => fare({ amount, note });
    assert.equal(prices(noted(1001, 'a'), noted(1000, 'z'))![0]!.note, 'z');
    assert.equal(prices(noted(1000, 'z'), noted(1000, 'a'))![0]!.note, 'a');
    assert.equal(prices(noted(1000, 'a'), noted(1000, null))![0]!.note, null);
    assert.equal(prices(noted(1000, 'a'), fare({ travellerType: 'CHILD', amount: 1, note: 'child' }))![0]!.note, 'a');
  });

  test('the order of the fares makes no difference', () => {
    const any = fc.record({
      flight: fc.constantFrom('f1', 'f2'),
      brand: fc.constantFrom('LIGHT', 'FLEX'),
      travellerType: fc.constantFrom('ADULT', 'CHILD', 'INFANT'),
      amount: fc.nat(3),
      note: fc.constantFrom(null, '', 'a', 'b'),
    }) as fc.Arbitrary<Partial<FareOnDay>>;
    const content = (fares: FareOnDay[]) =>
      day(...fares)
        .flights.flatMap(({ id, prices }) => prices.map((price) => JSON.stringify([id, price.brand, price.amounts])))
        .sort();
    fc.assert(
      fc.property(fc.array(any.map(fare)), (fares) => assert.deepEqual(content(fares.toReversed()), content(fares))),
    );
  });
});

describe('the lowest amounts of a day', () => {
  const fares = [
    fare({ flight: 'a', departs: '06:00', amount: 500 }),
    fare({ flight: 'b', departs: '17:30', amount: 700 }),
    fare({ flight: 'c', departs: '22:20', amount: 900, brand: 'LIGHT' }),
    fare({
      flight: 'c',
      departs: '22:20',
      amount: 900,
      brand: 'LIGHT',
      travellerType: 'CHILD',
    }),
  ];

  for (const [kept, lowest] of [
    ['abc', [[500, 375, 50]]],
    ['bc', [[700, 525, 70]]],
    ['c', [[900, 900, 90]]],
    ['', []],
  ] as const) {
    test(`of the flights ${[...kept].join(', ') || 'none'} are those of the cheapest flight that matches`, () => {
      const found = lowestOf(day(...fares), ({ id }) => kept.includes(id));
      assert.deepEqual(found, { asOf: AS_OF, lowest });
    });
  }

  test('are of all flights by default', () => {
    assert.deepEqual(lowestOf(day(...fares)).lowest, [[500, 375, 50]]);
  });

  test('all brands and flights count', () => {
    const { lowest } = lowestOf(
      day(fare({ amount: 900, brand: 'LIGHT' }), fare(), fare({ brand: 'FLEX', flight: 'x', amount: 950 }), fare({ brand: 'FLEX', flight: 'x', amount: 10, travellerType: 'CHILD' })), // prettier-ignore
    );
    assert.deepEqual(lowest, [[900, 675, 90], [950, 10, 95]]); // prettier-ignore
  });
});

test('the names of days differ if anything about the days differs; the names of markets ignore the date', () => {
  const of: DayOf = {
    origin: 'DEL',
    destination: 'BLR',
    cabin: 'ECONOMY',
    currency: 'INR',
    date: '2026-03-24',
  };
  const others: DayOf[] = [
    { ...of, origin: 'BOM' },
    { ...of, destination: 'BOM' },
    { ...of, origin: 'BLR', destination: 'DEL' },
    { ...of, cabin: 'PREMIUM_ECONOMY' },
    { ...of, currency: 'USD' },
  ];
  assert.equal(new Set([of, ...others].map(dayName)).size, 6);
  assert.equal(new Set([of, ...others].map(marketOf)).size, 6);
  const next: DayOf = { ...of, date: '2026-03-25' };
  assert.notEqual(dayName(of), dayName(next));
  assert.equal(marketOf(of), marketOf(next));
});
