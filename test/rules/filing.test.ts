// Fare identity, and the parsing of fare file rows into filings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Column, columnsOf } from '../../infra/system/import/csv-columns.ts';
import { filingOf } from '../../infra/system/import/csv-row.ts';
import { type Filing, flight, identity } from '../../subgraphs/fare/rules/filing.ts';

const good = {
  carrier: '6E',
  flightNumber: '2131',
  origin: 'DEL',
  destination: 'BLR',
  via: '',
  departsLocal: '2026-03-24T22:20',
  arrivesLocal: '2026-03-25T01:10',
  cabin: 'ECONOMY',
  travellerType: 'ADULT',
  amount: '3897.00',
  currency: 'INR',
  note: '',
};

const filed = (changes: Record<string, string>, shiftWeeks = 0) => {
  const row = { ...good, ...changes };
  return filingOf(Object.keys(row) as Column[], Object.values(row), shiftWeeks);
};

const accepted = (changes: Record<string, string>, shiftWeeks = 0): Filing => {
  const result = filed(changes, shiftWeeks);
  if ('fault' in result) throw new Error(JSON.stringify(result.fault));
  return result.filing;
};

test('a row is parsed into a filing, with defaults for empty columns', () => {
  assert.deepEqual(accepted({ flightNumber: '', via: 'IXR|BBI' }), {
    carrier: '6E',
    flightNumber: null,
    origin: 'DEL',
    destination: 'BLR',
    via: ['IXR', 'BBI'],
    departs: '22:20',
    arrives: '01:10',
    arrivalDays: 1,
    firstDate: '2026-03-24',
    lastDate: '2026-03-24',
    cabin: 'ECONOMY',
    brand: 'STANDARD',
    travellerType: 'ADULT',
    fareBasis: null,
    amount: 389700,
    currency: 'INR',
    note: null,
    capacity: null,
  });
});

test('the optional columns are fare basis, brand, capacity and last date', () => {
  const { fareBasis, brand, capacity, lastDate } = accepted({
    fareBasis: 'YFLEX',
    brand: 'FLEX',
    capacity: '0',
    lastDate: '2026-06-30',
  });
  assert.deepEqual(
    { fareBasis, brand, capacity, lastDate },
    {
      fareBasis: 'YFLEX',
      brand: 'FLEX',
      capacity: 0,
      lastDate: '2026-06-30',
    },
  );
});

test('an amount has the decimals of its currency', () => {
  assert.equal(accepted({ amount: '12000', currency: 'JPY' }).amount, 12000);
  assert.equal(accepted({ amount: '18.505', currency: 'KWD' }).amount, 18505);
});

test('only an infant can fly for free', () => {
  for (const amount of ['0', '0.00', '000']) {
    assert.equal(accepted({ amount, travellerType: 'INFANT' }).amount, 0);
    for (const travellerType of ['ADULT', 'CHILD']) {
      const read = filed({ amount, travellerType });
      assert.ok('fault' in read);
      assert.equal(read.fault.advice, `only an infant flies for nothing; ${RUPEES}`);
    }
  }
  assert.equal(accepted({ amount: '0.01' }).amount, 1);
});

const RUPEES = 'give a number as 3897.00, from 0.01 to 10000000000.00 INR';
const A_TIME =
  'give a local time that exists as YYYY-MM-DDThh:mm, as 2026-03-24T22:20, or with its offset, as 2026-11-01T01:50-05:00';
