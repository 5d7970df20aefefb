// The stores of the fare and stock subgraphs on a database server, where writers run concurrently.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { mysql } from '../../infra/database/database.mysql.ts';
import { openDatabase, type Tables } from '../../infra/database/database.ts';
import { openLog } from '../../infra/logging/log.ts';
import { waiting } from '../../infra/database/outbox.ts';
import { openServices } from '../../infra/system/private-servers/open.ts';
import { event } from '../../schema/events.ts';
import { departuresOf } from '../../subgraphs/fare/rules/announcing.ts';
import { flightId } from '../../subgraphs/fare/store/rows.ts';
import { openFares } from '../../subgraphs/fare/store/store.ts';
import { Fare, FareHistory, fareTables } from '../../subgraphs/fare/store/tables.ts';
import { openStock } from '../../subgraphs/stock/store/store.ts';
import { Departure, stockTables } from '../../subgraphs/stock/store/tables.ts';
import { aFare, on } from '../kit/world.ts';

const services = await openServices(['mariadb']);
after(() => services[Symbol.asyncDispose]());
const NOW = new Date('2026-03-01T12:00:00Z');

async function openSubgraph(tables: Tables, name: string, scheme: string) {
  const url = new URL(services.mariadb.url.replace('mariadb:', `${scheme}:`));
  url.pathname = `/${name}_${scheme}`;
  const log = openLog({ level: 'off', json: true });
  const db = await openDatabase(tables, mysql(url.href, tables.database, 'now'), log);
  return { db, [Symbol.asyncDispose]: () => db.close() };
}

for (const scheme of ['mariadb', 'mysql']) {
  test(`${scheme}: batches over many routes that are filed concurrently lose nothing, and revisions have no gap`, async () => {
    await using subgraph = await openSubgraph(fareTables, 'fares', scheme);
    const fares = openFares(subgraph.db);
    const airports = ['DEL', 'BLR', 'BOM', 'CCU', 'COK', 'HYD'];
    const routes = airports.flatMap((origin) =>
      airports.filter((destination) => destination !== origin).map((destination) => ({ origin, destination })),
    );
    const batch = (amount: number, capacity: number | null = null) =>
      routes.flatMap((route) =>
        Array.from({ length: 10 }, (_, i) =>
          aFare({ ...route, flightNumber: `${i}`, fareBasis: 'YFLEX', amount, capacity }),
        ),
      );
    const filed = await Promise.all([1, 2, 3, 4].map((n) => fares.file(n % 2 ? batch(n) : batch(n).reverse(), NOW)));
    const sum = (of: 'imported' | 'updated') => filed.reduce((total, outcome) => total + outcome[of], 0);
    assert.deepEqual([sum('imported'), sum('updated')], [300, 900]);
    assert.equal((await fares.file(batch(5, 20), NOW)).updated, 300);
    const rows = await subgraph.db.read().find(Fare, {});
    assert.equal(rows.length, 300);
    assert.ok(rows.every(({ amount, capacity, revision }) => amount === 5 && capacity === 20 && revision === 5));
    assert.equal(await subgraph.db.read().count(FareHistory), 1200);
    const names = routes.map(({ origin, destination }) => `${origin}-${destination}`);
    assert.ok([...(await fares.revisions(names)).values()].every((revision) => revision === 5));
    const events = await waiting(subgraph.db.read(), 1000);
    assert.equal(new Set(events.map(({ event: { subject, sequence } }) => `${subject} ${sequence}`)).size, 150);
  });

  test(`${scheme}: a departure at a local time that occurs twice keeps its offset`, async () => {
    await using subgraph = await openSubgraph(stockTables, 'offsets', scheme);
    const stock = openStock(subgraph.db, { ECONOMY: 150, PREMIUM_ECONOMY: 24, BUSINESS: 12, FIRST: 4 });
    const filing = aFare({ ...on('2026-11-01'), origin: 'JFK', destination: 'BOS', departs: '01:50-05:00' });
    const [data] = departuresOf([filing], flightId);
    const about = { source: '/fare', subject: 'JFK-BOS', sequence: 1, now: NOW };
    await stock.open('test', [event('departure.scheduled', about, data!)], NOW);
    const opened = await subgraph.db.read().find(Departure, {});
    assert.deepEqual(
      opened.map(({ departs }) => departs),
      ['2026-11-01T01:50-05:00'],
    );
  });

  test(`${scheme}: the first capacity filed for a departure stays, and no capacity replaces the default once seats are held`, async () => {
    await using subgraph = await openSubgraph(stockTables, 'seats', scheme);
    const stock = openStock(subgraph.db, { ECONOMY: 150, PREMIUM_ECONOMY: 24, BUSINESS: 12, FIRST: 4 });
    const open = (...capacities: (readonly [string, number | null])[]) => {
      const departures = capacities.map(([id, capacity]) => {
        const { carrier, flightNumber, origin, destination, cabin } = aFare();
        return { id, carrier, flightNumber, origin, destination, departs: '2026-03-24T22:20', cabin, capacity };
      });
      const about = { source: '/fare', subject: 'DEL-BLR', sequence: 1, now: NOW };
      return stock.open('test', [event('departure.scheduled', about, { departures })], NOW);
    };
    await open(['usual', null], ['filed', 10], ['held', null]);
    await subgraph.db.write((em) => em.nativeUpdate(Departure, { id: 'held' }, { held: 1, available: 149 }));
    await open(['usual', 20], ['filed', 30], ['held', 20]);
    await open(['usual', 40]);
    const seats = Object.fromEntries(await stock.available(['usual', 'filed', 'held']));
    assert.deepEqual(seats, { usual: 20, filed: 10, held: 149 });
  });
}
