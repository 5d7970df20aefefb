// What is on offer on a day, from the fares that hold on it.
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

describe('the day that fares make', () => {
  test('no fares make a day without flights', () => {
    assert.deepEqual(day(), { asOf: AS_OF, flights: [] });
  });

  test('a fare makes a flight with a price, and says when and how it flies', () => {
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

  test('of several fares for the same flight, brand and type the lowest applies, for each type by itself', () => {
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

  test('the share of a child is that of the lowest adult fare', () => {
    assert.deepEqual(prices(fare({ amount: 2000 }), fare({ amount: 1000 }))![0]!.amounts, [1000, 750, 100]);
  });

  test('a carrier with shares of its own has them applied, the others the usual ones', () => {
    const { flights } = day(fare({ flight: 'a', carrier: 'AI' }), fare({ flight: 'b', carrier: 'UK' }));
    assert.deepEqual(
      flights.map((flight) => flight.prices[0]!.amounts),
      [
        [1000, 500, 0],
        [1000, 750, 100],
      ],
    );
  });

  test('a fare of one brand or flight says nothing of another', () => {
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

  test('a brand without an adult fare is not on offer, and a flight without a brand is not there', () => {
    assert.deepEqual(
      prices(fare(), fare({ brand: 'LIGHT', travellerType: 'CHILD' }))!.map(({ brand }) => brand),
      ['STANDARD'],
    );
    assert.deepEqual(day(fare({ travellerType: 'INFANT' })).flights, []);
  });

  test('the note is that of the adult fare that applies; between equal amounts the first in the alphabet', () => {
    const noted = (amount: number, note: string | null) => fare({ amount, note });
    assert.equal(prices(noted(1001, 'a'), noted(1000, 'z'))![0]!.note, 'z');
    assert.equal(prices(noted(1000, 'z'), noted(1000, 'a'))![0]!.note, 'a');
    assert.equal(prices(noted(1000, 'a'), noted(1000, null))![0]!.note, null);
    assert.equal(prices(noted(1000, 'a'), fare({ travellerType: 'CHILD', amount: 1, note: 'child' }))![0]!.note, 'a');
  });

  test('the order in which fares are read makes no difference', () => {
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
    test(`of the flights ${[...kept].join(', ') || 'none'} are those of the cheapest that is kept`, () => {
      const found = lowestOf(day(...fares), ({ id }) => kept.includes(id));
      assert.deepEqual(found, { asOf: AS_OF, lowest });
    });
  }

  test('are of all flights unless told otherwise', () => {
    assert.deepEqual(lowestOf(day(...fares)).lowest, [[500, 375, 50]]);
  });

  test('all brands and flights count', () => {
    const { lowest } = lowestOf(
      day(fare({ amount: 900, brand: 'LIGHT' }), fare(), fare({ brand: 'FLEX', flight: 'x', amount: 950 }), fare({ brand: 'FLEX', flight: 'x', amount: 10, travellerType: 'CHILD' })), // prettier-ignore
    );
    assert.deepEqual(lowest, [[900, 675, 90], [950, 10, 95]]); // prettier-ignore
  });
});

test('days differ in name as soon as anything about them differs, and markets not in the date', () => {
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