const refusals: [what: string, changes: Record<string, string>, column: string, advice: string][] = [
  [
    'a carrier of three letters',
    { carrier: 'AIC' },
    'carrier',
    "give an airline's two-character code in capitals and digits, as 6E",
  ],
  [
    'a flight number with the carrier in it',
    { flightNumber: 'AI503' },
    'flightNumber',
    'give 1 to 4 digits and at most one capital, as 2131, or leave it empty',
  ],
  ['an unknown origin', { origin: 'QQQ' }, 'origin', 'no airport has this code; give an IATA code in capitals, as DEL'],
  [
    'an unknown destination',
    { destination: 'blr' },
    'destination',
    'no airport has this code; give an IATA code in capitals, as DEL',
  ],
  [
    'an unknown stop',
    { via: 'BOM|QQQ' },
    'via',
    'no airport has the code "QQQ"; give up to 6 IATA codes of airports joined by |, as IXR|BBI, or leave it empty',
  ],
  [
    'a stop at the airport before it',
    { via: 'DEL|BOM' },
    'via',
    'it repeats the airport before or after; give each landing on the way once',
  ],
  [
    'a destination equal to the origin',
    { destination: 'DEL' },
    'destination',
    'it is the origin; give another airport',
  ],
  ['a day that does not exist', { departsLocal: '2026-02-30T22:20' }, 'departsLocal', A_TIME],
  ['an invalid time', { arrivesLocal: '25/03/2026 01:10' }, 'arrivesLocal', A_TIME],
  ['the twenty-fifth hour', { departsLocal: '2026-03-24T24:20' }, 'departsLocal', A_TIME],
  [
    'an arrival before the departure',
    { arrivesLocal: '2026-03-24T21:00' },
    'arrivesLocal',
    'it is not after the departure 2026-03-24T22:20 at DEL; give the time at BLR, up to 3 days later',
  ],
  [
    'an arrival at the departure',
    { arrivesLocal: '2026-03-24T22:20' },
    'arrivesLocal',
    'it is not after the departure 2026-03-24T22:20 at DEL; give the time at BLR, up to 3 days later',
  ],
  [
    'an arrival more than three days later',
    { arrivesLocal: '2026-03-27T22:21' },
    'arrivesLocal',
    'it is more than 3 days after the departure 2026-03-24T22:20 at DEL; give the time at BLR, up to 3 days later',
  ],
  [
    'an arrival that is later in local time only',
    { origin: 'LHR', destination: 'DEL', arrivesLocal: '2026-03-25T03:00' },
    'arrivesLocal',
    'it is not after the departure 2026-03-24T22:20 at LHR; give the time at DEL, up to 3 days later',
  ],
  ['an unknown cabin', { cabin: 'COACH' }, 'cabin', 'give ECONOMY, PREMIUM_ECONOMY, BUSINESS or FIRST'],
  ['an unknown traveller type', { travellerType: 'SENIOR' }, 'travellerType', 'give ADULT, CHILD or INFANT'],
  ['a negative amount', { amount: '-3897.00' }, 'amount', RUPEES],
  ['an infant’s that is negative', { amount: '-0', travellerType: 'INFANT' }, 'amount', RUPEES.replace('0.01', '0.00')],
  ['three decimals of rupees', { amount: '3897.005' }, 'amount', `INR has 2 decimals; ${RUPEES}`],
  ['more decimals than any currency has', { amount: '0.000000001' }, 'amount', `INR has 2 decimals; ${RUPEES}`],
  [
    'a decimal of yen',
    { amount: '3897.5', currency: 'JPY' },
    'amount',
    'JPY has no decimals; give a number as 389700, from 1 to 1000000000000 JPY',
  ],
  ['an amount that is no number', { amount: '3,897' }, 'amount', RUPEES],
  ['an amount with an exponent', { amount: '1e9' }, 'amount', RUPEES],
  ['an amount that is not a number', { amount: 'NaN' }, 'amount', RUPEES],
  ['an infinite amount', { amount: 'Infinity' }, 'amount', RUPEES],
  ['no amount', { amount: '' }, 'amount', RUPEES],
  ['an amount in non-ASCII digits', { amount: '१२३' }, 'amount', RUPEES],
  ['an amount above the limit', { amount: '99999999999999' }, 'amount', RUPEES],
  ['an amount after a blank', { amount: ' 3897.00' }, 'amount', `it begins with a blank; ${RUPEES}`],
  ['an amount before a blank', { amount: '3897.00 ' }, 'amount', `it ends with a blank; ${RUPEES}`],
  ['an unknown currency', { currency: 'RUP' }, 'currency', 'give an ISO 4217 code in capitals, as INR'],
  [
    'a note with a tab',
    { note: 'no\tmeal' },
    'note',
    'give at most 255 characters, no tabs or other control characters',
  ],
  [
    'a fare basis in lower case',
    { fareBasis: 'yflex' },
    'fareBasis',
    'give up to 20 capitals, digits, / and -, as YFLEX, or leave it empty',
  ],
  ['an unknown brand', { brand: 'BASIC' }, 'brand', 'give LIGHT, STANDARD or FLEX, or leave it empty for STANDARD'],
  [
    'a capacity of more than a thousand',
    { capacity: '1001' },
    'capacity',
    'give a whole number of seats from 0 to 1000, or leave it empty',
  ],
  [
    'a last date that does not exist',
    { lastDate: '2026-06-31' },
    'lastDate',
    'give a day that exists as YYYY-MM-DD, as 2026-03-31, or leave it empty',
  ],
  [
    'a last date before the first',
    { lastDate: '2026-03-23' },
    'lastDate',
    'give the date of departsLocal or one up to 370 days later, or leave it empty',
  ],
  [
    'a last date years later',
    { lastDate: '2028-03-24' },
    'lastDate',
    'give the date of departsLocal or one up to 370 days later, or leave it empty',
  ],
];

