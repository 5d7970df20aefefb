// Rules of fare administration: which fares collide, which dates a change affects, what is refused and in which order.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addDays } from '../../schema/values/days.ts';
import {
  type FareChangeDecided,
  type ManagedFare,
  placeFare,
  proposal,
  type FareChangeRefused,
  withdraw,
} from '../../subgraphs/fare/rules/administration.ts';
import { type Draft, draftOf, readDraft } from '../../subgraphs/fare/rules/draft.ts';
import type { Filing } from '../../subgraphs/fare/rules/filing.ts';
import { areRivals } from '../../subgraphs/fare/rules/rivalry.ts';
import { aFare, on } from '../kit/world.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

const managed = (id: string, { capacity: _, ...terms }: Filing, change: Partial<ManagedFare> = {}): ManagedFare => ({
  id,
  revision: 1,
  withdrawn: false,
  terms,
  filedAt: NOW,
  filedBy: 'acc_manager',
  ...change,
});

const from = (firstDate: string, lastDate: string, change: Partial<Filing> = {}): Filing =>
  aFare({ firstDate, lastDate, ...change });

const refusal = (decision: FareChangeDecided | FareChangeRefused | object): string => {
  assert.ok('refused' in decision, 'it is refused');
  return decision.refused;
};
const decided = (decision: FareChangeDecided | FareChangeRefused | ManagedFare): FareChangeDecided => {
  assert.ok('kind' in decision, JSON.stringify(decision));
  return decision;
};

describe('fares that must not exist side by side', () => {
  const filed = managed('fare_a', from('2026-03-10', '2026-03-20'));

  const windows: [first: string, last: string, collides: boolean][] = [
    ['2026-03-01', '2026-03-09', false],
    ['2026-03-01', '2026-03-10', true],
    ['2026-03-12', '2026-03-14', true],
    ['2026-03-05', '2026-03-25', true],
    ['2026-03-20', '2026-03-20', true],
    ['2026-03-21', '2026-03-31', false],
  ];
  for (const [first, last, collides] of windows) {
    test(`${first} to ${last} ${collides ? 'collides with' : 'adjoins'} 10 to 20 March`, () => {
      const decision = placeFare(from(first, last), null, [filed], NOW);
      if (!collides) return assert.equal(decided(decision).kind, 'CREATED');
      assert.equal(refusal(decision), 'OVERLAP');
      assert.deepEqual((decision as FareChangeRefused).collidesWith, ['fare_a']);
    });
  }

  const differences: Partial<Filing>[] = [
    { carrier: 'AI' },
    { flightNumber: '2132' },
    { flightNumber: '2131A' },
    { flightNumber: null, departs: '22:25' },
    { origin: 'BOM' },
    { destination: 'BOM' },
    { cabin: 'BUSINESS' },
    { brand: 'FLEX' },
    { travellerType: 'CHILD' },
    { currency: 'USD' },
    { fareBasis: 'YFLEX' },
  ];
  for (const difference of differences) {
    test(`a fare with ${JSON.stringify(difference)} is no rival`, () => {
      decided(placeFare(from('2026-03-10', '2026-03-20', difference), null, [filed], NOW));
    });
  }

  const sameness: Partial<Filing>[] = [
    { amount: 1, note: 'cheap' },
    { flightNumber: '002131' },
    { departs: '22:25' },
    { arrives: '01:15' },
    { arrivalDays: 2 },
    { via: ['BOM'] },
    { flightNumber: null },
    { flightNumber: null, via: ['BOM'], arrives: '02:15', amount: 1 },
  ];
  for (const difference of sameness) {
    test(`a fare that differs only in ${JSON.stringify(difference)} is for the same flight, and a rival`, () => {
      assert.equal(refusal(placeFare(from('2026-03-10', '2026-03-20', difference), null, [filed], NOW)), 'OVERLAP');
    });
  }

  test('without flight numbers, two flights are distinguished by their departures', () => {
    const numberless = managed('fare_a', from('2026-03-10', '2026-03-20', { flightNumber: null }));
    const other = (change: Partial<Filing>) =>
      placeFare(from('2026-03-10', '2026-03-20', { flightNumber: null, ...change }), null, [numberless], NOW);
    assert.equal(refusal(other({ via: ['BOM'], arrives: '02:00' })), 'OVERLAP');
    assert.equal(refusal(other({ flightNumber: '1' })), 'OVERLAP');
    decided(other({ departs: '22:25' }));
  });

  test('a change of the flight number can turn fares into rivals', () => {
    const before = managed('fare_a', from('2026-03-10', '2026-03-20', { flightNumber: '1' }));
    const known = managed('fare_b', from('2026-03-10', '2026-03-20', { flightNumber: null }));
    const other = managed('fare_c', from('2026-03-10', '2026-03-20', { flightNumber: '2' }));
    const decision = placeFare(from('2026-03-10', '2026-03-20', { flightNumber: '2' }), before, [known, other], NOW);
    assert.deepEqual((decision as FareChangeRefused).collidesWith, ['fare_c']);
  });

  test('rivals on the same dates that were imported from a file can be repriced and shortened, but not extended or made equal', () => {
    const rival = managed('fare_b', from('2026-03-05', '2026-03-25', { amount: 100 }));
    const change = (next: Filing) => placeFare(next, filed, [filed, rival], NOW);
    assert.equal(decided(change(from('2026-03-10', '2026-03-20', { amount: 300 }))).kind, 'CHANGED');
    assert.equal(decided(change(from('2026-03-12', '2026-03-20'))).kind, 'CHANGED');
    assert.equal(refusal(change(from('2026-03-10', '2026-03-21'))), 'OVERLAP');
    const twin = managed('fare_c', from('2026-03-10', '2026-03-20', { amount: 100 }));
    assert.equal(refusal(placeFare(from('2026-03-10', '2026-03-20', { amount: 100 }), filed, [twin], NOW)), 'OVERLAP');
  });

  test('no sequence of creations and changes makes two rivals cover the same date', () => {
    const window = fc.tuple(fc.nat(20), fc.nat(6)).map(([start, length]) => {
      const firstDate = addDays('2026-04-01', start);
      return { firstDate, lastDate: addDays(firstDate, length) };
    });
    const step = fc.record({ which: fc.nat(8), window, brand: fc.constantFrom('LIGHT' as const, 'FLEX' as const) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const fares: ManagedFare[] = [];
        for (const { which, window, brand } of steps) {
          const before = fares[which] ?? null;
          const decision = placeFare(aFare({ ...window, brand }), before, fares, NOW);
          if (!('kind' in decision)) continue;
          if (before) before.terms = decision.terms;
          else fares.push(managed(`fare_${fares.length}`, { ...decision.terms, capacity: null }));
        }
        for (const [i, { terms: a }] of fares.entries()) {
          for (const { terms: b } of fares.slice(i + 1)) {
            assert.ok(a.brand !== b.brand || a.lastDate < b.firstDate || b.lastDate < a.firstDate);
          }
        }
      }),
    );
  });
});

