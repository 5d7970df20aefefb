// The demo's fares: routes, prices, and that a day has the same fares whenever they are generated.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { airport } from '../../schema/terms/airports.ts';
import { addDays } from '../../schema/values/days.ts';
import { instantAt } from '../../schema/terms/zoned-time.ts';
import { demoFilings } from '../../subgraphs/fare/demo/demo.ts';
import { type Filing, identity } from '../../subgraphs/fare/rules/filing.ts';

// its ninety days include the clock changes in America and in Europe
const TODAY = '2026-02-20';
const all = demoFilings(TODAY, 1);
// from yesterday, which is still today west of Greenwich, to the day after the ninetieth
const dates = Array.from({ length: 93 }, (_, day) => addDays(TODAY, day - 1));
const routeOf = ({ origin, destination }: Filing): string => `${origin}-${destination}`;

test('the same seed gives the same fares, another seed different ones', () => {
  assert.deepEqual(demoFilings(TODAY, 1), all);
  const other = demoFilings(TODAY, 2);
  assert.equal(other.length, all.length);
  assert.ok(other.filter(({ amount }, i) => amount !== all[i]!.amount).length > all.length / 2);
});

test('a day later, the fares of the past day are gone, those of one more day are added, and no other changes', () => {
  const later = demoFilings(addDays(TODAY, 1), 1);
  assert.deepEqual(
    later.filter(({ firstDate }) => firstDate !== addDays(TODAY, 92)),
    all.filter(({ firstDate }) => firstDate !== addDays(TODAY, -1)),
  );
});

test('every route has two to five flights on every day, in both directions', () => {
  const routes = Map.groupBy(all, routeOf);
  for (const [route, fares] of routes) {
    assert.ok(routes.has(route.split('-').reverse().join('-')), route);
    const days = Map.groupBy(fares, ({ firstDate }) => firstDate);
    assert.deepEqual([...days.keys()], dates, route);
    for (const [date, ofDay] of days) {
      const flights = new Set(ofDay.map(({ carrier, flightNumber }) => `${carrier} ${flightNumber}`));
      assert.ok(flights.size >= 2 && flights.size <= 5, `${route} ${date}`);
    }
  }
  assert.ok(routes.has('DEL-BLR'));
});

test('fares depart from eighteen airports on three continents, in the currency of each', () => {
  const origins = new Set(all.map(({ origin }) => origin));
  assert.equal(origins.size, 18);
  const continents = new Set([...origins].map((code) => airport(code)!.timeZone.split('/')[0]));
  assert.deepEqual([...continents].sort(), ['America', 'Asia', 'Europe']);
  for (const { origin, currency } of all) assert.equal(currency, airport(origin)!.currency);
  const currencies = [...new Set(all.map(({ currency }) => currency))].sort();
  assert.deepEqual(currencies, ['AED', 'CHF', 'EUR', 'GBP', 'INR', 'JPY', 'KWD', 'SGD', 'THB', 'USD']);
});

test('every arrival is after its departure, across all clock changes', () => {
  for (const fare of all) {
    const left = instantAt(`${fare.firstDate}T${fare.departs}`, airport(fare.origin)!.timeZone);
    const arrival = `${addDays(fare.firstDate, fare.arrivalDays)}T${fare.arrives}`;
    const hours = (instantAt(arrival, airport(fare.destination)!.timeZone) - left) / 3_600_000;
    assert.ok(hours > 0.9 && hours < 32, `${routeOf(fare)} ${fare.firstDate}: ${hours} hours`);
  }
});

test('the duration of a flight is the same on a day when only one of its places has changed clocks', () => {
  const onDay = (date: string) => all.find((fare) => fare.flightNumber === '117' && fare.firstDate === date)!;
  assert.deepEqual(
    [onDay('2026-03-07').arrives, onDay('2026-03-08').arrives, onDay('2026-03-29').arrives],
    ['10:35', '11:35', '10:35'],
  );
});

test('every fare has a fare basis, holds on one day, and no two are the same', () => {
  assert.ok(all.every(({ fareBasis, firstDate, lastDate }) => fareBasis && firstDate === lastDate));
  assert.equal(new Set(all.map(identity)).size, all.length);
  assert.ok(all.length <= 47_000, `${all.length}`); // the first start files all of them
});

test('a brand that allows more costs more, and prices are whole units of their currency', () => {
  const departures = Map.groupBy(
    all.filter(({ travellerType, cabin }) => travellerType === 'ADULT' && cabin === 'ECONOMY'),
    ({ carrier, flightNumber, firstDate }) => `${carrier}${flightNumber} ${firstDate}`,
  );
  for (const [departure, fares] of departures) {
    const [light, standard, flex] = (['LIGHT', 'STANDARD', 'FLEX'] as const).map(
      (brand) => fares.find((fare) => fare.brand === brand)!.amount,
    );
    assert.ok(light! < standard! && standard! < flex!, departure);
  }
  for (const { amount, currency } of all) {
    const step = { JPY: 10, KWD: 500 }[currency] ?? 100;
    assert.ok(amount > 0 && amount % step === 0, `${amount} ${currency}`);
  }
});

test('some departures are sold out, but never all of a route on a day; some have business fares and some child fares', () => {
  const economy = all.filter(({ cabin }) => cabin === 'ECONOMY');
  assert.ok(economy.some(({ capacity }) => capacity === 0));
  for (const [day, fares] of Map.groupBy(economy, (fare) => `${routeOf(fare)} ${fare.firstDate}`)) {
    assert.ok(
      fares.some(({ capacity }) => capacity !== 0),
      day,
    );
  }
  assert.ok(all.some(({ cabin }) => cabin === 'BUSINESS'));
  assert.ok(all.some(({ travellerType }) => travellerType === 'CHILD'));
  assert.ok(all.some(({ travellerType }) => travellerType === 'INFANT'));
});

test('from Delhi to Bengaluru and back one flight of each day connects, the others do not', () => {
  for (const route of ['DEL-BLR', 'BLR-DEL']) {
    for (const [date, fares] of Map.groupBy(
      all.filter((fare) => routeOf(fare) === route),
      ({ firstDate }) => firstDate,
    )) {
      const flights = new Map(
        fares.map(({ carrier, flightNumber, via }) => [`${carrier} ${flightNumber}`, via.length]),
      );
      assert.deepEqual([...flights.values()].sort(), [0, 0, 0, 0, 1], `${route} ${date}`);
    }
  }
});

test('some departures of every route have so few seats left that the number is shown, equal in all their fares', () => {
  const few = all.filter(({ cabin, capacity }) => cabin === 'ECONOMY' && (capacity === 3 || capacity === 5));
  assert.deepEqual(new Set(few.map(routeOf)), new Set(all.map(routeOf)));
  const ofDeparture = ({ carrier, flightNumber, origin, firstDate, cabin }: Filing) =>
    `${carrier} ${flightNumber} ${origin} ${firstDate} ${cabin}`;
  for (const [departure, fares] of Map.groupBy(all, ofDeparture)) {
    assert.equal(new Set(fares.map(({ capacity }) => capacity)).size, 1, departure);
  }
});

test('prices change from day to day, by little', () => {
  const prices = all
    .filter(({ flightNumber, fareBasis }) => flightNumber === '2131' && fareBasis === 'QLIGHT')
    .map(({ amount }) => amount);
  assert.ok(new Set(prices).size > 80);
  for (const [i, price] of prices.slice(1).entries()) assert.ok(Math.abs(price / prices[i]! - 1) < 0.25, `${i}`);
});