for (const [what, changes, column, advice] of refusals) {
  test(`${what} is refused with the column, the value and the fix`, () => {
    const value = { ...good, ...changes }[column];
    const read = filed(changes);
    assert.ok('fault' in read);
    const { advice: given, ...fault } = read.fault;
    assert.deepEqual(fault, { column, value });
    assert.equal(given.replace(/; --loose-amounts reads it as \S+$/, ''), advice);
  });
}

test('a row with too few or too many cells is refused as a whole', () => {
  const columns = Object.keys(good) as Column[];
  assert.deepEqual(filingOf(columns, ['AI', 'DEL', 'BLR'], 0), {
    fault: { column: null, value: 'AI,DEL,BLR', advice: 'it has 3 columns and the header 12; give as many' },
  });
  assert.ok('fault' in filingOf(columns, [...Object.values(good), ''], 0));
});

test('a time that the clocks skip is refused, on any day of a window', () => {
  const london = {
    origin: 'LHR',
    destination: 'ZRH',
    departsLocal: '2026-03-29T01:30',
    arrivesLocal: '2026-03-29T04:10',
  };
  const advice = 'clocks there skip 2026-03-29T01:30 when they go forward; give a time they show';
  assert.deepEqual(filed(london), { fault: { column: 'departsLocal', value: '2026-03-29T01:30', advice } });

  const window = { ...london, departsLocal: '2026-03-20T01:30', arrivesLocal: '2026-03-20T04:10' };
  assert.ok('filing' in filed({ ...window, lastDate: '2026-03-28' }));
  assert.deepEqual(filed({ ...window, lastDate: '2026-03-31' }), {
    fault: { column: 'departsLocal', value: '2026-03-20T01:30', advice },
  });
});

test('an arrival that the clocks skip is refused as such, whatever the departure', () => {
  const advice = 'clocks there skip 2026-03-29T01:30 when they go forward; give a time they show';
  for (const departsLocal of ['2026-03-29T00:15', '2026-03-29T09:00']) {
    assert.deepEqual(filed({ origin: 'ZRH', destination: 'LHR', departsLocal, arrivesLocal: '2026-03-29T01:30' }), {
      fault: { column: 'arrivesLocal', value: '2026-03-29T01:30', advice },
    });
  }
});

const newYork = { origin: 'JFK', destination: 'BOS', currency: 'USD' }; // clocks show 01:00 to 01:59 twice on 2026-11-01
const at = (departsLocal: string, arrivesLocal: string, more: Record<string, string> = {}) => ({
  ...newYork,
  departsLocal,
  arrivesLocal,
  ...more,
});

test('a time that clocks show twice means the first, or the second with its offset', () => {
  const timesOf = ({ departs, arrives }: Filing) => [departs, arrives];
  assert.deepEqual(timesOf(accepted(at('2026-11-01T01:50', '2026-11-01T03:00'))), ['01:50', '03:00']);
  assert.deepEqual(timesOf(accepted(at('2026-11-01T01:50-05:00', '2026-11-01T03:00'))), ['01:50-05:00', '03:00']);
  assert.deepEqual(timesOf(accepted(at('2026-11-01T01:30', '2026-11-01T01:20-05:00'))), ['01:30', '01:20-05:00']);
  const both = accepted(at('2026-11-01T01:10-05:00', '2026-11-01T01:59-05:00'));
  assert.deepEqual(timesOf(both), ['01:10-05:00', '01:59-05:00']);
});

test('the first and the second of two equal times are two fares and two flights', () => {
  const first = accepted(at('2026-11-01T01:50', '2026-11-01T03:00'));
  const second = accepted(at('2026-11-01T01:50-05:00', '2026-11-01T03:00'));
  assert.notEqual(identity(first), identity(second));
  assert.notEqual(flight(first), flight(second));
});

test('a fare with a redundant offset is the same fare without it', () => {
  for (const [offset, plain] of [
    [at('2026-11-01T01:50-04:00', '2026-11-01T03:00-05:00'), at('2026-11-01T01:50', '2026-11-01T03:00')],
    [
      at('2026-10-31T01:50-04:00', '2026-10-31T03:00-04:00', { lastDate: '2026-11-30' }),
      at('2026-10-31T01:50', '2026-10-31T03:00', { lastDate: '2026-11-30' }),
    ],
  ]) {
    assert.deepEqual(accepted(offset!), accepted(plain!));
  }
});

