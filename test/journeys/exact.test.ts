// Shopping is exact: every route and date of a real fare file, compared with minima that this test computes
// independently.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { importFares } from '../../infra/system/import/import-fares.ts';
import { OutboxEvent } from '../../infra/database/outbox.ts';
import { eventually } from '../kit/eventually.ts';
import { openWorld, type World } from '../kit/world.ts';

const FILE = join(import.meta.dirname, '../../../shared/data/fares-india-2019.csv');
const skip = existsSync(FILE) ? false : `there is no ${FILE}`;

const NOW = '2019-02-20T00:00:00Z'; // before every date in the file
const AT_ONCE = 12; // searches in one request
const DAY = 86_400_000; // ms

/** Adults, children, infants. The file has fares of adults only: a child is 75 % and an infant 10 %, half up. */
const parties = [
  [1, 0, 0],
  [2, 1, 0],
  [1, 1, 1],
] as const;
type Party = (typeof parties)[number];

// ——— the expected results: from the file's own rows, without the system's code ———

/**
 * The lowest adult amount in paise, by "DEL-BLR ECONOMY 2019-03-24". The cheapest flight is the same for every party.
 */
const least = new Map<string, number>();
const searches: { origin: string; destination: string; cabin: string; date: string }[] = [];
for (const line of skip ? [] : readFileSync(FILE, 'utf8').trim().split('\n').slice(1)) {
  const [, , origin, destination, , departs, , cabin, type, amount, currency] = line.trim().split(',');
  assert.deepEqual([type, currency], ['ADULT', 'INR']); // the arithmetic below requires it
  const date = departs!.slice(0, 10);
  const key = `${origin}-${destination} ${cabin} ${date}`;
  const paise = Number(amount!.replace('.', ''));
  if (!least.has(key)) searches.push({ origin: origin!, destination: destination!, cabin: cabin!, date });
  least.set(key, Math.min(paise, least.get(key) ?? Infinity));
}

function expected(search: (typeof searches)[number], date: string, [adults, children, infants]: Party): string | null {
  const adult = least.get(`${search.origin}-${search.destination} ${search.cabin} ${date}`);
  if (adult === undefined) return null;
  const child = Math.round((adult * 3) / 4); // halves are exact in floating point, and Math.round rounds them up
  const infant = Math.round(adult / 10);
  return ((adult * adults + child * children + infant * infants) / 100).toFixed(2);
}

// ——— the system's results ———

interface Shopping {
  price: { total: { amount: string } } | null;
  calendar: { days: { date: string; price: { amount: string } | null; isLowest: boolean }[]; lowest: { date: string } };
}

const argument = ({ origin, destination, cabin, date }: (typeof searches)[number], party: Party): string => {
  const types = ['ADULT', 'CHILD', 'INFANT'].map((type, i) => `{ type: ${type}, count: ${party[i]} }`);
  const travellers = types.filter((_, i) => party[i]).join(', ');
  return `{ origin: "${origin}", destination: "${destination}", departureDate: "${date}", cabin: ${cabin}, travellers: [${travellers}] }`;
};

/**
 * Runs all searches and compares every price and all fifteen days with the expected results. Returns the number of
 * comparisons.
 */
async function compareAll(world: World, list: typeof searches, party: Party): Promise<number> {
  let compared = 0;
  for (let from = 0; from < list.length; from += AT_ONCE) {
    const some = list.slice(from, from + AT_ONCE);
    const fields = some.map(
      (search, i) => `s${i}: shopping(input: ${argument(search, party)}) {
        price { total { amount } } calendar { days { date price { amount } isLowest } lowest { date } } }`,
    );
    const { data, errors } = await world.graph<Record<string, Shopping>>(`{ ${fields.join('\n')} }`);
    assert.equal(errors, undefined);
    for (const [i, search] of some.entries()) {
      const { price, calendar } = data[`s${i}`]!;
      const what = argument(search, party);
      assert.equal(price?.total.amount, expected(search, search.date, party), what);
      const first = Date.parse(search.date) - 7 * DAY;
      const dates = Array.from({ length: 15 }, (_, n) => new Date(first + n * DAY).toISOString().slice(0, 10));
      const amounts = dates.map((date) => expected(search, date, party));
      const lowest = Math.min(...amounts.map((amount) => (amount === null ? Infinity : Number(amount))));
      assert.deepEqual(
        calendar.days,
        dates.map((date, n) => {
          const amount = amounts[n]!;
          return {
            date,
            price: amount === null ? null : { amount },
            isLowest: amount !== null && Number(amount) === lowest,
          };
        }),
        what,
      );
      assert.equal(calendar.lowest.date, calendar.days.find(({ isLowest }) => isLowest)!.date, what);
      compared += 16;
    }
  }
  return compared;
}

describe('shopping is exact on 10,683 real fares', { skip }, () => {
  let world: World;
  let cached = false;
  const statements: string[] = [];
  before(async () => {
    world = await openWorld({
      now: NOW,
      cache: (shipped) => ({
        ...shipped,
        getMany: async (keys) => (cached ? shipped.getMany(keys) : keys.map(() => null)),
      }),
      onQuery: (_, statement) => void (/from [`"]fare[`"]/.test(statement) && statements.push(statement)),
    });
    const { fares } = await world.stores.fare();
    const { read, imported, duplicates, refused } = await importFares(FILE, { fares, now: world.clock.now });
    assert.deepEqual([read, imported + duplicates, refused], [10_683, 10_683, 0]);
  });
  after(() => world[Symbol.asyncDispose]());

  for (const party of parties) {
    test(`read from the database, for ${party.join(' + ')} on every route, cabin and date`, async (t) => {
      world.clock.advance(3_000); // fares loaded earlier are no longer used
      const compared = await compareAll(world, searches, party);
      t.diagnostic(`${searches.length} searches, ${compared} prices`);
      assert.ok(searches.length >= 178);
    });
  }

  for (const party of parties) {
    test(`read from the cache alone, for ${party.join(' + ')}`, async (t) => {
      const { db } = await world.stores.fare();
      await eventually(async () => (await db.read().count(OutboxEvent)) === 0);
      await eventually(async () => (await world.wiring.bus.backlog('rebuild-fares')) === 0);
      cached = true;
      statements.length = 0;
      const compared = await compareAll(world, searches, party);
      t.diagnostic(`${compared} prices, ${statements.length} statements`);
      assert.deepEqual(statements, []);
    });
  }
});