describe('the effects of a decision', () => {
  const before = managed('fare_a', from('2026-03-10', '2026-03-20'));

  test('a change affects its days before and after, and opens departures on new days only', () => {
    const { touched, scheduled } = decided(placeFare(from('2026-03-08', '2026-03-22', { amount: 1 }), before, [], NOW));
    assert.deepEqual(
      touched.map(({ firstDate, lastDate }) => [firstDate, lastDate]),
      [
        ['2026-03-10', '2026-03-20'],
        ['2026-03-08', '2026-03-22'],
      ],
    );
    assert.deepEqual(
      scheduled.map(({ firstDate, lastDate }) => [firstDate, lastDate]),
      [
        ['2026-03-08', '2026-03-09'],
        ['2026-03-21', '2026-03-22'],
      ],
    );
  });

  test('a change of the price opens no departures; a change of the flight opens all of the fare', () => {
    assert.equal(
      decided(placeFare(from('2026-03-10', '2026-03-20', { amount: 1 }), before, [], NOW)).scheduled.length,
      0,
    );
    const moved = decided(placeFare(from('2026-03-10', '2026-03-20', { departs: '21:00' }), before, [], NOW));
    assert.deepEqual(
      moved.scheduled.map(({ firstDate, lastDate, departs }) => [firstDate, lastDate, departs]),
      [['2026-03-10', '2026-03-20', '21:00']],
    );
  });

  test('a change without a difference has no effect', () => {
    assert.equal(placeFare(from('2026-03-10', '2026-03-20', { capacity: 12 }), before, [], NOW), before);
  });

  test('a change of a fare whose last date is past at its origin is refused; today is not past', () => {
    const late = new Date('2026-03-20T18:29:00Z'); // 23:59 in Delhi
    assert.equal(refusal(placeFare(from('2026-03-10', '2026-03-19'), null, [], late)), 'PAST');
    decided(placeFare(from('2026-03-10', '2026-03-20'), null, [], late));
    assert.equal(
      refusal(placeFare(from('2026-03-10', '2026-03-20'), null, [], new Date('2026-03-20T18:30:00Z'))),
      'PAST',
    );
  });
});

