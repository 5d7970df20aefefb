// Offers: their list, their order and their ids.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { search, type ShoppingInput } from '../../schema/terms/shopping.ts';
import type { Day, Flight } from '../../subgraphs/fare/rules/day.ts';
import {
  byOfferPosition,
  cheapest,
  departureId,
  inputOf,
  keeps,
  offerFilterFaults,
  offerId,
  offersOf,
  placeOf,
} from '../../subgraphs/fare/rules/offers.ts';
import type { OfferFilter, OfferPosition } from '../../subgraphs/fare/rules/offers.ts';
import type { Amounts } from '../../subgraphs/fare/rules/pricing.ts';

const NOW = new Date('2026-03-01T12:00:00Z'); // 17:30 in Delhi
const input = (change: Partial<ShoppingInput> = {}): ShoppingInput => ({
  origin: 'DEL',
  destination: 'BLR',
  departureDate: '2026-03-24',
  ...change,
});
const searched = (change?: Partial<ShoppingInput>) => search(input(change), NOW);

const flight = (id: string, change: Partial<Flight> = {}, ...amounts: Amounts[]): Flight => ({
  id,
  carrier: '6E',
  flightNumber: '1',
  via: [],
  departs: '10:00',
  arrives: '12:50',
  arrivalDays: 0,
  prices: (amounts.length ? amounts : [[1000, 750, 100] as const]).map((of, i) => ({
    brand: (['LIGHT', 'STANDARD', 'FLEX'] as const)[i]!,
    amounts: of,
    note: null,
  })),
  ...change,
});
const offers = (flights: Flight[], change?: Partial<ShoppingInput>) =>
  offersOf({ asOf: NOW.toISOString(), flights } satisfies Day, searched(change));

describe('the offers of a day', () => {
  test('are every flight with every brand, priced for the whole party', () => {
    const travellers = [
      { type: 'ADULT', count: 2 },
      { type: 'CHILD', count: 1 },
      { type: 'INFANT', count: 1 },
    ] as const;
    const found = offers([flight('a', {}, [1000, 750, 100], [1500, 1125, 150]), flight('b')], { travellers });
    assert.deepEqual(
      found.map((offer) => [offer.flight.id, offer.brand, offer.total, offer.asOf]),
      [
        ['a', 'LIGHT', 2850, NOW.toISOString()],
        ['a', 'STANDARD', 4275, NOW.toISOString()],
        ['b', 'LIGHT', 2850, NOW.toISOString()],
      ],
    );
  });

  test('flights that departed today, or depart this minute, are left out; other days are complete', () => {
    const flights = ['00:05', '17:29', '17:30', '17:31', '23:59'].map((departs) => flight(departs, { departs }));
    const left = offers(flights, { departureDate: '2026-03-01' }).map((offer) => offer.flight.id);
    assert.deepEqual(left, ['17:31', '23:59']);
    assert.equal(offers(flights, { departureDate: '2026-03-02' }).length, 5);
  });

  test('in the hour that clocks repeat: a flight that left the first time is left out the second time', () => {
    const at = (now: string) => {
      const of = search({ origin: 'JFK', destination: 'LHR', departureDate: '2026-11-01' }, new Date(now));
      const flights = ['01:40', '02:00'].map((departs) => flight(departs, { departs }));
      return offersOf({ asOf: now, flights }, of).map((offer) => offer.flight.id);
    };
    assert.deepEqual(at('2026-11-01T05:10:00Z'), ['01:40', '02:00']); // 01:10 in New York
    assert.deepEqual(at('2026-11-01T06:10:00Z'), ['02:00']); // 01:10 again, and the flight left at 05:40 UTC
    assert.deepEqual(at('2026-11-01T07:00:00Z'), []);
  });

  test('of two flights at the same local time, the first is left out before the second', () => {
    const at = (now: string) => {
      const of = search({ origin: 'JFK', destination: 'LHR', departureDate: '2026-11-01' }, new Date(now));
      const flights = ['01:40', '01:40-05:00'].map((departs) => flight(departs, { departs }));
      return offersOf({ asOf: now, flights }, of).map((offer) => offer.flight.id);
    };
    assert.deepEqual(at('2026-11-01T05:10:00Z'), ['01:40', '01:40-05:00']);
    assert.deepEqual(at('2026-11-01T06:10:00Z'), ['01:40-05:00']);
    assert.deepEqual(at('2026-11-01T06:40:00Z'), []);
  });
});