const TWICE = (time: string) =>
  `clocks there show 2026-11-01T${time} twice when they go back: give 2026-11-01T${time}-04:00 for the first or 2026-11-01T${time}-05:00 for the second`;

for (const [what, changes, column, advice] of [
  [
    'an error about an arrival possible only at the second of two equal times names both',
    at('2026-11-01T01:30', '2026-11-01T01:20'),
    'arrivesLocal',
    `it is not after the departure 2026-11-01T01:30 at JFK; ${TWICE('01:20')}`,
  ],
  [
    'an error about an arrival at the first of two equal times, with a departure at the second, names both',
    at('2026-11-01T01:50-05:00', '2026-11-01T01:55'),
    'arrivesLocal',
    `it is not after the departure 2026-11-01T01:50-05:00 at JFK; ${TWICE('01:55')}`,
  ],
  [
    'an error about a departure possible only at the first of two equal times names both',
    at('2026-11-01T01:50-05:00', '2026-11-01T06:20', { destination: 'LHR' }),
    'departsLocal',
    `the arrival 2026-11-01T06:20 at LHR is not after it; ${TWICE('01:50')}`,
  ],
  [
    'an error about a departure possible only at the second of two equal times names both',
    at('2026-11-01T01:50', '2026-11-04T01:30'),
    'departsLocal',
    `the arrival 2026-11-04T01:30 at BOS is more than 3 days after it; ${TWICE('01:50')}`,
  ],
  [
    'an error about one date within a window says that the date needs a fare of its own',
    at('2026-10-20T02:10', '2026-10-20T01:40', { destination: 'ORD', lastDate: '2026-11-05' }),
    'arrivesLocal',
    'it is not after the departure 2026-11-01T02:10 at JFK; clocks there show 2026-11-01T01:40 twice when they go back: ' +
      'file that date as a fare of its own, and give 2026-11-01T01:40-05:00 for the first or 2026-11-01T01:40-06:00 for the second',
  ],
  [
    'an error about an offset that clocks never have there names the right one',
    at('2026-10-31T01:50-05:00', '2026-10-31T03:00'),
    'departsLocal',
    'the offset there is -04:00 then; give 2026-10-31T01:50-04:00, or leave the offset out',
  ],
  [
    'an error about the offset of the other airport names the right one',
    at('2026-10-31T01:50', '2026-10-31T14:00-04:00', { destination: 'LHR' }),
    'arrivesLocal',
    'the offset there is +00:00 then; give 2026-10-31T14:00+00:00, or leave the offset out',
  ],
  [
    'an error about an offset that is neither of the two names both',
    at('2026-11-01T01:50-06:00', '2026-11-01T03:00'),
    'departsLocal',
    `its offset is another; ${TWICE('01:50')}`,
  ],
  [
    'an offset does not make a skipped time valid',
    at('2026-03-08T02:30-05:00', '2026-03-08T04:00'),
    'departsLocal',
    'clocks there skip 2026-03-08T02:30 when they go forward; give a time they show',
  ],
  [
    'the second of two equal times is refused for a window of several dates',
    at('2026-11-01T01:50-05:00', '2026-11-01T03:00', { lastDate: '2026-11-30' }),
    'lastDate',
    'only one date has 2026-11-01T01:50-05:00; leave lastDate empty, and file the other dates as a fare of their own',
  ],
  ['an offset without minutes', at('2026-11-01T01:50-05', '2026-11-01T03:00'), 'departsLocal', A_TIME],
] as [string, Record<string, string>, string, string][]) {
  test(`refused: ${what}`, () => {
    assert.deepEqual(filed(changes), { fault: { column, value: changes[column], advice } });
  });
}

test('after a shift by weeks, an offset is kept if the new date has it too', () => {
  const row = at('2026-11-01T01:50-05:00', '2026-11-01T03:00');
  const shifted = (weeks: number) => [accepted(row, weeks).firstDate, accepted(row, weeks).departs];
  assert.deepEqual(shifted(52), ['2027-10-31', '01:50']);
  assert.deepEqual(shifted(53), ['2027-11-07', '01:50-05:00']);
  const onto = at('2026-10-25T01:30', '2026-10-25T01:20-05:00');
  assert.equal(accepted(onto, 1).arrives, '01:20-05:00');
  assert.ok('fault' in filed(onto, 2));
});

