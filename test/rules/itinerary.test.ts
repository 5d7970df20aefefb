// Flight routes and times: exact across time zones and daylight saving.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { search } from '../../schema/terms/shopping.ts';
import { duration, itinerary } from '../../subgraphs/fare/rules/itinerary.ts';
import { offersOf } from '../../subgraphs/fare/rules/offers.ts';

const NOW = new Date('2026-03-01T00:00:00Z');

function fly(origin: string, destination: string, date: string, departs: string, arrives: string, arrivalDays = 0) {
  const of = search({ origin, destination, departureDate: date }, NOW);
  const flight = { id: 'f', carrier: 'ZZ', flightNumber: null, via: ['FRA'], departs, arrives, arrivalDays };
  const prices = [{ brand: 'LIGHT' as const, amounts: [1, 1, 1] as const, note: null }];
  return itinerary(offersOf({ asOf: NOW.toISOString(), flights: [{ ...flight, prices }] }, of)[0]!);
}

describe('a flight', () => {
  for (const [why, [origin, destination, date, departs, arrives, days], departure, arrival, took] of [
    [
      'over midnight in one zone',
      ['DEL', 'BLR', '2026-03-24', '22:20', '01:10', 1],
      '2026-03-24T22:20:00+05:30',
      '2026-03-25T01:10:00+05:30',
      'PT2H50M',
    ],
    [
      'before either side changed its clocks',
      ['JFK', 'LHR', '2026-03-06', '18:30', '06:30', 1],
      '2026-03-06T18:30:00-05:00',
      '2026-03-07T06:30:00+00:00',
      'PT7H',
    ],
    [
      'in the night of the clock change in New York',
      ['JFK', 'LHR', '2026-03-07', '22:00', '10:00', 1],
      '2026-03-07T22:00:00-05:00',
      '2026-03-08T10:00:00+00:00',
      'PT7H',
    ],
    [
      'while only New York has changed',
      ['JFK', 'LHR', '2026-03-10', '18:30', '06:30', 1],
      '2026-03-10T18:30:00-04:00',
      '2026-03-11T06:30:00+00:00',
      'PT8H',
    ],
    [
      'in the night of the clock change in London',
      ['JFK', 'LHR', '2026-03-28', '18:30', '06:30', 1],
      '2026-03-28T18:30:00-04:00',
      '2026-03-29T06:30:00+01:00',
      'PT7H',
    ],
    [
      'after both have changed',
      ['JFK', 'LHR', '2026-03-30', '18:30', '06:30', 1],
      '2026-03-30T18:30:00-04:00',
      '2026-03-31T06:30:00+01:00',
      'PT7H',
    ],
    [
      'in autumn, while only London has changed back',
      ['LHR', 'JFK', '2026-10-27', '11:00', '15:00', 0],
      '2026-10-27T11:00:00+00:00',
      '2026-10-27T15:00:00-04:00',
      'PT8H',
    ],
    [
      'that departs in the hour before it is repeated',
      ['JFK', 'LHR', '2026-11-01', '00:30', '12:30', 0],
      '2026-11-01T00:30:00-04:00',
      '2026-11-01T12:30:00+00:00',
      'PT8H',
    ],
    [
      'that departs at the second of two equal local times',
      ['JFK', 'LHR', '2026-11-01', '01:50-05:00', '13:50', 0],
      '2026-11-01T01:50:00-05:00',
      '2026-11-01T13:50:00+00:00',
      'PT7H',
    ],
    [
      'that departs at the first of two equal local times and arrives at the second',
      ['JFK', 'BOS', '2026-11-01', '01:30', '01:20-05:00', 0],
      '2026-11-01T01:30:00-04:00',
      '2026-11-01T01:20:00-05:00',
      'PT50M',
    ],
    [
      'that arrives at the second of two equal local times, on the day after',
      ['SFO', 'JFK', '2026-10-31', '18:20', '01:50-05:00', 1],
      '2026-10-31T18:20:00-07:00',
      '2026-11-01T01:50:00-05:00',
      'PT5H30M',
    ],
    [
      'that arrives before it departs in local time',
      ['NRT', 'SFO', '2026-03-24', '17:00', '10:30', 0],
      '2026-03-24T17:00:00+09:00',
      '2026-03-24T10:30:00-07:00',
      'PT9H30M',
    ],
    [
      'that arrives on the day before',
      ['NRT', 'HNL', '2026-03-24', '00:05', '12:30', -1],
      '2026-03-24T00:05:00+09:00',
      '2026-03-23T12:30:00-10:00',
      'PT7H25M',
    ],
    [
      'that arrives two days later',
      ['SFO', 'SYD', '2026-03-24', '22:30', '07:30', 2],
      '2026-03-24T22:30:00-07:00',
      '2026-03-26T07:30:00+11:00',
      'PT15H',
    ],
    [
      'to a zone with quarters of an hour',
      ['DEL', 'KTM', '2026-03-24', '10:00', '11:55', 0],
      '2026-03-24T10:00:00+05:30',
      '2026-03-24T11:55:00+05:45',
      'PT1H40M',
    ],
    [
      'from a zone half an hour west of its neighbour',
      ['YYT', 'LHR', '2026-07-01', '22:00', '06:30', 1],
      '2026-07-01T22:00:00-02:30',
      '2026-07-02T06:30:00+01:00',
      'PT5H',
    ],
    [
      'of more than a day',
      ['DEL', 'SCL', '2026-03-24', '01:00', '19:00', 1],
      '2026-03-24T01:00:00+05:30',
      '2026-03-25T19:00:00-03:00',
      'PT50H30M',
    ],
    [
      'over New Year',
      ['SIN', 'DEL', '2026-12-31', '22:00', '01:15', 1],
      '2026-12-31T22:00:00+08:00',
      '2027-01-01T01:15:00+05:30',
      'PT5H45M',
    ],
  ] as [string, [string, string, string, string, string, number], string, string, string][]) {
    // prettier-ignore
    test(`${why}, ${origin} to ${destination} on ${date}, takes ${took}`, () => {
      const found = fly(origin, destination, date, departs, arrives, days);
      assert.deepEqual([found.departure, found.arrival, duration(found.minutes)], [departure, arrival, took]);
      assert.deepEqual([found.origin, found.destination, found.stops], [origin, destination, ['FRA']]);
    });
  }

  test('has the duration between its two instants, for any two airports and any day', () => {
    const place = fc.constantFrom('DEL', 'JFK', 'LHR', 'SYD', 'KTM', 'SCL', 'NRT', 'CAI', 'YYT');
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'));
    const at = fc.integer({ min: 1, max: 360 }).map((n) => new Date(NOW.getTime() + n * 86_400_000).toISOString());
    fc.assert(
      fc.property(place, place, at, time, time, (origin, destination, date, departs, arrives) => {
        fc.pre(origin !== destination);
        const { departure, arrival, minutes } = fly(origin, destination, date.slice(0, 10), departs, arrives, 1);
        assert.equal((Date.parse(arrival) - Date.parse(departure)) / 60_000, minutes);
        assert.equal(departure.slice(0, 16), `${date.slice(0, 10)}T${departs}`);
      }),
    );
  });
});

for (const [minutes, text] of [
  [0, 'PT0M'],
  [45, 'PT45M'],
  [60, 'PT1H'],
  [170, 'PT2H50M'],
  [1440, 'PT24H'],
  [1501, 'PT25H1M'],
] as const) {
  test(`${minutes} minutes are ${text}`, () => {
    assert.equal(duration(minutes), text);
  });
}