describe('the cheapest offer', () => {
  for (const [what, flights, first] of [
    ['the lowest total', [flight('dear', { departs: '06:00' }, [2, 2, 2]), flight('cheap', {}, [1, 1, 1])], 'cheap'],
    [
      'among equal totals, the earlier departure',
      [flight('a', { departs: '09:30' }), flight('b', { departs: '07:30' })],
      'b',
    ],
    ['then the first carrier', [flight('a', { carrier: 'UK' }), flight('b', { carrier: 'AI' })], 'b'],
    ['a digit before a letter among carriers', [flight('a', { carrier: 'AI' }), flight('b', { carrier: '6E' })], 'b'],
  ] as [string, Flight[], string][]) {
    test(`is ${what}, in whatever order they are read`, () => {
      assert.equal(cheapest(offers(flights))!.flight.id, first);
      assert.equal(cheapest(offers(flights.toReversed()))!.flight.id, first);
    });
  }

  test('is the earlier departure among equal totals, also in an hour that clocks repeat', () => {
    const inOrder = ['00:30', '01:50', '01:10-05:00', '02:00', '23:50'];
    const all = offersOf(
      { asOf: NOW.toISOString(), flights: inOrder.map((departs) => flight(departs, { departs })) },
      search({ origin: 'JFK', destination: 'LHR', departureDate: '2026-11-01' }, NOW),
    );
    const places = new Map(all.map((offer) => [offer, placeOf(offer, ({ total }) => total)]));
    const sorted = all.toReversed().sort((a, b) => byOfferPosition(places.get(a)!, places.get(b)!));
    assert.deepEqual(
      sorted.map((offer) => offer.flight.id),
      inOrder,
    );
  });

  test('has its local time in its cursor, so that cursors of older releases stay valid', () => {
    for (const departs of ['00:00', '07:05', '23:59']) {
      assert.equal(placeOf(offers([flight('a', { departs })])[0]!, () => 0)[1], departs);
    }
  });

  test('is the one with the lowest id when all else is equal', () => {
    const all = offers(['x', 'y', 'z'].map((id) => flight(id, {}, [5, 5, 5], [5, 5, 5])));
    const [first] = all.map(offerId).sort();
    assert.equal(offerId(cheapest(all)!), first);
    assert.equal(offerId(cheapest(all.toReversed())!), first);
  });

  test('is null if there are no offers', () => {
    assert.equal(cheapest([]), undefined);
  });

  test('is the first in the list by price, on random days', () => {
    const any = fc.tuple(fc.constantFrom('07:00', '08:00'), fc.constantFrom('6E', 'AI'), fc.nat(2));
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 12 }), (list) => {
        const all = offers(list.map(([departs, carrier, a], i) => flight(`f${i}`, { departs, carrier }, [a, a, a])));
        const places = new Map(all.map((offer) => [offer, placeOf(offer, ({ total }) => total)]));
        const sorted = [...all].sort((a, b) => byOfferPosition(places.get(a)!, places.get(b)!));
        assert.equal(cheapest(all), sorted[0]);
      }),
    );
  });
});

test('places are totally ordered: only identical places are equal, and the order is transitive', () => {
  const place: fc.Arbitrary<OfferPosition> = fc.tuple(
    fc.nat(2),
    fc.constantFrom('07:00', '08:00'),
    fc.constantFrom('6E', 'AI'),
    fc.constantFrom('off_a', 'off_b'),
  );
  fc.assert(
    fc.property(place, place, place, (a, b, c) => {
      assert.equal(byOfferPosition(a, b) === 0, JSON.stringify(a) === JSON.stringify(b));
      assert.equal(byOfferPosition(a, b) + byOfferPosition(b, a), 0);
      if (byOfferPosition(a, b) < 0 && byOfferPosition(b, c) < 0) assert.ok(byOfferPosition(a, c) < 0);
    }),
  );
  assert.ok(byOfferPosition([9, '', '', ''], [10, '', '', '']) < 0); // numbers, not their digits
});

describe('a filter of offers', () => {
  const [direct] = offers([flight('a')]);
  const [stopping] = offers([flight('b', { carrier: 'AI', via: ['BOM', 'HYD'] })]);
  for (const [filter, keepsDirect, keepsStopping] of [
    [{}, true, true],
    [{ maxStops: null, carriers: null, brands: null }, true, true],
    [{ maxStops: 0 }, true, false],
    [{ maxStops: 1 }, true, false],
    [{ maxStops: 2 }, true, true],
    [{ carriers: ['AI', 'UK'] }, false, true],
    [{ carriers: [], brands: [] }, true, true], // an empty filter matches all
    [{ brands: ['LIGHT'] }, true, true],
    [{ brands: ['STANDARD', 'FLEX'] }, false, false],
    [{ maxStops: 0, carriers: ['AI'] }, false, false],
    [{ maxStops: 5, carriers: ['AI'], brands: ['LIGHT'] }, false, true],
  ] as [OfferFilter, boolean, boolean][]) {
    test(`${JSON.stringify(filter)} keeps the offers that match all of it`, () => {
      assert.deepEqual([keeps(filter)(direct!), keeps(filter)(stopping!)], [keepsDirect, keepsStopping]);
    });
  }
});