test('an arrival on the day before the departure is valid across the date line', () => {
  const { arrivalDays } = accepted({
    origin: 'NRT',
    destination: 'HNL',
    departsLocal: '2026-03-25T00:10',
    arrivesLocal: '2026-03-24T12:30',
  });
  assert.equal(arrivalDays, -1);
});

test('dates shift by whole weeks, in both directions', () => {
  const { firstDate, lastDate, arrivalDays } = accepted({ lastDate: '2026-03-26' }, -4);
  assert.deepEqual(
    { firstDate, lastDate, arrivalDays },
    { firstDate: '2026-02-24', lastDate: '2026-02-26', arrivalDays: 1 },
  );
  assert.equal(
    accepted({ departsLocal: '2019-03-24T22:20', arrivesLocal: '2019-03-25T01:10' }, 366).firstDate,
    '2026-03-29',
  );
});

for (const [shiftWeeks, year] of [
  [3900, '2100-12-21'],
  [-5000, '1930-05-27'],
] as const) {
  test(`dates that a shift of ${shiftWeeks} weeks moves out of the supported years are refused`, () => {
    const advice = `its dates moved by ${shiftWeeks} weeks reach ${year}; give dates that stay in the years 1970 to 2099`;
    assert.deepEqual(filed({}, shiftWeeks), {
      fault: { column: 'departsLocal', value: '2026-03-24T22:20', advice },
    });
  });
}

test('the last date and the last arrival of a window must be in the supported years too', () => {
  assert.ok('filing' in filed({ lastDate: '2026-12-20' }, 3800));
  assert.ok('fault' in filed({ lastDate: '2027-03-20' }, 3820));
  const late = { departsLocal: '2099-12-30T22:20', arrivesLocal: '2099-12-31T01:10' };
  assert.ok('filing' in filed(late));
  assert.ok('fault' in filed({ ...late, lastDate: '2099-12-31' }));
});

test('a header must have the columns, each once, and no others', () => {
  const required = Object.keys(good);
  assert.deepEqual(columnsOf([...required, 'brand']), [...required, 'brand']);
  const give =
    'give the columns carrier,flightNumber,origin,destination,via,departsLocal,arrivesLocal,cabin,travellerType,amount,currency,note, ' +
    'and as you need them fareBasis,brand,capacity,lastDate';
  const without = required.filter((column) => column !== 'note' && column !== 'via');
  assert.equal(columnsOf(without), `the header has no "via" and "note"; ${give}`);
  assert.equal(columnsOf([...required, 'Price']), `the header has an unknown "Price"; ${give}`);
  assert.equal(
    columnsOf([required.join(';')]),
    'the header has semicolons between its columns; separate them by commas',
  );
  assert.equal(columnsOf([...required, 'note']), `the header repeats "note"; ${give}`);
});

test('a fare with a fare basis stays the same fare if its amount or note changes', () => {
  const fare = accepted({ fareBasis: 'YFLEX' });
  assert.equal(identity({ ...fare, amount: 1, note: 'new' }), identity(fare));
});

test('without a fare basis, another amount or note makes another fare', () => {
  const fare = accepted({});
  assert.equal(identity({ ...fare }), identity(fare));
  assert.notEqual(identity({ ...fare, amount: 1 }), identity(fare));
  assert.notEqual(identity({ ...fare, note: 'new' }), identity(fare));
});

test('fares that differ in any other field are never the same', () => {
  const fare = accepted({ fareBasis: 'YFLEX' });
  const others: Partial<Filing>[] = [
    { carrier: 'AI' },
    { flightNumber: null },
    { origin: 'BOM' },
    { destination: 'BOM' },
    { via: ['BOM'] },
    { departs: '22:25' },
    { arrives: '01:15' },
    { arrivalDays: 2 },
    { cabin: 'FIRST' },
    { brand: 'LIGHT' },
    { travellerType: 'CHILD' },
    { firstDate: '2026-03-23' },
    { lastDate: '2026-03-25' },
    { currency: 'USD' },
    { fareBasis: 'YFLEX2' },
  ];
  const all = [fare, ...others.map((other) => ({ ...fare, ...other }))].map(identity);
  assert.equal(new Set(all).size, all.length);
});

test('all fares of a flight have the same flight', () => {
  const fare = accepted({});
  const sold = accepted({
    cabin: 'BUSINESS',
    travellerType: 'CHILD',
    brand: 'FLEX',
    amount: '1',
    lastDate: '2026-04-24',
  });
  assert.equal(flight(sold), flight(fare));
  assert.notEqual(flight({ ...fare, arrives: '01:15' }), flight(fare));
});