describe('the state that a decision is based on', () => {
  const current = managed('fare_a', aFare(), { revision: 3 });
  const cases: [what: string, fare: ManagedFare, expected: number, code: string][] = [
    ['an older revision', current, 2, 'CONFLICT'],
    ['a revision that does not exist yet', current, 4, 'CONFLICT'],
    ['a withdrawn fare, at any revision', { ...current, withdrawn: true }, 2, 'WITHDRAWN'],
  ];
  for (const [what, fare, expected, code] of cases) {
    test(`${what} is ${code}, to change and to withdraw`, () => {
      for (const decision of [proposal(fare, { amount: 'x' }, expected), withdraw(fare, expected)]) {
        assert.equal(refusal(decision), code);
        assert.equal((decision as FareChangeRefused).current, fare);
      }
    });
  }

  test('fields that a change omits stay as they are', () => {
    const proposed = proposal(current, { amount: '12.50', fareBasis: 'YFLEX' }, 3);
    assert.deepEqual(proposed, { filing: aFare({ amount: 1250, fareBasis: 'YFLEX' }) });
  });

  const moves: [what: string, filed: Filing, changes: object, becomes: Partial<Filing>][] = [
    [
      'a fare of one day that moves is still of one day',
      aFare(),
      { departsLocal: '2026-03-26T22:20' },
      on('2026-03-26'),
    ],
    ['also to an earlier day', aFare(), { departsLocal: '2026-02-28T22:20' }, on('2026-02-28')],
    [
      'at another time, the arrival must be given',
      aFare(),
      { departsLocal: '2026-03-26T06:00', arrivesLocal: '2026-03-26T08:50' },
      { ...on('2026-03-26'), departs: '06:00', arrives: '08:50', arrivalDays: 0 },
    ],
    [
      'an explicit last date is kept',
      aFare(),
      { departsLocal: '2026-03-26T22:20', lastDate: '2026-03-31' },
      { firstDate: '2026-03-26', lastDate: '2026-03-31' },
    ],
    [
      'a window that starts later keeps its end',
      from('2026-03-10', '2026-03-20'),
      { departsLocal: '2026-03-12T22:20' },
      { firstDate: '2026-03-12', lastDate: '2026-03-20' },
    ],
  ];
  for (const [what, filed, changes, becomes] of moves) {
    test(what, () => {
      const current = managed('fare_a', filed);
      assert.deepEqual(proposal(current, changes, 1), { filing: { ...filed, ...becomes, capacity: null } });
    });
  }

  test('a skipped departure time is reported itself, not the fields that move with it', () => {
    for (const departsLocal of ['', '2026-02-30T22:20', '26 March', '2026-03-26', '2026-03-26T22:20:00']) {
      const proposed = proposal(managed('fare_a', aFare()), { departsLocal }, 1);
      assert.ok('fault' in proposed);
      assert.deepEqual([proposed.fault.field, proposed.fault.value], ['departsLocal', departsLocal]);
    }
  });

  test('a change that results in an invalid fare names the field', () => {
    const proposed = proposal(current, { lastDate: '2026-03-23' }, 3);
    assert.ok('fault' in proposed);
    assert.deepEqual([proposed.fault.field, proposed.fault.value], ['lastDate', '2026-03-23']);
  });
});

// clocks in New York and Boston show 01:00 to 01:59 twice on 2026-11-01
const overnight = { ...on('2026-11-01'), origin: 'JFK', destination: 'BOS', arrivalDays: 0, currency: 'USD' };

describe('a fare that departs at the second of two equal local times', () => {
  const current = managed('fare_a', aFare({ ...overnight, departs: '01:10-05:00', arrives: '01:59-05:00' }));
  const becomes = (changes: Partial<Draft>) => {
    const proposed = proposal(current, changes, 1);
    assert.ok('filing' in proposed, JSON.stringify(proposed));
    const { firstDate, lastDate, departs, arrives } = proposed.filing;
    return { firstDate, lastDate, departs, arrives };
  };

  test('keeps its times when something else changes', () => {
    const { firstDate, lastDate, departs, arrives } = current.terms;
    assert.deepEqual(becomes({ amount: '99.00' }), { firstDate, lastDate, departs, arrives });
  });

  test('keeps its local times on another date, and loses the offsets', () => {
    const times = { departs: '01:10', arrives: '01:59' };
    for (const date of ['2026-10-31', '2026-11-02']) {
      assert.deepEqual(becomes({ departsLocal: `${date}T01:10` }), { firstDate: date, lastDate: date, ...times });
    }
  });

  test('keeps its arrival when it changes to the first of the two times', () => {
    const { departs, arrives } = becomes({ departsLocal: '2026-11-01T01:10' });
    assert.deepEqual([departs, arrives], ['01:10', '01:59-05:00']);
  });

  test('is no rival of one without a number that departs at the first of the two times', () => {
    const without = { ...current.terms, flightNumber: null };
    assert.equal(areRivals(without, { ...without, departs: '01:10' }), false);
    assert.equal(areRivals(without, { ...without }), true);
  });
});

test('a filing that is stored is read back as the same filing', () => {
  const filings = [
    aFare(),
    aFare({ via: ['IXR', 'BBI'], flightNumber: null, fareBasis: 'Y/1-2', note: 'no "meal", ever', capacity: 0 }),
    aFare({ origin: 'NRT', destination: 'SFO', departs: '17:00', arrives: '10:00', arrivalDays: 0, currency: 'JPY' }),
    aFare({ lastDate: '2026-12-24', brand: 'FLEX', cabin: 'FIRST', amount: 1, currency: 'KWD' }),
    aFare({ travellerType: 'INFANT', amount: 0 }),
    aFare({ ...overnight, departs: '01:30', arrives: '01:20-05:00' }),
  ];
  for (const filing of filings) assert.deepEqual(readDraft(draftOf(filing)), { filing });
});