describe('an offer id', () => {
  const of = (change?: Partial<ShoppingInput>, id = 'f1') => offerId(offers([flight(id)], change)[0]!);

  test('is the same for the same search at another time, and the search can be read from it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.nat(3),
        fc.nat(1),
        fc.constantFrom('ECONOMY', 'PREMIUM_ECONOMY', 'BUSINESS', 'FIRST'),
        fc.constantFrom('INR', 'JPY', 'KWD'),
        (adults, children, infants, cabin, currency) => {
          const counts = { ADULT: adults, CHILD: children, INFANT: infants };
          const travellers = (['ADULT', 'CHILD', 'INFANT'] as const)
            .map((type) => ({ type, count: counts[type] }))
            .filter(({ count }) => count);
          const whole = input({ travellers, cabin, currency });
          const id = of(whole);
          assert.match(id, /^off_[\w-]+$/);
          assert.deepEqual(inputOf(id), whole);
          assert.equal(of(inputOf(id)!), id);
        },
      ),
    );
  });

  test('differs for another search, flight or brand', () => {
    const two = [{ type: 'ADULT' as const, count: 2 }];
    const child = [
      { type: 'ADULT' as const, count: 1 },
      { type: 'CHILD' as const, count: 1 },
    ];
    const ids = [
      of(),
      of({ origin: 'BOM' }),
      of({ destination: 'BOM' }),
      of({ departureDate: '2026-03-25' }),
      of({ cabin: 'FIRST' }),
      of({ currency: 'USD' }),
      of({ travellers: two }),
      of({ travellers: child }),
      of({}, 'f2'),
      ...offers([flight('f1', {}, [1, 1, 1], [2, 2, 2])])
        .slice(1)
        .map(offerId),
    ];
    assert.equal(new Set(ids).size, ids.length);
  });

  const encoded = (text: string) => `off_${Buffer.from(text).toString('base64url')}`;
  for (const [what, id] of [
    ['nothing', ''],
    ['a prefix alone', 'off_'],
    ['something else', 'ord_01h455vb4pex5vsknk084sn02q'],
    ['another prefix', encoded('DEL BLR 2026-03-24 ECONOMY INR 1 0 0 f1 LIGHT').replace('off_', 'ofx_')],
    ['too few parts', encoded('DEL BLR 2026-03-24 ECONOMY INR 1 0 0 f1')],
    ['too many parts', encoded('DEL BLR 2026-03-24 ECONOMY INR 1 0 0 f1 LIGHT more')],
    ['a number of adults in words', encoded('DEL BLR 2026-03-24 ECONOMY INR one 0 0 f1 LIGHT')],
    ['half an adult', encoded('DEL BLR 2026-03-24 ECONOMY INR 0.5 0 0 f1 LIGHT')],
    ['an unknown cabin', encoded('DEL BLR 2026-03-24 ROOF INR 1 0 0 f1 LIGHT')],
    ['an unknown currency', encoded('DEL BLR 2026-03-24 ECONOMY rupee 1 0 0 f1 LIGHT')],
    ['an unknown airport', encoded('delhi BLR 2026-03-24 ECONOMY INR 1 0 0 f1 LIGHT')],
  ] as const) {
    test(`made of ${what} is invalid`, () => {
      assert.equal(inputOf(id), null);
    });
  }
});

test('flights, days and cabins have departures of their own', () => {
  const ids = [
    departureId('f1', '2026-03-24', 'ECONOMY'),
    departureId('f2', '2026-03-24', 'ECONOMY'),
    departureId('f1', '2026-03-25', 'ECONOMY'),
    departureId('f1', '2026-03-24', 'BUSINESS'),
  ];
  assert.equal(new Set(ids).size, 4);
});

describe('a filter that no offer can meet is explained', () => {
  const faults: [filter: OfferFilter, argument: string, message: string][] = [
    [{ maxStops: -1 }, 'filter.maxStops', '-1 is not possible; 0 or more is allowed.'],
    [{ carriers: ['6E', 'ai'] }, 'filter.carriers', '"ai" is no carrier; give IATA codes in capitals, as "6E".'],
    [
      { carriers: ['x'.repeat(21)] },
      'filter.carriers',
      `"${'x'.repeat(20)}" is no carrier; give IATA codes in capitals, as "6E".`,
    ],
  ];
  for (const [filter, argument, message] of faults) {
    test(JSON.stringify(filter), () => assert.deepEqual(offerFilterFaults(filter), [{ argument, message }]));
  }

  test('and any other is not', () => {
    for (const filter of [{}, { maxStops: 0 }, { carriers: [] }, { carriers: ['6E', 'AI'] }]) {
      assert.deepEqual(offerFilterFaults(filter), []);
    }
  });
});
